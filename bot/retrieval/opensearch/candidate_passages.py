"""Passages that a cluster found, scored here: the model of the embedded index, over the postings of these alone."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.bm25 import BM25
from bot.retrieval.gram_bm25 import GramBM25
from bot.retrieval.okapi_idf import saturate
from bot.retrieval.opensearch.index_fields import DocumentKeys
from bot.retrieval.opensearch.packed_passages import PassageWords, read_packed, unpack_words
from bot.retrieval.postings import Chunk, Counts, Postings, Scores
from bot.retrieval.ranking_parameters import RANKING
from bot.retrieval.vocabulary import Vocabulary
from bot.storage import Arrays, IntArray, gather_ranges, places_before, strip_prefix


class EditionModel:
    """What the models of a whole edition know of tokens, by number, without any passage, and how documents name these.

    `stem_frequencies` are document frequencies, the averages stems and 4-grams of a passage. `document_words` has the
    number of each word by that in documents, `document_stems` the number in documents of each stem.

    The server counts passages of its base that the edition lacks, too: so has it `served_frequencies`, and
    `served_passages` with stems of `served_length` on average.
    """

    def __init__(self, arrays: Arrays, facts: Mapping[str, Any]) -> None:
        self.vocabulary = Vocabulary(strip_prefix(arrays, "vocabulary"))
        self.stem_frequencies, self.stem_idf = arrays["stems.frequencies"], arrays["stems.idf"]
        self.gram_idf: Scores = arrays["grams.idf"]
        self.keys = DocumentKeys(arrays["documents.keys"], arrays["firsts"])
        self.document_words, self.document_stems = arrays["documents.words"], arrays["documents.stems"]
        self.served_frequencies: Counts = arrays["documents.frequencies"]
        self.served_passages, self.served_length = facts["served_passages"], facts["served_length"]
        self.passages: int = facts["passages"]
        self.average_length, self.average_grams = facts["average_length"], facts["average_grams"]
        # The server weighs lengths by an average of its own.
        self.length_ratio = (self.average_length or 1.0) / (self.served_length or self.average_length or 1.0)

    def read_words(self, values: Iterable[str]) -> PassageWords:
        """Return the words of packed passages, without those of a base that the edition lacks."""
        return unpack_words(values, self.keys.passages, self.document_words)

    def words_before(self, run: Sequence[int], values: Sequence[str]) -> IntArray:
        """Return the word right before each run of words in packed passages of the edition, as `Fields.before` does."""
        packed, keys, bounds = read_packed(values)
        held, size = self.document_words.take(packed, mode="clip"), len(run)
        places = places_before(held, run)
        # Behind title, heading and text comes a part that has no words.
        parts, ends = (np.searchsorted(bounds.ravel(), at, "right") - 1 for at in (places, places + size))
        passages, fields = np.divmod(parts, bounds.shape[1])
        # The title stands in each passage, and is one.
        articles = self.keys.articles_of(self.keys.passages(keys))
        is_first = np.append(True, articles[1:] != articles[:-1])
        counts = (parts == ends) & (fields < bounds.shape[1] - 1) & ((fields > 0) | is_first[passages])
        found: IntArray = held[places[counts][np.argsort(-fields[counts], kind="stable")]]
        return found

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
        # Each stem with each place is a number; how often that stands is what the passage has of the stem.
        cells, counts = np.unique(stems.astype(np.int64) * max(len(lengths), 1) + owners, return_counts=True)
        held, self._places = np.divmod(cells, max(len(lengths), 1))
        saturation = saturate(counts, lengths[self._places], model.average_length, RANKING.k1, RANKING.b)
        self._scores = np.asarray(model.stem_idf[held] * saturation)
        self._held, starts = np.unique(held, return_index=True)
        self._starts = np.append(starts, len(held))

    def document_frequency(self, token: int) -> int:
        return int(self._model.stem_frequencies[token])

    def get(self, token: int) -> tuple[NDArray[np.intp], Scores]:
        row = int(np.searchsorted(self._held, token))
        is_held = row < len(self._held) and self._held[row] == token
        own = slice(self._starts[row], self._starts[row + is_held])
        return self._places[own], self._scores[own]

    def get_all(self, tokens: NDArray[np.integer]) -> tuple[NDArray[np.intp], Scores, NDArray[np.int64]]:
        rows, ends = (np.searchsorted(self._held, tokens, side) for side in ("left", "right"))
        firsts, lasts = self._starts[rows], self._starts[ends]
        found, _ = gather_ranges(np.arange(len(self._places)), firsts, lasts)
        return self._places[found], self._scores[found], lasts - firsts


class CandidatePassages:
    """Passages as a cluster found them, in the order of the corpus, with the models that score them."""

    def __init__(self, model: EditionModel, words: PassageWords) -> None:
        self.words = words
        self.numbers = words.numbers.astype(np.intp)
        self.articles = model.keys.articles_of(words.numbers)
        self._model = model

    @cached_property
    def stems(self) -> BM25:
        words, owners = self._occurrences
        stems = self._model.vocabulary.stems[words]
        return self._model.stems(CandidatePostings(self._model, stems, owners, self.words.fields.lengths))

    @cached_property
    def grams(self) -> GramBM25:
        model, fields = self._model, self.words.fields
        grams = model.vocabulary.word_grams
        words, owners = self._occurrences
        lengths = np.bincount(owners, grams.starts[words + 1] - grams.starts[words], len(fields)).astype(np.int64)
        return GramBM25(lengths, model.gram_idf, fields, model.vocabulary, avgdl=model.average_grams)

    @cached_property
    def _occurrences(self) -> Chunk:
        return self.words.fields.words(np.arange(len(self.words.fields)))
