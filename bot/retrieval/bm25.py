"""`rank_bm25.BM25Okapi` with an inverted index: the same scores, read from postings instead of every passage."""

import math
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, starmap
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.okapi_idf import OkapiIdf, saturate
from bot.retrieval.postings import CHUNK, Chunk, Counts, Postings, Scores, build_postings, document_frequencies
from bot.retrieval.ranking_parameters import RANKING
from bot.retrieval.top_k import accumulate_scores, top_k
from bot.storage import Arrays, StringTable, add_prefix, offsets, strip_prefix

T = TypeVar("T")


class BM25(OkapiIdf):
    """Okapi BM25 over tokenised passages.

    Constructor, `k1`, `b`, `epsilon` and `_calc_idf` are the library's, and from three passages on so is every score,
    to the last bit: the sum over the query's tokens of idf x saturation (see `OkapiIdf` and `saturate` for formulas
    and source).
    """

    def __init__(
        self,
        corpus: Iterable[Sequence[str]],
        tokenizer: Callable[[str], Sequence[str]] | None = None,
        k1: float = RANKING.k1,
        b: float = RANKING.b,
        epsilon: float = RANKING.epsilon,
    ) -> None:
        """Index a corpus, read once: token sequences, or texts where a tokenizer is given."""
        super().__init__(corpus, tokenizer, k1, b, epsilon)
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

        The tokens are numbers below `tokens`; `order` has those that occur in the order of their first occurrence, in
        which the library sums up their idfs.
        """
        model = cls(())
        model._take(chunks, tokens, lengths)
        model._idf = np.zeros(tokens)
        model._idf[order] = model.idfs(model._frequencies[order])
        model._build(folder)
        return model.arrays()

    @classmethod
    def from_arrays(cls, arrays: Arrays, tokens: StringTable) -> "BM25":
        """Take a model of numbered tokens out of its arrays, and call the tokens by the strings of a table."""
        postings = Postings(strip_prefix(arrays, "postings"))
        lengths = postings.lengths
        return cls.over(postings, arrays["idf"], tokens, corpus_size=len(lengths), avgdl=average_length(lengths))

    @classmethod
    def over(cls, postings: Postings, idf: Scores, tokens: StringTable, *, corpus_size: int, avgdl: float) -> "BM25":
        """Make a model of postings, of all passages or of some, given the idf of tokens and the numbers of all."""
        model = cls(())
        model._postings, model._idf = postings, idf
        model._number, model._numbers = tokens.find, tokens.find_all
        model.corpus_size, model.avgdl = corpus_size, avgdl
        del model.idf, model.doc_len
        return model

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the model as named arrays."""
        return {"idf": self._idf, **add_prefix("postings", self._postings.arrays())}

    def __len__(self) -> int:
        return int(self.corpus_size)

    @property
    def row_count(self) -> int:
        """The number of passages that the postings are of, which have the numbers below it."""
        return len(self._postings.lengths)

    def _tokenize_corpus(self, corpus: Iterable[str]) -> Iterator[Sequence[str]]:
        # The library starts a process for each core, which a small worker cannot afford.
        return map(self.tokenizer, corpus)

    def _initialize(self, corpus: Iterable[Sequence[str]]) -> dict[str, int]:
        """Count the tokens of a corpus, and return their document frequencies in order of first occurrence."""
        numbers: dict[str, int] = {}
        occurrences = array("i")
        for document in corpus:
            self.doc_len.append(len(document))
            occurrences.extend([numbers.setdefault(token, len(numbers)) for token in document])
        self._number: Callable[[str], int | None] = numbers.get
        self._numbers: Callable[[frozenset[str]], NDArray[np.int64]] = lambda found: np.array(
            [numbers[token] for token in found if token in numbers], dtype=np.int64
        )
        lengths = np.array(self.doc_len, dtype=np.int64)
        starts, tokens = offsets(lengths), np.frombuffer(occurrences, dtype=np.intc)

        def chunks() -> Iterator[Chunk]:
            for first in range(0, len(lengths), CHUNK):
                last = min(first + CHUNK, len(lengths))
                owners = np.repeat(np.arange(last - first), lengths[first:last])
                yield tokens[starts[first] : starts[last]], owners

        self._take(chunks, len(numbers), lengths)
        return dict(zip(numbers, self._frequencies.tolist(), strict=True))

    def _take(self, chunks: Callable[[], Iterator[Chunk]], tokens: int, lengths: Counts) -> None:
        """Count the document frequencies, which are all that the idf needs."""
        self.corpus_size = len(lengths)
        self.avgdl = average_length(lengths)
        self._chunks, self._lengths = chunks, lengths
        self._frequencies = document_frequencies(chunks(), tokens)

    def _build(self, folder: Path | None = None) -> None:
        """Build the postings of the counted tokens, and drop the counts."""
        self._postings = build_postings(self._chunks, self._frequencies, self._lengths, self._score, folder)
        del self._chunks, self._lengths, self._frequencies

    def _score(self, tokens: NDArray[np.int64], counts: Counts, lengths: Counts) -> Scores:
        return np.asarray(self._idf[tokens] * saturate(counts, lengths, self.avgdl, self.k1, self.b))

    @classmethod
    def idf_of(cls, frequencies: Counts, corpus_size: int) -> Scores:
        """Return the idf of (n,) tokens by their document frequencies in `corpus_size` passages."""
        model = cls(())
        model.corpus_size = corpus_size
        return model.idfs(frequencies)

    def document_frequency(self, token: str) -> int:
        number = self._number(token)
        return 0 if number is None else self._postings.document_frequency(number)

    def weight(self, token: str, unknown: float) -> float:
        """Return the idf of a token, or `unknown` for a token that no passage holds."""
        number = self._number(token)
        is_held = number is not None and self._postings.document_frequency(number)
        return float(self._idf[number]) if is_held else unknown

    def worth(self, tokens: Iterable[str]) -> float:
        """Return the sum of the idfs of tokens, at least 0; a token that no passage holds has the greatest."""
        unknown = math.log(2 * len(self) + 1)
        return max(0.0, sum(self.weight(token, unknown) for token in tokens))

    def get_scores(self, query: Sequence[str], weights: Mapping[str, float] | None = None) -> Scores:
        """Score every passage for a query of tokens, some of them multiplied by `weights`; return (rows,) float64."""
        postings = self._postings
        documents: list[NDArray[np.integer] | None] = []
        added: list[Scores] = []
        for token, number in self._known(query):
            row = postings.dense_rows.get(number)
            passages, values = postings.get(number) if row is None else (None, row)
            documents.append(passages)
            added.append(_weighted(values, weights.get(token, 1.0)) if weights else values)
        return accumulate_scores(documents, added, self.row_count)

    def weighted_postings(self, weights: Mapping[str, float]) -> list[tuple[NDArray[np.intp], Scores]]:
        """Return for each token that is known the passages that hold it, and its score in each, so many times."""
        found = ((self._postings.get(number), weights[token]) for token, number in self._known(list(weights)))
        return [(passages.astype(np.intp, copy=False), _weighted(own, weight)) for (passages, own), weight in found]

    def score_passages(
        self, query: Sequence[str], passages: NDArray[np.integer], weights: Mapping[str, float] | None = None
    ) -> Scores:
        """Score (n,) passages by number for a query, to the last bit as `get_scores` does; return (n,) float64."""
        scores = np.zeros(len(passages))
        for token, number in self._known(query):
            values = self._postings.get_among(number, passages)[1]
            scores += _weighted(values, weights.get(token, 1.0)) if weights else values
        return scores

    def get_batch_scores(self, query: Sequence[str], doc_ids: Sequence[int]) -> list[float]:
        """Score the passages with these numbers only."""
        return [float(score) for score in self.score_passages(query, np.asarray(doc_ids, dtype=np.int64))]

    def top(self, query: Sequence[str], limit: int) -> tuple[NDArray[np.intp], Scores]:
        """Return numbers and scores of the best `limit` passages, or fewer, best first; of equal scores the first."""
        scores = self.get_scores(query)
        numbers = top_k(scores, limit)
        return numbers, scores[numbers]

    def get_top_n(self, query: Sequence[str], documents: Sequence[T], n: int = 5) -> list[T]:
        """Return the best of the indexed passages, which are given again; of equal scores the first."""
        if len(documents) != self.corpus_size:
            raise ValueError(f"{self.corpus_size} passages were indexed, not {len(documents)}")
        return [documents[number] for number in self.top(query, n)[0].tolist()]

    def numbers(
        self, tokens: Iterable[str], sets: Sequence[frozenset[str]] = (), without: Iterable[str] = ()
    ) -> NDArray[np.int64]:
        """Return the numbers of tokens, in order, also of those of sets, which are remembered; some are left out."""
        alone = [number for number in map(self._number, tokens) if number is not None]
        numbers, *others = [*map(self._numbers, sets), np.array(alone, dtype=np.int64)]
        if alone or len(others) > 1:
            numbers = np.unique(np.concatenate((numbers, *others)))
        for left_out in map(self._number, without):
            if left_out is not None:
                numbers = numbers[numbers != left_out]
        return numbers

    def postings(
        self, tokens: Sequence[NDArray[np.int64]], most: Sequence[float]
    ) -> list[tuple[NDArray[np.intp], Scores]]:
        """Return for each group of tokens, by number, the passages that hold them, and the score of each, in turn.

        No token of a group counts more than one of the idf at its place in `most`.
        """
        counts, together = list(map(len, tokens)), np.concatenate([np.zeros(0, dtype=np.int64), *tokens])
        documents, scores, lengths = self._postings.get_all(together)
        idf = self._idf[together]
        scales = np.minimum(1.0, np.repeat(most, counts) / np.where(idf <= 0, 1.0, idf))
        # Measured: other types of numbers take three times as long to look up with.
        passages, scores = documents.astype(np.intp, copy=False), scales.repeat(lengths) * scores
        slices = starmap(slice, pairwise(offsets(lengths)[offsets(counts)].tolist()))
        return [(passages[own], scores[own]) for own in slices]

    def passages_with_all(self, tokens: Iterable[str]) -> NDArray[np.integer]:
        """Return the numbers of the passages that hold each of some tokens, at least one token, in order."""
        numbers = {self._number(token) for token in tokens}
        known = sorted((number for number in numbers if number is not None), key=self._postings.document_frequency)
        if len(known) < len(numbers):
            return np.zeros(0, dtype=np.int32)
        passages = self._postings.get(known[0])[0]
        for number in known[1:]:
            passages = passages[self._postings.get_among(number, passages)[0]]
        return passages

    def _known(self, query: Sequence[str]) -> list[tuple[str, int]]:
        """Return the tokens of a query that the index knows, with their numbers."""
        if isinstance(query, str):  # the library would read it letter by letter
            raise TypeError("a query is a sequence of tokens, not a string")
        find = self._number
        return [(token, number) for token in query if (number := find(token)) is not None]


def _weighted(values: Scores, weight: float) -> Scores:
    """Multiply scores by a weight; most weights are 1, and to copy the scores takes time."""
    return values if weight == 1 else weight * values


def average_length(lengths: Counts) -> float:
    """Return the mean length of passages in tokens, 0 of none."""
    return int(lengths.sum()) / len(lengths) if len(lengths) else 0.0
