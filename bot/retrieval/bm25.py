"""`rank_bm25.BM25Okapi` with an inverted index: the same scores, read from postings instead of every passage."""

import math
from array import array
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from bot.retrieval.postings import (
    CHUNK,
    Chunk,
    Counts,
    Part,
    Postings,
    Score,
    Scores,
    build_postings,
    count_passages,
    join_parts,
)
from bot.retrieval.top_k import accumulate_scores, top_k
from bot.storage import Arrays, StringTable, add_prefix, offsets, strip_prefix

T = TypeVar("T")
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
        self._idf: Scores = np.array(list(self.idf.values()), dtype=np.float64)
        self._build()

    @classmethod
    def count(
        cls,
        chunks: Callable[[], Iterator[Chunk]],
        lengths: Counts,
        tokens: int,
        order: NDArray[np.integer],
        folder: Path | None = None,
    ) -> dict[str, NDArray[Any]]:
        """Index passages, given as to `build_postings`; return the arrays of the model.

        The tokens are numbers below `tokens`; `order` has those that occur in the order in which they first do, in
        which the library sums their idfs up.
        """
        model = cls(())
        model._take(chunks, tokens, lengths)
        model._weigh(order)
        model._build(folder)
        return {"idf": model._idf, **add_prefix("postings", model._postings.arrays())}

    @classmethod
    def merge(
        cls,
        parts: Callable[[Score], Iterator[Part]],
        held: NDArray[np.int64],
        lengths: Counts,
        order: NDArray[np.integer],
        folder: Path | None = None,
    ) -> dict[str, NDArray[Any]]:
        """Return the arrays that `count` would, where the postings are there and only lack their scores.

        `held` says how many passages hold each token; `parts` is given what scores them.
        """
        model = cls(())
        model.corpus_size, model.avgdl, model._held = len(lengths), _average(lengths), held
        model._weigh(order)
        postings = join_parts(parts(model._score), offsets(held), lengths, folder)
        return {"idf": model._idf, **add_prefix("postings", postings)}

    @classmethod
    def from_arrays(cls, arrays: Arrays, tokens: StringTable) -> "BM25":
        """Take a model of numbered tokens out of its arrays, and call the tokens by the strings of a table."""
        model = cls(())
        model._postings = Postings(strip_prefix(arrays, "postings"))
        model._idf = arrays["idf"]
        model._number = tokens.find
        model.corpus_size = len(model._postings.lengths)
        model.avgdl = _average(model._postings.lengths)
        del model.idf, model.doc_len
        return model

    def __len__(self) -> int:
        return int(self.corpus_size)

    def _tokenize_corpus(self, corpus: Iterable[str]) -> Iterator[Sequence[str]]:
        # The library starts a process for each core, which a small worker cannot afford.
        return map(self.tokenizer, corpus)

    def _initialize(self, corpus: Iterable[Sequence[str]]) -> dict[str, int]:
        """Build the postings, and return how many passages hold each token, in order of first occurrence."""
        numbers: dict[str, int] = {}
        occurrences = array("i")
        for document in corpus:
            self.doc_len.append(len(document))
            occurrences.extend([numbers.setdefault(token, len(numbers)) for token in document])
        self._number: Callable[[str], int | None] = numbers.get
        lengths = np.array(self.doc_len, dtype=np.int64)
        starts, tokens = offsets(lengths), np.frombuffer(occurrences, dtype=np.intc)

        def chunks() -> Iterator[Chunk]:
            for first in range(0, len(lengths), CHUNK):
                last = min(first + CHUNK, len(lengths))
                owners = np.repeat(np.arange(last - first), lengths[first:last])
                yield tokens[starts[first] : starts[last]], owners

        self._take(chunks, len(numbers), lengths)
        return dict(zip(numbers, self._held.tolist(), strict=True))

    def _take(self, chunks: Callable[[], Iterator[Chunk]], tokens: int, lengths: Counts) -> None:
        """Count in how many passages each token is, which is all that the idf needs."""
        self.corpus_size = len(lengths)
        self.avgdl = _average(lengths)
        self._chunks, self._lengths = chunks, lengths
        self._held = count_passages(chunks(), tokens)

    def _build(self, folder: Path | None = None) -> None:
        """Build the postings of what was taken, and let go of it."""
        self._postings = build_postings(self._chunks, self._held, self._lengths, self._score, folder)
        del self._chunks, self._lengths, self._held

    def _weigh(self, order: NDArray[np.integer]) -> None:
        """Give the tokens that occur their idfs, summed up in this order."""
        self._idf = np.zeros(len(self._held))
        self._idf[order] = self._idfs(self._held[order])

    def _idfs(self, held: Counts) -> Scores:
        """Return the idfs of tokens that so many passages hold each: to the last bit those that `_calc_idf` gives.

        Few counts are different, and what the library says of a token alone, before the floor, is its average.
        """
        counts, places = np.unique(held, return_inverse=True)
        if self.corpus_size < _LEAST_FOR_OKAPI:
            self._calc_idf(dict(enumerate(counts.tolist())))
            return np.array(list(self.idf.values()), dtype=np.float64)[places]
        alone = np.empty(len(counts))
        for place, count in enumerate(counts.tolist()):
            self.idf: dict[Hashable, float] = {}
            self._calc_idf({"": count})
            alone[place] = self.average_idf
        idfs = alone[places]
        # A running sum adds one after the other, as the library does; a plain sum adds pairs.
        self.average_idf = float(np.cumsum(idfs)[-1]) / len(idfs) if len(idfs) else 0.0
        return np.where(idfs < 0, self.epsilon * self.average_idf, idfs)

    def _score(self, tokens: NDArray[np.int64], counts: Counts, lengths: Counts) -> Scores:
        return np.asarray(self._idf[tokens] * saturate(counts, lengths, self.avgdl, self.k1, self.b))

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
        return model._idfs(held)

    def document_frequency(self, token: str) -> int:
        """Return how many passages hold a token."""
        number = self._number(token)
        return 0 if number is None else self._postings.held(number)

    def weight(self, token: str, unknown: float) -> float:
        """Return the idf of a token, or of one that no passage holds what is `unknown`."""
        number = self._number(token)
        held = number is not None and self._postings.held(number)
        return float(self._idf[number]) if held else unknown

    def get_scores(self, query: Sequence[str], times: Mapping[str, float] | None = None) -> Scores:
        """Score every passage for a query of tokens: an array of `corpus_size` scores.

        `times` says how many times a token counts, where that is not once. Raise TypeError for a plain string, which
        the library would read letter by letter.
        """
        postings = self._postings
        documents: list[NDArray[np.intp] | None] = []
        added: list[Scores] = []
        for token, number in self._known(query):
            row = postings.rows.get(number)
            held, values = postings.of(number) if row is None else (None, row)
            documents.append(held)
            added.append(_counted(values, times.get(token, 1.0)) if times else values)
        return accumulate_scores(documents, added, self.corpus_size)

    def score_passages(
        self, query: Sequence[str], passages: NDArray[np.integer], times: Mapping[str, float] | None = None
    ) -> Scores:
        """Score some passages for a query, to the last bit as `get_scores` does; an array of one score for each."""
        scores = np.zeros(len(passages))
        for token, number in self._known(query):
            values = self._postings.among(number, passages)[1]
            scores += _counted(values, times.get(token, 1.0)) if times else values
        return scores

    def get_batch_scores(self, query: Sequence[str], doc_ids: Sequence[int]) -> list[float]:
        """Score the passages with these numbers only."""
        return [float(score) for score in self.score_passages(query, np.asarray(doc_ids, dtype=np.int64))]

    def top(self, query: Sequence[str], limit: int) -> tuple[NDArray[np.intp], Scores]:
        """Return the numbers and the scores of the best passages, best first; of equal ones the first."""
        scores = self.get_scores(query)
        places = top_k(scores, limit)
        return places, scores[places]

    def get_top_n(self, query: Sequence[str], documents: Sequence[T], n: int = 5) -> list[T]:
        """Return those of the indexed passages, given again, that score best; of equal ones the first.

        Raise ValueError where there are not as many as were indexed.
        """
        if len(documents) != self.corpus_size:
            raise ValueError(f"{self.corpus_size} passages were indexed, not {len(documents)}")
        return [documents[number] for number in self.top(query, n)[0].tolist()]

    def passages_with_all(self, tokens: Iterable[str]) -> NDArray[np.integer]:
        """Return the passages that hold every one of some tokens, at least one, in order."""
        numbers = {self._number(token) for token in tokens}
        known = sorted((number for number in numbers if number is not None), key=self._postings.held)
        if len(known) < len(numbers):
            return np.zeros(0, dtype=np.int32)
        passages = self._postings.of(known[0])[0]
        for number in known[1:]:
            passages = passages[self._postings.among(number, passages)[0]]
        return passages

    def _known(self, query: Sequence[str]) -> list[tuple[str, int]]:
        """Return the tokens of a query that the index knows, with their numbers."""
        if isinstance(query, str):
            raise TypeError("a query is a sequence of tokens, not a string")
        find = self._number
        return [(token, number) for token in query if (number := find(token)) is not None]


def _counted(values: Scores, count: float) -> Scores:
    """Count what a token adds so many times; most count once, and to copy what they add takes time."""
    return values if count == 1 else count * values


def _average(lengths: Counts) -> float:
    return int(lengths.sum()) / len(lengths) if len(lengths) else 0.0
