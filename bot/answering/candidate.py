"""A passage held against a question: which of its sentences match which of the question's terms, and how well."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bot.answering.matching import Matcher
from bot.answering.question import Question
from bot.arabic import Analyser, Span, Term, sentences
from bot.retrieval import Passage

Matches = NDArray[np.float64]
_WINDOW = 3


@dataclass(frozen=True)
class Candidate:
    """A candidate passage and its matches: a row a word (or sentence), a column a term of the question, 0 to 1."""

    passage: Passage
    words: tuple[Term, ...]
    heading_words: tuple[Term, ...]
    word_matches: Matches
    heading_matches: Matches
    sentences: tuple[Span, ...]

    @property
    def all_words(self) -> tuple[Term, ...]:
        """The words of passage, title and section."""
        return self.words + self.heading_words

    @cached_property
    def heading(self) -> Matches:
        """How well title and section match each term of the question."""
        return _best(self.heading_matches)

    @cached_property
    def sentence_matches(self) -> Matches:
        """How well each sentence matches each term of the question."""
        starts = np.array([word.start for word in self.words])
        rows = [_best(self.word_matches[(starts >= span.start) & (starts < span.end)]) for span in self.sentences]
        return np.array(rows).reshape(len(self.sentences), -1)

    @cached_property
    def matches(self) -> Matches:
        """How well the passage, title and section match each term of the question."""
        return np.maximum(_best(self.word_matches), self.heading)

    def best_sentence(self, importance: Matches) -> float:
        """Return the share of the question's importance that its best sentence matches together with the heading."""
        best = max(self.value(slice(number, number + 1), importance) for number in range(len(self.sentences)))
        return best / float(importance.sum())

    def window(self, importance: Matches) -> slice:
        """Return the up to three neighbouring sentences that, with title and section, match the question best."""
        size = min(_WINDOW, len(self.sentences))
        windows = [slice(start, start + size) for start in range(len(self.sentences) - size + 1)]
        return max(windows, key=lambda window: self.value(window, importance))

    def text_of(self, window: slice) -> str:
        """Return the text of a window of sentences."""
        spans = self.sentences[window]
        return self.passage.text[spans[0].start : spans[-1].end]

    def value(self, window: slice, importance: Matches) -> float:
        """Return the importance of what a window of sentences matches, title and section counted in."""
        return float(importance @ self.window_matches(window))

    def window_matches(self, window: slice) -> Matches:
        """How well a window of sentences, title and section match each term of the question."""
        return np.maximum(_best(self.sentence_matches[window]), self.heading)


def examine(passage: Passage, question: Question, analyser: Analyser, match: Matcher) -> Candidate:
    """Compare every word of a passage, its title and its section with every term of a question."""
    words = analyser.terms(passage.text)
    heading = analyser.terms(passage.article.title) + analyser.terms(passage.section)
    return Candidate(
        passage,
        tuple(words),
        tuple(heading),
        _compare(words, question.terms, match),
        _compare(heading, question.terms, match),
        tuple(sentences(passage.text)),
    )


def _compare(words: Sequence[Term], terms: Sequence[Term], match: Matcher) -> Matches:
    return np.array([[match(term, word) for term in terms] for word in words]).reshape(len(words), len(terms))


def _best(matches: Matches) -> Matches:
    return np.asarray(matches.max(axis=0, initial=0.0))
