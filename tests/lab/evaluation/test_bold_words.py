"""Bold words against known answers."""

import pytest

from bot.answering import Answer, Quote, Reason, Refusal
from bot.arabic import Span
from bot.articles import Article, Paragraph
from bot.lab.evaluation.bold_words import BoldWords, is_right
from bot.lab.evaluation.question_sets import Case

TEXT = "كلف بناء السور ثلاثين مليون دينار عام 2025."
ARTICLE = Article("wall", "السور", (Paragraph(TEXT),))
COST = Case("كم كلف السور؟", "gold", ("ثلاثين مليون دينار",))


def quote(*bold: str) -> Quote:
    marks = tuple(Span(TEXT.index(words), TEXT.index(words) + len(words)) for words in bold)
    return Quote(TEXT, ARTICLE, 0, 0, len(TEXT), 1.0, marks)


@pytest.mark.parametrize(
    ("bold", "right"),
    [(("ثلاثين مليون دينار",), True), (("مليون دينار عام",), True), (("2025",), False), ((), None)],
)
def test_bold_words_are_of_the_answer_or_something_else(bold: tuple[str, ...], right: bool | None) -> None:
    assert is_right(COST, quote(*bold)) is right


def test_an_answer_within_a_word_counts_as_the_word() -> None:
    assert is_right(Case("ما الذي بني؟", "gold", ("سور",)), quote("السور"))


def test_shares_are_of_the_answers_that_are_right_in_the_first_quote() -> None:
    bold = ["ثلاثين", "مليون", "2025", *[""] * 4]
    answers = [Answer("q", (quote(*filter(None, [words])),), "e") for words in bold]
    elsewhere = Case("متى سقط السور؟", "gold", ("2026",))
    cases = [*[COST] * len(answers), elsewhere, COST, Case("كم؟", "off", ())]
    outcomes: list[Answer | Refusal] = [*answers, answers[0], Refusal("q", Reason.UNSUPPORTED, "e"), answers[0]]
    assert BoldWords.of(cases, outcomes) == BoldWords(2 / 7, 1 / 7, 1 / 3)
    assert BoldWords.of([], []) == BoldWords(0.0, 0.0, 0.0)
