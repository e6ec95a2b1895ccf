"""BM25 over character 4-grams without postings: grams are counted in the passages that are scored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.bm25 import BM25
from bot.retrieval.fields import Fields
from bot.retrieval.okapi_idf import saturate
from bot.retrieval.postings import Counts, Scores, document_frequencies
from bot.retrieval.ranking_parameters import RANKING
from bot.retrieval.vocabulary import Vocabulary
from bot.storage import Arrays, gather_ranges


@dataclass(frozen=True, slots=True)
class GramCounts:
    """The m grams of a query in n passages.

    `saturations` (n, m) are the BM25 saturations of their counts (see `saturate`), which approach `limit` as the counts
    grow; `weights` (m,) are the query's own.
    """

    grams: Sequence[str]
    saturations: Scores
    weights: Scores
    limit: float

    def scores(self, weights: Mapping[str, float] | None = None) -> Scores:
        """Return the scores of the passages, (n,), by the query's own weights or by these, 0 for a gram they lack."""
        used = self.weights if weights is None else np.array([weights.get(gram, 0.0) for gram in self.grams])
        # A product of matrices would round equal rows differently.
        return np.asarray((self.saturations * used).sum(axis=1), dtype=np.float64)


class GramBM25:
    """Scores given passages as a `BM25` over the grams of their words would.

    Postings of grams would take five times the memory of the passages' words; the grams of each word take little.
    """

    k1, b = RANKING.k1, RANKING.b

    def __init__(self, lengths: Counts, idf: Scores, fields: Fields, vocabulary: Vocabulary, avgdl: float) -> None:
        """Take the lengths of all passages in grams, the idf of all grams, and the average length in the edition."""
        self._fields = fields
        self._vocabulary = vocabulary
        self._lengths, self._idf = lengths, idf
        self.avgdl = avgdl

    @classmethod
    def from_arrays(cls, arrays: Arrays, fields: Fields, vocabulary: Vocabulary) -> "GramBM25":
        return cls(arrays["lengths"], arrays["idf"], fields, vocabulary, average_grams(arrays))

    def count(self, query: Mapping[str, float], passages: NDArray[np.integer]) -> GramCounts:
        """Count the grams of a query in passages; the values of `query` multiply the idf of each gram."""
        known = {gram: number for gram in query if (number := self._vocabulary.grams.find(gram)) is not None}
        numbers = np.array(list(known.values()), dtype=np.int64)
        lengths = self._lengths[passages][:, np.newaxis]
        saturations = saturate(self._frequencies(numbers, passages), lengths, self.avgdl, self.k1, self.b)
        weights = self._idf[numbers] * np.array([query[gram] for gram in known])
        return GramCounts(tuple(known), saturations, weights, self.k1 + 1)

    def _frequencies(self, grams: NDArray[np.int64], passages: NDArray[np.integer]) -> Counts:
        """Return how often each of m grams stands in each of n passages, (n, m); only words with a gram are read."""
        holders, of_gram = self._vocabulary.gram_words.gather(grams)
        is_holder = np.zeros(len(self._vocabulary), dtype=np.bool_)
        is_holder[holders] = True
        words, owners = self._fields.words(passages)
        matching = np.flatnonzero(is_holder[words.astype(np.intp, copy=False)])
        words, owners = words[matching], owners[matching]
        # Each word's grams of the query, as runs of one sorted array.
        by_word = np.argsort(holders, kind="stable")
        holders, of_gram = holders[by_word], of_gram[by_word]
        firsts, lasts = (np.searchsorted(holders, words, side) for side in ("left", "right"))
        columns, places = gather_ranges(of_gram, firsts, lasts)
        cells = owners[places] * len(grams) + columns
        return np.bincount(cells, minlength=len(passages) * len(grams)).reshape(len(passages), len(grams))


def average_grams(arrays: Arrays) -> float:
    """Return the mean length of the passages of a model in grams, 0 of none."""
    return float(arrays["lengths"].mean()) if len(arrays["lengths"]) else 0.0


def gram_arrays(fields: Fields, vocabulary: Vocabulary) -> dict[str, NDArray[Any]]:
    """Return the arrays of a `GramBM25`: the lengths of the passages in grams, and the idf of each gram."""
    gathered = ((*vocabulary.word_grams.gather(words), owners) for words, owners in fields.chunks())
    chunks = ((grams, owners[places]) for grams, places, owners in gathered)
    frequencies = document_frequencies(chunks, len(vocabulary.grams))
    return {"lengths": fields.sums(vocabulary.word_grams.lengths), "idf": BM25.idf_of(frequencies, len(fields))}
