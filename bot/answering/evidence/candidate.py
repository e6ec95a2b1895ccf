"""A passage held against a question: which of its sentences match which of the question's terms, and how well."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from bot.answering.evidence.word_match import Matches
from bot.arabic import Span, Term, Word, words
from bot.retrieval import Layout, Passage, PassageIndex

_WINDOW = 3


@dataclass(frozen=True, eq=False)
class Candidate:
    """A candidate passage and its matches: a row a word (or sentence), a column a term of the question, 0 to 1.

    `heading` says how well title and heading match each term, `matches` how well these and the passage do.
    """

    index: PassageIndex
    number: int
    layout: Layout
    word_matches: Matches
    heading_matches: Matches
    sentence_matches: Matches
    heading: Matches
    matches: Matches

    @cached_property
    def passage(self) -> Passage:
        """The passage itself."""
        return self.index.passages[self.number]

    @property
    def article_number(self) -> int:
        """The number of the passage's article."""
        return int(self.index.article_numbers[self.number])

    @property
    def sentences(self) -> tuple[Span, ...]:
        """The places of the passage's sentences."""
        return self.layout.sentences

    @cached_property
    def text(self) -> str:
        """The passage's text."""
        return self.passage.text

    def read(self, number: int) -> tuple[str, Sequence[Word]]:
        """Return a sentence, given by number, and everything in it that is written as a word, stop words too."""
        if number not in self._read:
            span = self.sentences[number]
            text = self.text[span.start : span.end]
            self._read[number] = text, tuple(words(text))
        return self._read[number]

    @cached_property
    def _read(self) -> dict[int, tuple[str, Sequence[Word]]]:
        return {}

    def count_words(self, sentences: range) -> int:
        """Count the words between spaces of neighbouring sentences; one that two of these share counts once."""
        own = slice(sentences.start, sentences.stop)
        return sum(self._word_counts[own]) - sum(self._shared_words[own][1:])

    @cached_property
    def _word_counts(self) -> list[int]:
        return [len(self.text[span.start : span.end].split()) for span in self.sentences]

    @cached_property
    def _shared_words(self) -> list[bool]:
        """Tell of each sentence whether it begins within a word, as only a piece of an endless one does."""
        ends = [-1, *(span.end for span in self.sentences)]
        return [span.start == end for span, end in zip(self.sentences, ends, strict=False)]

    @cached_property
    def above(self) -> tuple[tuple[str, tuple[Term, ...]], ...]:
        """The title and the heading, each with its words."""
        texts = (self.passage.article.title, self.passage.heading)
        return tuple((text, tuple(self.index.analyser.terms(text))) for text in texts)

    @cached_property
    def forms(self) -> frozenset[int]:
        """The stems of the words of passage, title and heading, with and without a proclitic, by number."""
        fields, vocabulary = self.index.fields, self.index.vocabulary
        numbers = np.concatenate((fields.texts[self.number], fields.above(self.number)))
        return frozenset(
            np.concatenate((vocabulary.stems[numbers], vocabulary.stems_without_proclitic[numbers])).tolist()
        )

    @cached_property
    def read_matches(self) -> Matches:
        """How well each sentence, read under title and heading, matches each term of the question."""
        return np.maximum(self.sentence_matches, self.heading)

    def window(self, importance: Matches, most: int = _WINDOW) -> slice:
        """Return the up to so many neighbouring sentences that, with title and heading, match the question best."""
        size = min(most, len(self.sentences))
        windows = self.read_matches
        for behind in range(1, size):
            windows = np.maximum(windows[:-1], self.read_matches[behind:])
        start = int(_values(windows, importance).argmax())
        return slice(start, start + size)

    def first_matches(self, count: int) -> Matches:
        """How well the first so many words, title and heading match each term of the question."""
        return np.maximum(self.word_matches[:count].max(axis=0, initial=0.0), self.heading)

    def best_opening(self, importance: Matches, count: int) -> Matches:
        """Return how the heading and the first so many words of the sentence where these match best match each term."""
        openings = np.array([self.word_matches[own][:count].max(axis=0, initial=0.0) for own in self.layout.words])
        return np.asarray(np.maximum(openings[_values(openings, importance).argmax()], self.heading))

    def window_matches(self, window: slice) -> Matches:
        """How well a window of sentences, title and heading match each term of the question."""
        return np.asarray(self.read_matches[window].max(axis=0))


def best_sentences(candidates: Sequence[Candidate], importance: Matches) -> Matches:
    """Return what share of the question's importance the best sentence of each matches together with the heading."""
    if not candidates:
        return np.zeros(0)
    rows = [candidate.read_matches for candidate in candidates]
    starts = list(accumulate(map(len, rows[:-1]), initial=0))
    return np.asarray(np.maximum.reduceat(_values(np.concatenate(rows), importance), starts) / importance.sum())


def _values(rows: Matches, importance: Matches) -> NDArray[np.float64]:
    """Return the importance of what each row matches."""
    # A product of matrices would round equal rows differently.
    return np.asarray((rows * importance).sum(axis=1))
