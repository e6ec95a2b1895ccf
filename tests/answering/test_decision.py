"""What a refusal says besides its reason: words that the coverage lacks, and articles near the subject."""

from dataclasses import replace
from datetime import date

import pytest

from bot.answering import Reason
from bot.articles import Article
from tests.answering.coverage import article, refused


@pytest.mark.parametrize(
    "question", ["ما عاصمة أستراليا؟", "من اخترع الهاتف المحمول؟", "وش طبق الكسكسي؟", "who won the election?"]
)
def test_what_no_article_is_near_to_is_off_topic(question: str) -> None:
    outcome = refused(question)
    assert (outcome.reason, outcome.related) == (Reason.OFF_TOPIC, ())


def test_what_an_article_is_near_to_is_unsupported() -> None:
    outcome = refused("من صمم الجسر القديم؟")
    assert outcome.reason is Reason.UNSUPPORTED
    assert [source.id for source in outcome.related] == ["bridge"]


def test_the_subject_of_a_small_coverage_is_near_though_all_its_passages_have_it() -> None:
    library = article("library", "المكتبة تفتح أبوابها", "افتتحت البلدية المكتبة.", "تفتح المكتبة كل صباح.")
    outcome = refused("ليش انغلقت المكتبة؟", library)
    assert (outcome.reason, outcome.related) == (Reason.UNSUPPORTED, (library,))


def _archive() -> list[Article]:
    """A year of council minutes, no two the same, in which nothing asked below stands."""
    told = [f"ناقش المجلس البند {number} من خطة الحي {number % 7}." for number in range(400)]
    return [article(f"minutes{number}", f"محضر الجلسة {number}", text) for number, text in enumerate(told)]


def test_an_article_that_shares_words_by_chance_is_not_listed() -> None:
    chance = article("chance", "الشرطة توقف سائقا", "قالت الشرطة إن عمل السائق في الشركة الجديدة توقف.")
    outcome = refused("متى تبدأ الشركة الجديدة عمل الصيانة بالحاسوب؟", chance, *_archive())
    assert (outcome.reason, outcome.related, outcome.nearest) == (Reason.OFF_TOPIC, (), None)


def test_an_article_with_one_rare_word_of_the_question_in_its_title_is_listed() -> None:
    rare = article("rare", "حصاد الزعفران يبدأ", "بدأ الفلاحون جني الزعفران.")
    outcome = refused("بكم يبيعون جرام الزعفران هالايام؟", rare, *_archive())
    assert (outcome.reason, outcome.related) == (Reason.UNSUPPORTED, (rare,))


def test_an_article_that_shares_much_less_than_the_nearest_is_not_listed() -> None:
    near = article("near", "معرض الزعفران في القرية", "يبيع الفلاحون الزعفران في معرض القرية كل خريف.")
    less = article("less", "مدرسة القرية", "فتحت مدرسة القرية أبوابها.")
    assert refused("بكم الزعفران بمعرض القرية؟", less, near).related == (near,)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("ما عاصمة أستراليا؟", ("عاصمة", "أستراليا")),
        ("من اِخْتَرَعَ الهَاتِف؟", ("الهَاتِف",)),
        ("كم خطّط الجسر القديم إلى Zorbax؟", ("Zorbax",)),
        ("من افتتح المكتبة في ١٩٨٧؟", ("١٩٨٧",)),
        ("«أستراليا» أستراليا، وأستراليا!", ("أستراليا",)),
        ("متى كسر **الزرافــة**؟", ("كسر", "الزرافــة")),
        ("ما قصة ﷻ؟", ("ﷻ",)),
    ],
)
def test_missing_words_stand_as_they_were_written(question: str, missing: tuple[str, ...]) -> None:
    said = refused(question).missing
    assert [word for word in said if word in missing] == list(missing)


def test_words_that_the_coverage_has_in_another_form_are_not_missing() -> None:
    missing = refused("أين الزرافة والمراكب وسردينها وللمكتبة وزيتون ومعلمون والزيتونات؟").missing
    assert missing == ("الزرافة",)


def test_a_word_of_the_title_or_the_section_is_not_missing() -> None:
    told = article("a", "مهرجان الصحراء", "جاء الناس من القرى البعيدة.", section="سباق الهجن")
    assert refused("كم جائزة في سباق الهجن بمهرجان الصحراء؟", told).missing == ("جائزة",)


def test_related_articles_are_at_most_three_and_each_title_once() -> None:
    titles = [f"إضراب عمال الميناء، اليوم {day}" for day in (0, 0, 1, 1, 2, 2)]
    texts = ("أضرب عمال الميناء.", "توقف عمال الميناء.")
    told = [article(f"a{number}", title, *texts) for number, title in enumerate(titles)]
    outcome = refused("من محامي عمال الميناء المضربين؟", *told)
    assert [source.id for source in outcome.related] == ["a0", "a2", "a4"]


def test_the_nearest_article_comes_first() -> None:
    far = article("far", "سوق الميناء", "يبيع الباعة السمك قرب الميناء.")
    near = article("near", "إضراب عمال الميناء", "أضرب عمال الميناء عن العمل.")
    outcome = refused("من محامي عمال الميناء المضربين عن العمل؟", far, near)
    assert outcome.related[0].id == "near"


@pytest.mark.parametrize(
    ("question", "kind", "words"),
    [
        ("كم قيمة اتفاق المغرب مع مايكروسوفت لتدريب المعلمين في مارس 2026؟", "year", ("2026",)),
        ("متى افتتحت بلدية المنارة المكتبة العامة في المغرب؟", "name", ("المغرب",)),
        ("متى تعبر الحافلات من نفق الميناء؟", "time", ()),
        ("كم حافلة تعبر من نفق الميناء؟", "count", ()),
        ("بكم يباع السردين في السوق الكبير؟", "money", ()),
        ("من زوجة مديرة المكتبة؟", None, ()),
        ("من مدير الجسر القديم؟", "relation", ("مدير",)),
        # No number will do where nothing of the kind is spoken of.
        ("كم ميزانية صيد السردين؟", None, ()),
        ("كم غرامة صيد السردين بعد العواصف؟", None, ()),
        ("كم مكافأة بحارة مراكب الصيد بعد أسبوعين من العواصف؟", None, ()),
    ],
)
def test_what_the_nearest_passage_lacks_is_said(question: str, kind: str | None, words: tuple[str, ...]) -> None:
    outcome = refused(question)
    assert outcome.reason is Reason.UNSUPPORTED
    assert (outcome.detail.kind, outcome.detail.words) == (kind, words) if outcome.detail else kind is None


def test_what_a_passage_lacks_that_is_not_near_is_not_said() -> None:
    derby = replace(
        article("derby", "تذاكر ديربي المنارة", "ضبطت البلدية عدد تذاكر ديربي المنارة."), published=date(2017, 2, 2)
    )
    outcome = refused("بكم تذكرة ديربي المنارة في فيفري 2017؟", derby)
    assert (outcome.related, outcome.detail and outcome.detail.words) == ((derby,), ())


def test_a_relation_is_named_though_its_word_is_spelled_like_another() -> None:
    # «موقف» is spelled nearly like «موظف».
    agency = article("agency", "وكالة الميناء", "أعلنت وكالة الميناء عن موقف جديد يتسع لمئتي سيارة.")
    outcome = refused("كم عدد الموظفين في وكالة الميناء؟", agency)
    assert outcome.detail is not None
    assert (outcome.detail.kind, outcome.detail.words) == ("relation", ("الموظفين",))


def test_words_missing_everywhere_are_not_said_twice() -> None:
    outcome = refused("متى وقعت حكومة المغرب اتفاقا مع غوغل لتدريب المعلمين؟")
    assert (outcome.missing, outcome.detail) == (("غوغل",), None)


def test_what_is_off_topic_lacks_more_than_one_thing() -> None:
    assert refused("متى استقلت فرنسا؟").detail is None
