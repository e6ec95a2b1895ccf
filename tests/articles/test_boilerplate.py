import pytest

from bot.articles import BoilerplatePhrases
from bot.articles.article import Block
from bot.articles.boilerplate import strip_navigation

BEFORE = "وصلت الشحنة إلى المخزن في موعدها."
AFTER = "وبدأ التفريغ في المساء نفسه."


def kept(phrases: BoilerplatePhrases, *lines: str) -> list[str]:
    return [block.text for block in strip_navigation([Block(line) for line in lines], phrases)]


@pytest.mark.parametrize(
    "line",
    [
        *(
            f"{mark}: قافلة تعبر الوادي"
            for mark in ["شاهد أيضاً", "شاهد ايضًا", "شاهد أيضآ", "شَاهِد أيضا ", "شاهد  أيـضا"]
        ),
        *(
            f"{mark}: قافلة تعبر الوادي."
            for mark in ["اقرأ أيضا", "إقرأ ايضا", "أقرا أيضًا", "اقرأ\u200f أيضا", "طالع أيضاً"]
        ),
        *(
            f"{mark} قافلة تعبر الوادي"
            for mark in ["اقرأ أيضا", "قد يهمك", "شاهد أيضا |", "شاهد أيضا –", "شاهد أيضا .."]
        ),
        "🔴 اقرأ أيضا: هل تعبر القافلة الوادي؟",
        "(اقرأ أيضا: قافلة تعبر الوادي)",
        "ذات صلة: قافلة تعبر الوادي",
        "المزيد: قافلة تعبر الوادي",
        "للمزيد: https://a.example",
        "Read also: A caravan crosses the valley",
        "شارك المقال على فيسبوك",
        "فيسبوك تويتر واتساب",
        "Facebook X WhatsApp",
        "تابعونا على فيسبوك وتويتر.",
        "اشترك في نشرتنا البريدية ليصلك كل جديد.",
        "نستخدم ملفات تعريف الارتباط لتحسين تجربتك.",
        "© جميع الحقوق محفوظة 2024.",
        "تصوير: فلان الفلاني",
        "كتبت: منى سالم",
        "الصورة : قافلة في الوادي",
        "المصدر : وكالات",
        "(رويترز)",
        "- وات -",
        "[أ ف ب]",
        "قافلة في الوادي (رويترز/أرشيف)",
        "قافلة في الوادي [Getty Images]",
        "Getty Images",
        "صورة أرشيفية لقافلة في الوادي",
        "فيديو :",
    ],
)
def test_a_line_of_navigation_goes(phrases: BoilerplatePhrases, line: str) -> None:
    assert kept(phrases, BEFORE, line, AFTER) == [BEFORE, AFTER]


@pytest.mark.parametrize(
    "line",
    [
        "اقرأ الباحثون النقوش مرتين قبل أن يتفقوا على تاريخها.",
        "شاهد أيضاً الجمهور العرض من الشرفة، وصفق طويلا قبل أن تطفأ الأنوار.",
        "شاهد الجمهور العرض",
        "المزيد من السفن سيصل غدا",
        "طالع القاضي الملف ثم رفع الجلسة",
        "شارك المئات في المسيرة",
        "شارك الوزير في الحفل: كان أول الحاضرين",
        "تابع: «لن نقبل بهذا الاتفاق».",
        "المصدر: قال مسؤول طلب عدم ذكر اسمه إن القافلة لن تعبر.",
        "رفعت شركة Getty Images دعوى على الموقع.",
        "عاد القارب إلى الميناء (رويترز).",
        "مباريات المجموعة (أ)",
        "تصوير المشهد الأخير استغرق ليلة",
        "إن الفريق قنا",
        "قنا",
        "انشر الجيش قواته على الحدود؟ لم يقل ذلك أحد.",
        "شاهد أيضا: " + "كلمة " * 40 + "انتهت.",
    ],
)
def test_a_sentence_that_only_begins_like_navigation_stays(phrases: BoilerplatePhrases, line: str) -> None:
    assert kept(phrases, BEFORE, line, AFTER) == [BEFORE, line, AFTER]


@pytest.mark.parametrize("mark", ["شاهد أيضاً:", "اقرأ ايضا", "المزيد :", "قد يهمك أيضا…"])
def test_a_teaser_alone_takes_the_headline_below_it(phrases: BoilerplatePhrases, mark: str) -> None:
    if mark.startswith("المزيد"):
        assert kept(phrases, BEFORE, mark, "قافلة تعبر الوادي", AFTER) == [BEFORE, AFTER]
    else:
        assert kept(phrases, BEFORE, mark, "قافلة تعبر الوادي", "سطر قصير", AFTER) == [BEFORE, "سطر قصير", AFTER]


def test_a_teaser_alone_leaves_a_sentence_below_it(phrases: BoilerplatePhrases) -> None:
    assert kept(phrases, BEFORE, "شاهد أيضا:", AFTER) == [BEFORE, AFTER]


@pytest.mark.parametrize(
    "mark", ["أخبار ذات صلة", "مقالات ذات صلة:", "اقرأ المزيد", "المزيد من الأخبار", "الأكثر قراءة"]
)
def test_a_tail_goes_to_the_end(phrases: BoilerplatePhrases, mark: str) -> None:
    tail = ["قافلة تعبر الوادي", "هل يعود القطار؟", "شارك المقال", "قبل يومين"]
    assert kept(phrases, BEFORE, AFTER, mark, *tail) == [BEFORE, AFTER]


def test_a_tail_ends_where_prose_begins(phrases: BoilerplatePhrases) -> None:
    assert kept(phrases, BEFORE, "أخبار ذات صلة", "قافلة تعبر الوادي", AFTER, "سطر قصير") == [BEFORE, AFTER, "سطر قصير"]


@pytest.mark.parametrize(
    ("paragraph", "rest"),
    [
        (f"{BEFORE} اقرأ أيضاً: قافلة تعبر الوادي", BEFORE),
        (f"{BEFORE} (شاهد ايضا : هل تعبر القافلة؟)", BEFORE),
        (f"{BEFORE} | طالع أيضًا: قافلة تعبر الوادي", BEFORE),
        (f"قال: نعم. {BEFORE} إقرأ أيضا: قافلة: عبور", f"قال: نعم. {BEFORE}"),
    ],
)
def test_a_teaser_at_the_end_of_a_paragraph_is_cut(phrases: BoilerplatePhrases, paragraph: str, rest: str) -> None:
    assert kept(phrases, paragraph) == [rest]


@pytest.mark.parametrize(
    "paragraph",
    [
        f"{BEFORE} وقال لهم اقرأ أيضا: هذا الكتاب",
        f"{BEFORE} اقرأ أيضا: قافلة تعبر. {AFTER} {AFTER}",
        f"{BEFORE} شاهد أيضا الجمهور العرض",
        f"{BEFORE} وأضاف: «سنعود».",
    ],
)
def test_what_is_not_surely_a_teaser_stays_in_its_paragraph(phrases: BoilerplatePhrases, paragraph: str) -> None:
    assert kept(phrases, paragraph) == [paragraph]
