"""Counted where they are asked for, grams score as they would in a `BM25` over all of them."""

from collections import Counter

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.arabic import Analyser
from bot.articles import Article, Paragraph
from bot.edition import make_edition
from bot.retrieval import BM25, PassageIndex
from tests.examples import examples
from tests.retrieval.coverage import embedded

ANALYSER = Analyser({"في", "من"})
WORD = st.sampled_from(
    ["المكتبه", "مكتبه", "بمكتبه", "الجسر", "جسر", "مكتبات", "في", "microsoft", "2025", "لالالالالا"]
)
TEXT = st.lists(WORD, max_size=9).map(" ".join)
BODY = st.lists(st.tuples(st.lists(WORD, min_size=1, max_size=9).map(" ".join), TEXT), min_size=1, max_size=3)
ARTICLES = st.lists(st.tuples(TEXT, BODY), max_size=5)


def index_of(drawn: list[tuple[str, list[tuple[str, str]]]]) -> PassageIndex:
    edition = make_edition(
        [
            Article(str(number), title, tuple(Paragraph(text, section) for text, section in body))
            for number, (title, body) in enumerate(drawn)
        ],
        (),
        ANALYSER,
    )
    return embedded(edition)


def plain(index: PassageIndex) -> BM25:
    """Index the grams of every passage, title twice, with a posting for each."""
    texts = [
        f"{one.article.title} {one.article.title} {one.heading} {one.text}"
        for one in map(index.passage, range(len(index)))
    ]
    return BM25([gram for term in ANALYSER.terms(text) for gram in term.grams] for text in texts)


@examples(200)
@given(ARTICLES, TEXT, st.data())
def test_scores_are_those_of_all_postings(
    drawn: list[tuple[str, list[tuple[str, str]]]], question: str, data: st.DataObject
) -> None:
    index = index_of(drawn)
    query = [gram for term in ANALYSER.terms(question) for gram in term.grams] + ["none"]
    asked = data.draw(st.lists(st.integers(0, len(index) - 1), unique=True)) if len(index) else []
    counts = index.grams.count(Counter(query), np.array(asked, dtype=np.int64))
    np.testing.assert_allclose(counts.scores(), plain(index).get_scores(query)[asked], rtol=1e-9, atol=1e-9)
    weights = {gram: place + 0.5 for place, gram in enumerate(query)}
    plainly, times = plain(index), dict[str, float]()
    for gram, weight in weights.items():
        # The idf of a gram that half of the passages hold is zero: a weight of its own cannot be had by any factor.
        idf = plainly.weight(gram, 1.0)
        assume(abs(idf) > 1e-9)
        times[gram] = weight / idf
    own = plainly.get_scores(list(times), times)[asked]
    np.testing.assert_allclose(counts.scores(weights), own, rtol=1e-9, atol=1e-9)


def test_the_numbers_of_a_query_multiply_the_idf() -> None:
    index = index_of([(f"جسر {number}", [("مكتبات", "")]) for number in range(4)] + [("", [("microsoft", "")])])
    passages = np.arange(5)
    once = index.grams.count({"micr": 1.0, "soft": 1.0}, passages).scores()
    assert once[4] > 0
    np.testing.assert_allclose(index.grams.count({"micr": 0.5, "soft": 0.5}, passages).scores(), once / 2)


def test_a_weight_for_a_gram_that_was_not_counted_does_nothing() -> None:
    index = index_of([("", [("مكتبات", "")])])
    assert not index.grams.count({"none": 1.0}, np.arange(1)).scores({"none": 5.0, "مكتب": 5.0}).any()


def test_equal_passages_score_equally_to_the_last_bit() -> None:
    index = index_of([("المكتبه", [("بمكتبه الجسر 2025", "مكتبات")])] * 37)
    counts = index.grams.count(dict.fromkeys(["المك", "لمكت", "بمكت", "مكتب", "لجسر", "2025"], 0.3), np.arange(37))
    assert len(set(counts.scores().tolist())) == 1
