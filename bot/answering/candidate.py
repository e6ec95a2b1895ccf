"""A passage held against a question: which of its sentences match which of the question's terms, and how well."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bot.answering.alike import Alike
from bot.answering.comparison import Matches, compare
from bot.answering.matching import SAME, Matcher
from bot.answering.question import Question
from bot.arabic import Span, Term
from bot.retrieval import Layout, Passage, PassageIndex

_WINDOW = 3


@dataclass(frozen=True, eq=False)
class Candidate:
    """A candidate passage and its matches: a row a word (or sentence), a column a term of the question, 0 to 1."""

    index: PassageIndex
    number: int
    word_matches: Matches
    heading_matches: Matches

    @property
    def passage(self) -> Passage:
        """The passage itself."""
        return self.index.passages[self.number]

    @cached_property
    def words(self) -> tuple[Term, ...]:
        """The words of the passage."""
        return tuple(self.index.analyser.terms(self.passage.text))

    @cached_property
    def above(self) -> tuple[tuple[str, tuple[Term, ...]], ...]:
        """The title and the heading, each with its words."""
        texts = (self.passage.article.title, self.passage.heading)
        return tuple((text, tuple(self.index.analyser.terms(text))) for text in texts)

    @property
    def heading_words(self) -> tuple[Term, ...]:
        """The words of title and heading."""
        return tuple(word for _, words in self.above for word in words)

    @property
    def all_words(self) -> tuple[Term, ...]:
        """The words of passage, title and heading."""
        return self.words + self.heading_words

    @property
    def sentences(self) -> tuple[Span, ...]:
        """The places of the passage's sentences."""
        return self._layout.sentences

    @cached_property
    def heading(self) -> Matches:
        """How well title and heading match each term of the question."""
        return _best(self.heading_matches)

    @cached_property
    def sentence_matches(self) -> Matches:
        """How well each sentence matches each term of the question."""
        rows = [_best(self.word_matches[words]) for words in self._layout.words]
        return np.array(rows).reshape(len(rows), -1)

    @cached_property
    def matches(self) -> Matches:
        """How well the passage, title and heading match each term of the question."""
        return np.maximum(_best(self.word_matches), self.heading)

    @cached_property
    def _layout(self) -> Layout:
        return self.index.layout(self.number)

    def best_sentence(self, importance: Matches) -> float:
        """Return the share of the question's importance that its best sentence matches together with the heading."""
        return self.value(self.window(importance, 1), importance) / float(importance.sum())

    def window(self, importance: Matches, most: int = _WINDOW) -> slice:
        """Return the up to so many neighbouring sentences that, with title and heading, match the question best."""
        size = min(most, len(self.sentences))
        windows = [slice(start, start + size) for start in range(len(self.sentences) - size + 1)]
        return max(windows, key=lambda window: self.value(window, importance))

    def best_opening(self, importance: Matches, count: int) -> Matches:
        """Return how the heading and the first so many words of the sentence where these match best match each term."""
        openings = [_best(self.word_matches[words][:count]) for words in self._layout.words]
        return np.maximum(max(openings, key=lambda matches: float(importance @ matches)), self.heading)

    def value(self, window: slice, importance: Matches) -> float:
        """Return the importance of what a window of sentences matches, title and heading counted in."""
        return float(importance @ self.window_matches(window))

    def window_matches(self, window: slice) -> Matches:
        """How well a window of sentences, title and heading match each term of the question."""
        return np.maximum(_best(self.sentence_matches[window]), self.heading)


def examine(passages: Sequence[int], question: Question, index: PassageIndex, match: Matcher) -> list[Candidate]:
    """Compare every word of passages, given by number, their titles and headings with every term of a question.

    A word is compared once, in however many places it stands; then names, numbers and dates in their other spellings.
    """
    rows = [row for number in passages for row in (index.fields.texts[number], index.fields.above(number))]
    words, places = np.unique(np.concatenate([np.zeros(0, dtype=np.int32), *rows]), return_inverse=True)
    matches = compare(words, question.terms, index.vocabulary, match)[places]
    parts = np.split(matches, np.cumsum([len(row) for row in rows])[:-1]) if rows else []
    candidates = [Candidate(index, *each) for each in zip(passages, parts[::2], parts[1::2], strict=True)]
    if question.equivalents:
        alike = Alike(question)
        for candidate in candidates:
            _match_alike(candidate, alike)
    return candidates


def _match_alike(candidate: Candidate, alike: Alike) -> None:
    """Count as matched what a candidate says of the question in other words."""
    for row, column in alike(candidate.passage.text, candidate.words):
        candidate.word_matches[row, column] = SAME
    before = 0
    for text, words in candidate.above:
        for row, column in alike(text, words):
            candidate.heading_matches[before + row, column] = SAME
        before += len(words)


def _best(matches: Matches) -> Matches:
    return np.asarray(matches.max(axis=0, initial=0.0))
