"""`rank_bm25.BM25Okapi` with an inverted index: the same scores, read from postings instead of every passage."""

import math
from array import array
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

Scores = NDArray[np.float64]
Counts = NDArray[np.integer]
K1, B, EPSILON = 0.9, 0.4, 0.25
# Below this size the library's idf is zero or negative for every token, so that a match would rank last.
_LEAST_FOR_OKAPI = 3


def saturate(frequencies: Counts, lengths: Counts, average_length: float, k1: float, b: float) -> Scores:
    """Weigh term frequencies by everything but the idf, in the library's order of operations.

    `lengths` are those of the passages that the frequencies were counted in, in tokens.
    """
    norms = k1 * (1 - b + b * lengths / (average_length or 1.0))
    return np.asarray(frequencies * (k1 + 1) / (frequencies + norms), dtype=np.float64)


class BM25(BM25Okapi):  # type: ignore[misc]  # the library has no types
    """Okapi BM25 over tokenised passages.

    Constructor, `k1`, `b`, `epsilon` and `_calc_idf` are the library's, and from three passages on so is every score,
    to the last bit. For fewer passages, where the library divides by zero (0) or ranks matches at or below zero (1, 2),
    the idf is that of Lucene, ln(1 + (N - n + 0.5) / (n + 0.5)), which is always positive.

    Source: A. Trotman, A. Puurula, B. Burgess, "Improvements to BM25 and Language Models Examined", 2014 (the ATIRE
    form, with a floor of epsilon x average idf).
    """

    def __init__(
        self,
        corpus: Iterable[Sequence[str]],
        tokenizer: Callable[[str], Sequence[str]] | None = None,
        k1: float = K1,
        b: float = B,
        epsilon: float = EPSILON,
    ) -> None:
        """Index a corpus, read once: token sequences, or texts where a tokenizer is given."""
        self.average_idf = 0.0
        super().__init__(corpus, tokenizer, k1=k1, b=b, epsilon=epsilon)

    def __len__(self) -> int:
        return int(self.corpus_size)

    def _tokenize_corpus(self, corpus: Iterable[str]) -> Iterator[Sequence[str]]:
        # The library starts a process for each core, which a small worker cannot afford.
        return map(self.tokenizer, corpus)

    def _initialize(self, corpus: Iterable[Sequence[str]]) -> dict[str, int]:
        """Build the postings, and return how many passages hold each token, in order of first occurrence."""
        self._numbers: dict[str, int] = {}
        occurrences = array("i")
        for document in corpus:
            self.doc_len.append(len(document))
            occurrences.extend([self._numbers.setdefault(token, len(self._numbers)) for token in document])
        self.corpus_size = len(self.doc_len)
        self.avgdl = len(occurrences) / self.corpus_size if self.corpus_size else 0.0
        tokens, self._documents, frequencies = self._postings(np.frombuffer(occurrences, dtype=np.intc))
        counts = np.bincount(tokens, minlength=len(self._numbers))
        self._starts = np.concatenate(([0], np.cumsum(counts)))
        self._saturations = self._saturate(frequencies)
        return dict(zip(self._numbers, counts.tolist(), strict=True))

    def _postings(self, occurrences: NDArray[np.intc]) -> tuple[NDArray[np.intp], NDArray[np.int32], NDArray[np.intp]]:
        """Count each token in each passage: (tokens, passages, counts), sorted by token and then passage."""
        documents = np.repeat(np.arange(self.corpus_size), self.doc_len)
        # Tokens times passages outgrow 32 bits from some 46,000 of each on.
        keys, counts = np.unique(occurrences * np.int64(max(self.corpus_size, 1)) + documents, return_counts=True)
        tokens, documents = np.divmod(keys, max(self.corpus_size, 1))
        return tokens, documents.astype(np.int32), counts

    def _saturate(self, frequencies: NDArray[np.intp]) -> Scores:
        """Weigh each posting by everything but the idf."""
        return saturate(frequencies, np.array(self.doc_len)[self._documents], self.avgdl, self.k1, self.b)

    def _calc_idf(self, nd: Mapping[Hashable, int]) -> None:
        if self.corpus_size >= _LEAST_FOR_OKAPI and nd:
            super()._calc_idf(nd)
            return
        for token, held in nd.items():
            self.idf[token] = math.log(1 + (self.corpus_size - held + 0.5) / (held + 0.5))
        self.average_idf = sum(self.idf.values()) / max(len(self.idf), 1)

    @classmethod
    def idf_of(cls, held: Counts, corpus_size: int) -> Scores:
        """Return the idf of tokens that so many passages hold each, of `corpus_size` passages."""
        model = cls(())
        model.corpus_size = corpus_size
        model._calc_idf(dict(enumerate(held.tolist())))
        return np.array(list(model.idf.values()), dtype=np.float64)

    def document_frequency(self, token: str) -> int:
        """Return how many passages hold a token."""
        number = self._numbers.get(token)
        return 0 if number is None else int(self._starts[number + 1] - self._starts[number])

    def get_scores(self, query: Sequence[str], weights: Mapping[str, float] | None = None) -> Scores:
        """Score every passage for a query of tokens: an array of `corpus_size` scores.

        `weights` replaces the idf of the tokens that it names. Raise TypeError for a plain string, which the library
        would read letter by letter.
        """
        if isinstance(query, str):
            raise TypeError("a query is a sequence of tokens, not a string")
        scores = np.zeros(self.corpus_size)
        for token in query:
            number = self._numbers.get(token)
            if number is None:
                continue
            postings = slice(self._starts[number], self._starts[number + 1])
            weight = self.idf[token] if weights is None else weights.get(token, self.idf[token])
            np.add.at(scores, self._documents[postings], weight * self._saturations[postings])
        return scores

    def get_batch_scores(self, query: Sequence[str], doc_ids: Sequence[int]) -> list[float]:
        """Score the passages with these numbers only."""
        return [float(score) for score in self.get_scores(query)[list(doc_ids)]]
