"""The idf of Okapi BM25, to the last bit that of `rank_bm25.BM25Okapi`, and the saturation of term frequencies."""

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from bot.retrieval.postings import Counts, Scores

# Below this size the library's idf is zero or negative for every token, so that a match would rank last.
_LEAST_FOR_OKAPI = 3


def saturate(frequencies: Counts, lengths: Counts, average_length: float, k1: float, b: float) -> Scores:
    """Return f (k1 + 1) / (f + k1 (1 - b + b L / avgL)): BM25 without the idf, in the library's order of operations.

    `frequencies` f and `lengths` L, in tokens, are of the same shape or broadcast to one, which the result has: L are
    the lengths of the passages that the frequencies were counted in.
    """
    norms = k1 * (1 - b + b * lengths / (average_length or 1.0))
    return np.asarray(frequencies * (k1 + 1) / (frequencies + norms), dtype=np.float64)


class OkapiIdf(BM25Okapi):  # type: ignore[misc]  # the library has no types
    """The idf of tokens, given in how many of `corpus_size` passages each stands.

    From three passages on it is the library's: ln((N - n + 0.5) / (n + 0.5)), and epsilon x the average where that is
    negative. For fewer passages, where the library divides by zero (0) or ranks matches at or below zero (1, 2), it is
    that of Lucene, ln(1 + (N - n + 0.5) / (n + 0.5)), which is always positive.

    Source: A. Trotman, A. Puurula, B. Burgess, "Improvements to BM25 and Language Models Examined", 2014 (the ATIRE
    form, with a floor of epsilon x average idf).
    """

    def __init__(self, corpus: Iterable[Sequence[str]], tokenizer: object, k1: float, b: float, epsilon: float) -> None:
        self.average_idf = 0.0
        super().__init__(corpus, tokenizer, k1=k1, b=b, epsilon=epsilon)

    def idfs(self, document_frequencies: Counts) -> Scores:
        """Return the idf of each of (n,) tokens, in the order in which the library sums them up to their average.

        Few counts are different, and what the library says of a token alone, before the floor, is its average.
        """
        counts, places = np.unique(document_frequencies, return_inverse=True)
        if self.corpus_size < _LEAST_FOR_OKAPI:
            self._calc_idf(dict(enumerate(counts.tolist())))
            return np.array(list(self.idf.values()), dtype=np.float64)[places]
        alone = np.empty(len(counts))
        for place, count in enumerate(counts.tolist()):
            self.idf: dict[Hashable, float] = {}
            self._calc_idf({"": count})
            alone[place] = self.average_idf
        idfs: NDArray[np.float64] = alone[places]
        # A running sum adds one after the other, as the library does; a plain sum adds pairs.
        self.average_idf = float(np.cumsum(idfs)[-1]) / len(idfs) if len(idfs) else 0.0
        return np.where(idfs < 0, self.epsilon * self.average_idf, idfs)

    def _calc_idf(self, nd: Mapping[Hashable, int]) -> None:
        """Set the idf of tokens by their document frequencies, which the library calls `nd`."""
        if self.corpus_size >= _LEAST_FOR_OKAPI and nd:
            super()._calc_idf(nd)
            return
        for token, count in nd.items():
            self.idf[token] = math.log(1 + (self.corpus_size - count + 0.5) / (count + 0.5))
        self.average_idf = sum(self.idf.values()) / max(len(self.idf), 1)
