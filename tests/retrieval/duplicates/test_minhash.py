"""Sketches: what they tell apart, and what they do not."""

import numpy as np
import pytest

from bot.articles import Article, Paragraph
from bot.retrieval.duplicates import LEAST_WORDS, MinHashSignatures, SignatureBuilder

WORDS = "قالت وزارة الزراعة إن محصول القمح بلغ هذا العام 940 ألف طن وعزت الزيادة إلى أمطار الربيع"


def sketch(*texts: str) -> MinHashSignatures:
    spool = SignatureBuilder()
    for number, text in enumerate(texts):
        spool.append(Article(str(number), "عنوان", (Paragraph(text),)))
    return spool.signatures()


def test_passages_are_counted_by_article_and_blank_ones_are_none() -> None:
    spool = SignatureBuilder()
    spool.append(Article("a", "عنوان", (Paragraph(WORDS), Paragraph("قالت الوزارة"))))
    spool.append(Article("b", "عنوان", (Paragraph(" "),)))
    spool.append(Article("c", "عنوان", (Paragraph("؟!"),)))
    signatures = spool.signatures()
    assert signatures.starts.tolist() == [0, 2, 2, 3]
    assert signatures.lengths.tolist() == [len(WORDS.split()), 2, 0]
    assert sketch().starts.tolist() == [0]


@pytest.mark.parametrize("text", [WORDS.replace("إلى", "الى,"), f"«{WORDS}»", WORDS.replace("ألف", "ألْف")])
def test_marks_and_vowel_signs_make_no_difference(text: str) -> None:
    signatures = sketch(WORDS, text)
    assert signatures.words[0] == signatures.words[1]
    np.testing.assert_array_equal(signatures.bands[0], signatures.bands[1])


def test_the_order_of_words_counts_and_that_of_figures_does_not() -> None:
    signatures = sketch("بلغ 10 ثم 20 ثم 10", "بلغ 20 ثم 10 ثم 20", "بلغ 10 ثم 30 ثم 10", "بلغ عشرة ثم ثلاثين")
    assert len(set(signatures.words.tolist())) == 4
    assert signatures.figures[0] == signatures.figures[1]
    assert len(set(signatures.figures.tolist())) == 3


def test_short_passages_have_no_bands() -> None:
    words = WORDS.split()
    signatures = sketch(" ".join(words[: LEAST_WORDS - 1]), " ".join(words[:LEAST_WORDS]))
    assert not signatures.bands[0].any()
    assert signatures.bands[1].all()


def test_a_sketch_depends_on_nothing_but_the_text() -> None:
    # So many words that the spool reads them in several blocks.
    texts = [f"{WORDS} {number}" for number in range(9000)]
    signatures = sketch(*texts)
    for number in (0, 4321, 8999):
        alone = sketch(texts[number])
        assert (signatures.words[number], signatures.figures[number]) == (alone.words[0], alone.figures[0])
        np.testing.assert_array_equal(signatures.bands[number], alone.bands[0])
