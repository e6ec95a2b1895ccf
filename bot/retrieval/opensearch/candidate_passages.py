"""Passages that a cluster found, scored here: the model of the embedded index, over the postings of these alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.bm25 import BM25
from bot.retrieval.gram_bm25 import GramBM25
from bot.retrieval.okapi_idf import saturate
from bot.retrieval.opensearch.packed_passages import PassageWords
from bot.retrieval.postings import Chunk, Counts, Postings, Scores
from bot.retrieval.ranking_parameters import RANKING
from bot.retrieval.vocabulary import Vocabulary
from bot.storage import Arrays, IntArray, strip_prefix


@dataclass(frozen=True, eq=False)
class EditionModel:
    """What the models of a whole edition know of tokens, by number, without any passage.

    `stem_frequencies` are document frequencies; `passages_with_stems` counts those that have any, as a server does.
    The averages are stems and 4-grams of a passage. `firsts` (articles + 1,) has the number of each article's first
    passage, and behind them the number of passages.
    """

    vocabulary: Vocabulary
    stem_frequencies: Counts
    stem_idf: Scores
    gram_idf: Scores
    firsts: IntArray
    passages: int
    passages_with_stems: int
    average_length: float
    average_grams: float

    @classmethod
    def from_arrays(cls, arrays: Arrays, facts: Mapping[str, Any]) -> "EditionModel":
        """Take the model out of the arrays and facts of a side file."""
        return cls(
            vocabulary=Vocabulary(strip_prefix(arrays, "vocabulary")),
            stem_frequencies=arrays["stems.frequencies"],
            stem_idf=arrays["stems.idf"],
            gram_idf=arrays["grams.idf"],
            firsts=arrays["firsts"],
            passages=facts["passages"],
            passages_with_stems=facts["passages_with_stems"],
            average_length=facts["average_length"],
            average_grams=facts["average_grams"],
        )

    def articles_of(self, passages: Sequence[int] | IntArray) -> IntArray:
        """Return the number of the article of each of (n,) passages, (n,)."""
        return np.searchsorted(self.firsts, np.asarray(passages, dtype=np.int64), "right") - 1

    @cached_property
    def stems_without_passages(self) -> BM25:
        """The model of stems where no passage is at hand: frequencies and weights."""
        nothing = np.zeros(0, dtype=np.int32)
        return self.stems(CandidatePostings(self, nothing, nothing, nothing))

    def stems(self, postings: Postings) -> BM25:
        """Return the model of stems over the postings of some passages."""
        forms = self.vocabulary.forms
        return BM25.over(postings, self.stem_idf, forms, corpus_size=self.passages, avgdl=self.average_length)


class CandidatePostings(Postings):
    """The postings of (n,) passages, read from their words; document frequencies are those of the whole edition."""

    def __init__(self, model: EditionModel, stems: IntArray, owners: IntArray, lengths: Counts) -> None:
        """Take the stems of all words of the passages, and for each the place of its passage among these."""
        self.lengths = lengths
        self.dense_rows = {}
        self._model = model
        self._stems, self._owners = stems, owners
        self._found: dict[int, tuple[NDArray[np.intp], Scores]] = {}

    def document_frequency(self, token: int) -> int:
        """Return how many passages of the edition hold a token."""
        return int(self._model.stem_frequencies[token])

    def get(self, token: int) -> tuple[NDArray[np.intp], Scores]:
        """Return the places of the passages that hold a token, in order, and the token's score in each."""
        if token not in self._found:
            counts = np.bincount(self._owners[self._stems == token], minlength=len(self.lengths))
            places = np.flatnonzero(counts)
            saturation = saturate(
                counts[places], self.lengths[places], self._model.average_length, RANKING.k1, RANKING.b
            )
            self._found[token] = places, np.asarray(self._model.stem_idf[token] * saturation)
        return self._found[token]

    def get_all(self, tokens: NDArray[np.integer]) -> tuple[NDArray[np.intp], Scores, NDArray[np.int64]]:
        """Return the places and scores of (n,) tokens, one token behind the other, and how many each has, (n,)."""
        held = np.isin(tokens, self._stems)
        found = [self.get(token) for token in tokens[held].tolist()]
        lengths = np.zeros(len(tokens), dtype=np.int64)
        lengths[held] = [len(places) for places, _ in found]
        places = np.concatenate([np.zeros(0, np.intp), *(places for places, _ in found)])
        return places, np.concatenate([np.zeros(0), *(scores for _, scores in found)]), lengths


class CandidatePassages:
    """Passages as a cluster found them, in the order of the corpus, with the models that score them."""

    def __init__(self, model: EditionModel, words: PassageWords) -> None:
        """Take the passages with their words."""
        self.words = words
        self.numbers = words.numbers.astype(np.intp)
        self.articles = model.articles_of(words.numbers)
        self._model = model

    @cached_property
    def stems(self) -> BM25:
        """The model of the stems of these passages."""
        words, owners = self._occurrences
        stems = self._model.vocabulary.stems[words]
        return self._model.stems(CandidatePostings(self._model, stems, owners, self.words.fields.lengths))

    @cached_property
    def grams(self) -> GramBM25:
        """The model of the character 4-grams of these passages."""
        model, fields = self._model, self.words.fields
        grams = model.vocabulary.word_grams
        words, owners = self._occurrences
        lengths = np.bincount(owners, grams.starts[words + 1] - grams.starts[words], len(fields)).astype(np.int64)
        return GramBM25(lengths, model.gram_idf, fields, model.vocabulary, avgdl=model.average_grams)

    @cached_property
    def _occurrences(self) -> Chunk:
        return self.words.fields.words(np.arange(len(self.words.fields)))
