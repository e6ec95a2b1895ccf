"""Swapped questions ask the same of something that the corpus lacks."""

import pytest

from bot.articles import Article, Paragraph
from bot.edition import make_edition
from bot.evaluation import Case, EvaluationSet, swaps, with_swaps
from bot.evaluation.sets import SWAP, Place
from bot.evaluation.swap_words import SwapWords
from tests.answering.coverage import ANALYSER, KNOWLEDGE, LEXICON

TEXTS = {
    "mission": "وصلت البعثة إلى منغوليا في ربيع عام 2019، واستقبلها سفير اليابان.",
    "factory": "اشترى مصنع كوداك الجديد آلات بقيمة 40 مليون دينار، وعمل فيه ثلاثمئة عامل.",
    "olives": "بدأ قطف الزيتون قبل موعده بسبب حرارة الصيف.",
    "library": "تضم المكتبة قاعة واسعة للأطفال.",
}
QUESTIONS = {
    "متى وصلت البعثة إلى منغوليا؟": "mission",
    "ماذا حدث في ربيع عام ٢٠١٩؟": "mission",
    "بكم اشترى مصنع كوداك آلاته؟": "factory",
    "لماذا بدأ قطف الزيتون قبل موعده؟": "olives",
    "ماذا تضم المكتبة؟": "library",
}


def made(questions: dict[str, str] = QUESTIONS, *, also: str = "") -> list[str]:
    """Return the swapped questions, on a corpus that holds one more text."""
    articles = [Article(name, "أخبار", (Paragraph(text),)) for name, text in (TEXTS | {"also": also or "نص"}).items()]
    cases = tuple(Case(question, "gold", ("نص",), Place(name, 0)) for question, name in questions.items())
    return [
        case.question
        for case in swaps(EvaluationSet("set", (), cases), make_edition(articles, [], ANALYSER), KNOWLEDGE)
        if (case.kind, case.answers) == (SWAP, ()) and case.place
    ]


def test_the_most_important_word_gives_way_to_one_of_its_kind() -> None:
    assert made() == [
        "متى وصلت البعثة إلى غامبيا؟",
        "ماذا حدث في ربيع عام ٢٠٠٨؟",
        "بكم اشترى مصنع غلينكور آلاته؟",
        "لماذا بدأ قطف الكركم قبل موعده؟",
    ]


def test_a_word_that_stands_anywhere_in_the_corpus_does_not_come() -> None:
    words = SwapWords.read()
    plants = [word for word in words.words["plants"] if word != "السفرجل"]
    question = {"لماذا بدأ قطف الزيتون قبل موعده؟": "olives"}
    assert made(question, also=" ".join(plants)) == ["لماذا بدأ قطف السفرجل قبل موعده؟"]
    assert made(question, also=" ".join([*plants, "والسفرجل"])) == []


def test_names_of_the_lexicon_do_not_come() -> None:
    question = {"متى وصلت البعثة إلى منغوليا؟": "mission"}
    countries = SwapWords.read().words["countries"]
    known = [word for word in countries if ANALYSER.stem(ANALYSER.words(word)[0]) in LEXICON.names]
    unknown = [word for word in countries if word not in known]
    assert "فنلندا" in known
    assert made(question, also=" ".join(unknown)) == []


def test_the_word_replaced_stands_in_the_passage_that_answers() -> None:
    assert made({"متى وصلت البعثة إلى منغوليا؟": "library"}) == []


def test_a_set_that_brings_its_own_gets_no_others() -> None:
    edition = make_edition([Article("mission", "أخبار", (Paragraph(TEXTS["mission"]),))], [], ANALYSER)
    case = Case("متى وصلت البعثة إلى منغوليا؟", "gold", ("ربيع",), Place("mission", 0))
    own = Case("متى وصلت البعثة إلى بوتان؟", SWAP, ())
    assert len(with_swaps(EvaluationSet("set", (), (case,)), edition, KNOWLEDGE).cases) == 2
    assert with_swaps(EvaluationSet("set", (), (case, own)), edition, KNOWLEDGE).cases == (case, own)


def test_a_word_that_stands_twice_stays() -> None:
    assert made({"متى وصلت بعثة منغوليا إلى منغوليا؟": "mission"}) == []


@pytest.mark.parametrize("question", ["", "ما؟", "🙂"])
def test_a_question_without_words_makes_none(question: str) -> None:
    assert made({question: "library"}) == []
