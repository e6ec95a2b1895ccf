"""BM25 over the character 4-grams of passages, without postings: grams are counted in the passages that are scored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.bm25 import BM25, K1, B, Counts, Scores, saturate
from bot.retrieval.fields import Fields
from bot.retrieval.vocabulary import Vocabulary

_CHUNK = 1024


@dataclass(frozen=True, slots=True)
class GramCounts:
    """The grams of a query in a few passages: a row a passage, a column a gram.

    `saturations` are the counts weighed by everything but a weight per gram; `weights` are the query's own.
    """

    grams: Sequence[str]
    saturations: Scores
    weights: Scores

    def scores(self, weights: Mapping[str, float] | None = None) -> Scores:
        """Score the passages by the query's own weights, or by these instead; a gram that they lack counts nothing."""
        used = self.weights if weights is None else np.array([weights.get(gram, 0.0) for gram in self.grams])
        # A product of matrices would round equal rows differently.
        return np.asarray((self.saturations * used).sum(axis=1), dtype=np.float64)


class GramBM25:
    """The scores of a `BM25` over the grams of each passage's words, for the passages that are asked for.

    Postings of grams take five times the memory of the passages' words; the table of each word's grams takes little.
    """

    k1, b = K1, B

    def __init__(self, fields: Fields, vocabulary: Vocabulary) -> None:
        self._fields = fields
        self._vocabulary = vocabulary
        self._lengths = fields.sums(vocabulary.word_grams.lengths)
        self.avgdl = float(self._lengths.mean()) if len(fields) else 0.0
        self._idf = BM25.idf_of(self._document_frequencies(), len(fields))

    def count(self, query: Mapping[str, float], passages: NDArray[np.integer]) -> GramCounts:
        """Count the grams of a query in passages; its numbers multiply the idf of each gram."""
        known = {gram: number for gram in query if (number := self._vocabulary.grams.find(gram)) is not None}
        numbers = np.array(list(known.values()), dtype=np.int64)
        lengths = self._lengths[passages][:, np.newaxis]
        saturations = saturate(self._frequencies(numbers, passages), lengths, self.avgdl, self.k1, self.b)
        weights = self._idf[numbers] * np.array([query[gram] for gram in known])
        return GramCounts(tuple(known), saturations, weights)

    def _frequencies(self, grams: NDArray[np.int64], passages: NDArray[np.integer]) -> Counts:
        """Count how often each gram stands in each passage."""
        columns = np.full(len(self._vocabulary.grams), -1)
        columns[grams] = np.arange(len(grams))
        held, owners = self._grams(passages)
        asked = np.flatnonzero(columns[held] >= 0)
        cells = owners[asked] * len(grams) + columns[held[asked]]
        return np.bincount(cells, minlength=len(passages) * len(grams)).reshape(len(passages), len(grams))

    def _document_frequencies(self) -> NDArray[np.int64]:
        """Count the passages that hold each gram, some passages at a time to spare memory."""
        size = len(self._vocabulary.grams)
        counts = np.zeros(size, dtype=np.int64)
        for start in range(0, len(self._fields), _CHUNK):
            held, owners = self._grams(np.arange(start, min(start + _CHUNK, len(self._fields))))
            counts += np.bincount(np.unique(owners * size + held) % size, minlength=size)
        return counts

    def _grams(self, passages: NDArray[np.integer]) -> tuple[NDArray[np.int32], NDArray[np.intp]]:
        """Return the grams of all words that count for passages, and the place in `passages` of each."""
        words, owners = self._fields.words(passages)
        grams, places = self._vocabulary.word_grams.gather(words)
        return grams, owners[places]
