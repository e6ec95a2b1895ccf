"""Names, numbers and dates that question and passage say in different words."""

import pytest

from bot.answering.evidence import EquivalentMatches
from bot.answering.ranking import other_spellings, rank
from bot.articles import Article
from bot.retrieval import MAX_VARIANT_TERMS
from tests.answering.coverage import ANALYSER, KNOWLEDGE, LEXICON, QUESTIONS, answered, article, edition


def equivalents(question: str, text: str) -> set[tuple[str, str]]:
    """Return the pairs of a word of the text and a word of the question that are alike."""
    asked = QUESTIONS.analyse(question)
    found, own = ANALYSER.terms(text), EquivalentMatches(asked)
    values = own.values(text, lambda: [word.start for word in found], range(len(found)))
    return {
        (text[found[row].start : found[row].end], asked.text[asked.terms[column].start : asked.terms[column].end])
        for row, column in (*own.names([word.normal for word in found]), *values)
    }


def spellings(question: str) -> list[tuple[tuple[str, ...], ...]]:
    return [one.spellings for one in QUESTIONS.analyse(question).equivalents]


@pytest.mark.parametrize(
    ("question", "text", "pairs"),
    [
        ("متى انضمت إلى NATO؟", "انضمت إلى حلف الأطلسي", {("حلف", "NATO"), ("الأطلسي", "NATO")}),
        ("متى انضمت إلى حلف الأطلسي؟", "انضمت إلى الناتو", {("الناتو", "حلف"), ("الناتو", "الأطلسي")}),
        ("هل وافقت WHO؟", "وافقت منظمة الصحة العالمية", {(word, "WHO") for word in ("منظمة", "الصحة", "العالمية")}),
        ("كم دفعت آيس؟", "دفعت ICE", {("ICE", "آيس")}),
        ("من دفع ثلاثين مليونا؟", "دفعت 30,000,000 دينار", {("30,000,000", "ثلاثين"), ("30,000,000", "مليونا")}),
        ("من دفع 3000 دينار؟", "دفع ثلاثة آلاف", {("ثلاثة", "3000"), ("آلاف", "3000")}),
        ("ماذا جرى عام ألفين وستة؟", "جرى في 2006", {("2006", "ألفين"), ("2006", "وستة")}),
        ("ماذا جرى في نيسان 2025؟", "جرى في 12/4/2025", {("12", "نيسان"), ("12", "2025"), ("4", "نيسان")}),
        ("ماذا جرى في كانون الثاني؟", "جرى في 3 يناير 2025", {("يناير", "كانون الثاني")}),
    ],
)
def test_what_says_the_same_is_alike(question: str, text: str, pairs: set[tuple[str, str]]) -> None:
    assert pairs <= equivalents(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("ماذا قالت الأمم المتحدة؟", "قالت الولايات المتحدة"),
        ("من دفع ثلاثين مليونا؟", "دفع 35 مليونا و30 ألفا"),
        ("ماذا جرى في كانون الثاني؟", "جرى في كانون الأول"),
        ("ماذا جرى في 12 نيسان 2025؟", "جرى في 2025"),
        ("ماذا جرى في المكتبة؟", "جرى في المكتبة"),
        ("Did they tell us who won?", "الولايات المتحدة ومنظمة الصحة العالمية"),
    ],
)
def test_what_says_another_thing_is_not(question: str, text: str) -> None:
    assert equivalents(question, text) == set()


@pytest.mark.parametrize(
    ("question", "written", "word"),
    [
        ("ماذا جرى في 22 نوفمبر 2025؟", "في الثاني والعشرين من شهر تشرين الثاني من عام 2025", "2025"),
        ("من دفع 2225 دينارا؟", "دفع ألفين ومئتين وخمسة وعشرين دينارا", "الفين"),
    ],
)
def test_what_a_long_text_says_in_many_words_is_read_around_one(question: str, written: str, word: str) -> None:
    text = f"{'جرى شيء آخر. ' * 30}{written} {'وجرى غيره. ' * 30}"
    found, own = ANALYSER.terms(text), EquivalentMatches(QUESTIONS.analyse(question))
    places = [at for at, term in enumerate(found) if term.normal == word]
    every, around = (
        set(own.values(text, lambda: [term.start for term in found], of)) for of in (range(len(found)), places)
    )
    assert around == every != set()


@pytest.mark.parametrize(
    ("question", "spelling"),
    [
        ("من دفع ثلاثين مليونا؟", ("30", "مليون")),
        ("من دفع ثلاثين مليونا؟", ("30000000",)),
        ("من دفع ثلاثة آلاف؟", ("3", "الاف")),
        ("من دفع مليونا ونصف المليون؟", ("1.5", "مليون")),
        ("ماذا جرى عام ألفين وأربعة عشر؟", ("2014",)),
        ("ماذا جرى في 12/4/2025؟", ("12", "ابريل", "2025")),
        ("ماذا جرى في 12 نيسان 2025؟", ("2025", "04", "12")),
        ("ماذا قالت UN؟", ("الامم", "المتحده")),
    ],
)
def test_other_spellings_are_offered_to_the_search(question: str, spelling: tuple[str, ...]) -> None:
    assert any(spelling in offered for offered in spellings(question))


def test_a_spelling_that_is_little_without_its_stop_words_is_not_offered() -> None:
    [offered] = spellings("من اخترقته NSO؟")
    assert offered == (("nso",),)


def test_of_a_flood_of_numbers_only_the_first_are_offered() -> None:
    flood = QUESTIONS.analyse("2," * 200)
    assert len(flood.equivalents) > len(other_spellings(flood, ANALYSER, LEXICON)) == MAX_VARIANT_TERMS


OTHERS = [article(f"other {number}", "خبر", "وافقت اللجنة", "دفع الحي مليون دينار") for number in range(12)]
VOTE = article("vote", "جلسة التصويت", "وافقت الأمم المتحدة على القرار بعد نقاش طويل.")
PAYMENT = article("payment", "كلفة الجسر", "دفعت البلدية ثلاثين مليون دينار لبناء الجسر الطويل فوق النهر.")


@pytest.mark.parametrize(
    ("question", "source"),
    [
        ("على ماذا وافقت UN؟", VOTE),
        ("من دفع 30 مليون دينار؟", PAYMENT),
        ("من دفع 30,000,000؟", PAYMENT),
    ],
)
def test_a_passage_with_another_spelling_alone_ranks_first(question: str, source: Article) -> None:
    ranking = rank(QUESTIONS.analyse(question), edition(*OTHERS, VOTE, PAYMENT), KNOWLEDGE)
    assert ranking.items[0].candidate.passage.article == source


def test_a_question_is_answered_by_another_spelling_of_its_name() -> None:
    assert answered("على ماذا وافقت UN؟", *OTHERS, VOTE).quotes[0].article == VOTE


@pytest.mark.parametrize(
    ("question", "text", "is_matched"),
    [
        # «شروا» is «اشتروا» in dialect, and «أشهر» no slip of it.
        ("متى شروا القصر؟", "بقي القصر خاليا ثلاثة أشهر", False),
        ("متى استقال الحارس؟", "استقبل النادي الحارس أمس. وكان مدربه قد استقال قبله", True),
        ("متى استقال الحارس؟", "استقبل النادي الحارس أمس", False),
        ("متى استقاال الحارس؟", "استقال الحارس أمس", True),
    ],
)
def test_only_what_is_no_word_is_read_as_a_slip(question: str, text: str, is_matched: bool) -> None:
    built = edition(article("palace", "خبر", text), article("other", "رأي", "من استقال منهم ومن شرى"))
    best = rank(QUESTIONS.analyse(question), built, KNOWLEDGE).candidates[0]
    assert bool(best.matches[0]) is is_matched
