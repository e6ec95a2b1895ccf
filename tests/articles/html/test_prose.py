import pytest

from bot.articles import BoilerplatePhrases
from bot.articles.article import Block
from bot.articles.html.prose import drop_fragments, has_phrase, is_byline, strip_byline

LONG = "وقالت رئيسة البلدية إن الجسر كلف مليوناً"


def without_fragments(*texts: str) -> list[str]:
    return [block.text for block in drop_fragments(map(Block, texts))]


def test_each_answer_of_an_interview_stays_under_its_question() -> None:
    talk = ["متى بدأ العمل؟", "قبل عامين.", "كم كلّف؟", "اثنا عشر مليوناً.", "هل انتهى؟", "نعم", "«ومتى؟»", "غداً"]
    assert without_fragments(*talk) == talk


def test_a_heading_may_ask() -> None:
    blocks = [Block("كم كلّف الجسر؟", heading=True), Block("مليوناً")]
    assert list(drop_fragments(blocks)) == blocks


@pytest.mark.parametrize(
    "short",
    ["مستحيل.", "انتهى!", "«لن نرحل»", "وأضاف:", "(يضحك.)", "يا للأسف…"],
)
def test_what_ends_a_sentence_or_gives_figures_stays(short: str) -> None:
    assert without_fragments(LONG, short, LONG) == [LONG, short, LONG]


@pytest.mark.parametrize("fragment", ["12", "تفضيل", "1.", "حجم الخط", "***"])
def test_buttons_and_counters_go(fragment: str) -> None:
    assert without_fragments(LONG, fragment, LONG) == [LONG, LONG]


def test_headings_and_items_stay() -> None:
    blocks = [Block("الأسعار", heading=True), Block("قمح", item=True)]
    assert list(drop_fragments(blocks)) == blocks


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("بقلم: سلمى الحداد (القاهرة)", True),
        ("By Mary Quill", True),
        ("آخر تحديث: 12:30", True),
        ("نُشر في 12 أيار/مايو 2013، الساعة 10:30 صباحاً", True),
        ("الأحد 12 مايو 2013", True),
        ("الأحد 12 مايو 2013 - كتبت: سلمى الحداد", True),
        ("الأحد 12 مايو 2013 كتب الوزير رسالة", False),
        ("كتبت سلمى الحداد رواية عن الجسر", False),
        ("بدأ العمل يوم 12 مايو 2013", False),
        ("نُشر في 5 أيار 2025 تقرير البلدية عن الجسر.", False),
        (f"بقلم {LONG} {LONG}", False),
        ("", False),
    ],
)
def test_bylines_and_datelines_are_short_lines(phrases: BoilerplatePhrases, line: str, is_one: bool) -> None:
    assert is_byline(line, phrases) is is_one


@pytest.mark.parametrize(
    ("author", "name"),
    [("بقلم: سلمى الحداد", "سلمى الحداد"), ("By Mary Quill", "Mary Quill"), ("Byron", "Byron"), ("بقلم", None)],
)
def test_a_name_goes_without_its_by(phrases: BoilerplatePhrases, author: str | None, name: str | None) -> None:
    assert strip_byline(author, phrases) == name


@pytest.mark.parametrize(
    ("text", "is_there"),
    [
        ("عذراً، الصفحةُ غير موجودة!", True),
        ("الصفحة غير موجودةٍ الآن", True),
        ("صفحة غير موجودة", False),
        ("غير موجودة الصفحة", False),
        ("سُحب من الموقع هذا المقال", True),
        ("هذا المقال سُحب", False),
        ("سُحب الخبر", False),
        ("", False),
    ],
)
def test_a_phrase_stands_anywhere_in_whole_words_and_its_parts_in_their_order(text: str, *, is_there: bool) -> None:
    assert has_phrase(text, ("الصفحه غير موجوده", "سحب … المقال", "سحب التقرير")) is is_there
