"""Tests of the keys of documents."""

import numpy as np

from bot.retrieval.opensearch.index_fields import GAP, DocumentKeys

# The second article has no passage; a base has another between the third and the fourth, and one at the end.
KEYS = DocumentKeys(np.array([GAP, 2 * GAP, 3 * GAP, 5 * GAP]), np.array([0, 2, 2, 3, 5]))
PASSAGES = [GAP, GAP + 1, 3 * GAP, 5 * GAP, 5 * GAP + 1]


def test_passages_count_on_from_their_article() -> None:
    assert KEYS.articles_of(np.arange(5)).tolist() == [0, 0, 2, 3, 3]
    assert KEYS.of_passages(np.arange(5)).tolist() == PASSAGES
    assert KEYS.passages(np.array(PASSAGES)).tolist() == [0, 1, 2, 3, 4]


def test_what_an_edition_lacks_has_no_number() -> None:
    assert KEYS.passages(np.array([0, GAP + 2, 2 * GAP, 3 * GAP + 1, 4 * GAP, 5 * GAP + 2])).tolist() == [-1] * 6
    assert [KEYS.has_article(key * GAP) for key in range(7)] == [False, True, True, True, False, True, False]
