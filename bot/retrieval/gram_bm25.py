"""BM25 over the character 4-grams of passages, without postings: grams are counted in the passages that are scored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.bm25 import BM25
from bot.retrieval.fields import Fields
from bot.retrieval.okapi_idf import saturate
from bot.retrieval.postings import CHUNK, Counts, Scores
from bot.retrieval.ranking_parameters import RANKING
from bot.retrieval.vocabulary import Vocabulary
from bot.storage import Arrays, gather_ranges, narrowest_type


@dataclass(frozen=True, slots=True)
class GramCounts:
    """The grams of a query in a few passages: a row a passage, a column a gram.

    `saturations` are the counts weighed by everything but a weight per gram, which comes near `limit` however often a
    gram stands; `weights` are the query's own.
    """

    grams: Sequence[str]
    saturations: Scores
    weights: Scores
    limit: float

    def scores(self, weights: Mapping[str, float] | None = None) -> Scores:
        """Score the passages by the query's own weights, or by these instead; a gram that they lack counts nothing."""
        used = self.weights if weights is None else np.array([weights.get(gram, 0.0) for gram in self.grams])
        # A product of matrices would round equal rows differently.
        return np.asarray((self.saturations * used).sum(axis=1), dtype=np.float64)


class GramBM25:
    """The scores of a `BM25` over the grams of each passage's words, for the passages that are asked for.

    Postings of grams take five times the memory of the passages' words; the table of each word's grams takes little.
    """

    k1, b = RANKING.k1, RANKING.b

    def __init__(self, arrays: Arrays, fields: Fields, vocabulary: Vocabulary) -> None:
        self._fields = fields
        self._vocabulary = vocabulary
        self._lengths: Counts = arrays["lengths"]
        self._idf: Scores = arrays["idf"]
        self.avgdl = float(self._lengths.mean()) if len(fields) else 0.0

    def count(self, query: Mapping[str, float], passages: NDArray[np.integer]) -> GramCounts:
        """Count the grams of a query in passages; its numbers multiply the idf of each gram."""
        known = {gram: number for gram in query if (number := self._vocabulary.grams.find(gram)) is not None}
        numbers = np.array(list(known.values()), dtype=np.int64)
        lengths = self._lengths[passages][:, np.newaxis]
        saturations = saturate(self._frequencies(numbers, passages), lengths, self.avgdl, self.k1, self.b)
        weights = self._idf[numbers] * np.array([query[gram] for gram in known])
        return GramCounts(tuple(known), saturations, weights, self.k1 + 1)

    def _frequencies(self, grams: NDArray[np.int64], passages: NDArray[np.integer]) -> Counts:
        """Count how often each gram stands in each passage: only words that hold any of them are looked into."""
        holders, of_gram = self._vocabulary.gram_words.gather(grams)
        is_holder = np.zeros(len(self._vocabulary), dtype=np.bool_)
        is_holder[holders] = True
        words, owners = self._fields.words(passages)
        told = np.flatnonzero(is_holder[words])
        words, owners = words[told], owners[told]
        # Each word's grams of the query, as runs of one sorted array.
        by_word = np.argsort(holders, kind="stable")
        holders, of_gram = holders[by_word], of_gram[by_word]
        firsts, lasts = (np.searchsorted(holders, words, side) for side in ("left", "right"))
        columns, places = gather_ranges(of_gram, firsts, lasts)
        cells = owners[places] * len(grams) + columns
        return np.bincount(cells, minlength=len(passages) * len(grams)).reshape(len(passages), len(grams))


def gram_arrays(fields: Fields, vocabulary: Vocabulary) -> dict[str, NDArray[Any]]:
    """Count the grams of all passages, some at a time to spare memory; return what a `GramBM25` is made of.

    How many passages hold each gram is kept for the next edition.
    """
    held = holding_passages(fields, vocabulary, np.arange(len(fields)))
    return gram_model(held, fields.sums(vocabulary.word_grams.lengths))


def holding_passages(fields: Fields, vocabulary: Vocabulary, passages: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return how many of some passages hold each gram."""
    size = len(vocabulary.grams)
    held = np.zeros(size, dtype=np.int64)
    for first in range(0, len(passages), CHUNK):
        words, owners = fields.words(passages[first : first + CHUNK])
        grams, places = vocabulary.word_grams.gather(words)
        keys = np.sort(grams.astype(np.int64) * CHUNK + owners[places])
        held += np.bincount(keys[np.diff(keys, prepend=-1) > 0] // CHUNK, minlength=size)
    return held


def gram_model(held: NDArray[np.int64], lengths: Counts) -> dict[str, NDArray[Any]]:
    """Return the arrays of a `GramBM25`, given how many passages hold each gram, and the passages' lengths in grams."""
    kept = held.astype(narrowest_type(len(lengths)))
    return {"lengths": lengths, "held": kept, "idf": BM25.idf_of(held, len(lengths))}
