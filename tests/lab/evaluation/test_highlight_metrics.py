"""Bold words against known answers."""

import pytest

from bot.answering import Quote
from bot.arabic import Span
from bot.articles import Article, Paragraph
from bot.lab.evaluation import Case
from bot.lab.evaluation.highlight_metrics import HighlightShares, Marking, compare_highlights

TEXT = "كلف بناء السور ثلاثين مليون دينار عام 2025."
ARTICLE = Article("wall", "السور", (Paragraph(TEXT),))


def quote(*bold: str) -> Quote:
    marks = tuple(Span(TEXT.index(words), TEXT.index(words) + len(words)) for words in bold)
    return Quote(TEXT, ARTICLE, 0, 0, len(TEXT), 1.0, marks)


@pytest.mark.parametrize(
    ("bold", "marking"),
    [
        (("ثلاثين مليون دينار",), Marking.EXACT),
        (("مليون دينار عام",), Marking.OVERLAP),
        (("2025",), Marking.WRONG),
        ((), Marking.NONE),
    ],
)
def test_bold_words_are_the_answer_some_of_it_or_something_else(bold: tuple[str, ...], marking: Marking) -> None:
    assert compare_highlights(Case("كم كلف السور؟", "gold", ("ثلاثين مليون دينار",)), quote(*bold)) is marking


def test_an_answer_within_a_word_counts_as_the_word() -> None:
    assert compare_highlights(Case("ما الذي بني؟", "gold", ("سور",)), quote("السور")) is Marking.EXACT


def test_shares_are_of_all_quotes() -> None:
    assert HighlightShares.of([Marking.EXACT, Marking.OVERLAP, Marking.WRONG, Marking.NONE]) == HighlightShares(
        0.5, 0.25
    )
    assert HighlightShares.of([]) == HighlightShares(0.0, 0.0)
