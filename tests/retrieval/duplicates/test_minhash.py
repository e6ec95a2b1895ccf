"""Sketches: what they tell apart, and what they do not."""

import numpy as np
import pytest

from bot.articles import Article, Paragraph
from bot.retrieval.duplicates.minhash import LEAST_WORDS, MinHashSignatures, SignatureBuilder
from tests.retrieval.coverage import sign

WORDS = "قالت وزارة الزراعة إن محصول القمح بلغ هذا العام 940 ألف طن وعزت الزيادة إلى أمطار الربيع"


def signatures_of(*texts: str) -> MinHashSignatures:
    builder = SignatureBuilder()
    for number, text in enumerate(texts):
        sign(builder, Article(str(number), "عنوان", (Paragraph(text),)))
    return builder.signatures()


def test_passages_are_counted_by_article_and_blank_ones_are_none() -> None:
    builder = SignatureBuilder()
    sign(builder, Article("a", "عنوان", (Paragraph(WORDS), Paragraph("قالت الوزارة"))))
    sign(builder, Article("b", "عنوان", (Paragraph(" "),)))
    sign(builder, Article("c", "عنوان", (Paragraph("؟!"),)))
    signatures = builder.signatures()
    assert signatures.starts.tolist() == [0, 2, 2, 3]
    assert signatures.lengths.tolist() == [len(WORDS.split()), 2, 0]
    assert signatures_of().starts.tolist() == [0]


@pytest.mark.parametrize("text", [WORDS.replace("إلى", "الى,"), f"«{WORDS}»", WORDS.replace("ألف", "ألْف")])
def test_marks_and_vowel_signs_make_no_difference(text: str) -> None:
    signatures = signatures_of(WORDS, text)
    assert signatures.word_digests[0] == signatures.word_digests[1]
    np.testing.assert_array_equal(signatures.bands[0], signatures.bands[1])


def test_the_order_of_words_counts_and_that_of_figures_does_not() -> None:
    signatures = signatures_of("بلغ 10 ثم 20 ثم 10", "بلغ 20 ثم 10 ثم 20", "بلغ 10 ثم 30 ثم 10", "بلغ عشرة ثم ثلاثين")
    assert len(set(signatures.word_digests.tolist())) == 4
    assert signatures.number_digests[0] == signatures.number_digests[1]
    assert len(set(signatures.number_digests.tolist())) == 3


def test_short_passages_have_no_bands() -> None:
    words = WORDS.split()
    signatures = signatures_of(" ".join(words[: LEAST_WORDS - 1]), " ".join(words[:LEAST_WORDS]))
    assert not signatures.bands[0].any()
    assert signatures.bands[1].all()


def test_a_sketch_depends_on_nothing_but_the_text() -> None:
    texts = [f"{WORDS} {number}" for number in range(90)]
    signatures = signatures_of(*texts)
    for number in (0, 43, 89):
        alone = signatures_of(texts[number])
        assert (signatures.word_digests[number], signatures.number_digests[number]) == (
            alone.word_digests[0],
            alone.number_digests[0],
        )
        np.testing.assert_array_equal(signatures.bands[number], alone.bands[0])
