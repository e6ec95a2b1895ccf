"""A candidate passage with the matches of its words, sentences, title and heading with a question's terms."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from bot.answering.evidence.word_match import INFLECTED, Matches
from bot.arabic import Span, Word, words
from bot.retrieval import RANKING, IndexedPassage, Passage

_CLAUSE_BREAKS, _QUOTES = frozenset("،,.؛;\n"), frozenset("«»\"“”„'‘’")


@dataclass(frozen=True, eq=False)
class Candidate:
    """A passage compared with a question; matches are from 0 (none) to 1 (the same stem).

    `word_matches` (words, terms) has a row for each word of the text, `heading_word_matches` for those of title and
    heading, `sentence_matches` (sentences, terms) for each sentence: the best of its words. `heading_matches` (terms,)
    are the best of title and heading, `matches` (terms,) the best of all. `asking` tells of each sentence whether it
    asks: it states nothing, and its words match nothing but in `mentions` (terms,), the best of all with them.
    """

    source: IndexedPassage
    word_matches: Matches
    heading_word_matches: Matches
    sentence_matches: Matches
    heading_matches: Matches
    matches: Matches
    asking: tuple[bool, ...]
    mentions: Matches

    @property
    def passage(self) -> Passage:
        """The passage itself."""
        return self.source.passage

    @property
    def sentences(self) -> tuple[Span, ...]:
        """The places of the passage's sentences."""
        return self.source.layout.sentences

    @cached_property
    def text(self) -> str:
        """The passage's text."""
        return self.passage.text

    @property
    def has_all_words(self) -> bool:
        """Whether the passage, its title or its heading has every term of the question."""
        return bool((self.matches >= RANKING.least_match).all())

    def sentence_words(self, number: int) -> tuple[str, Sequence[Word]]:
        """Return a sentence, given by number, and its words, stop words included."""
        if number not in self._sentence_words:
            span = self.sentences[number]
            text = self.text[span.start : span.end]
            self._sentence_words[number] = text, tuple(words(text))
        return self._sentence_words[number]

    @cached_property
    def _sentence_words(self) -> dict[int, tuple[str, Sequence[Word]]]:
        return {}

    def meant_words(self, number: int) -> NDArray[np.bool_]:
        """Return which words of a sentence, given by number, without stop words, stand for which terms."""
        own = self.word_matches[self.source.layout.words[number]]
        # Where a term has a better match, what is merely spelled like it is chance.
        return np.asarray((own >= RANKING.least_match) & ((own >= INFLECTED) | (own == self.matches)))

    def sentences_at(self, places: Iterable[Span]) -> list[int]:
        """Return the numbers of the sentences in which some places of the text begin, in order."""
        starts = [place.start for place in places]
        spans = enumerate(self.sentences)
        return [number for number, span in spans if any(span.start <= start < span.end for start in starts)]

    def count_words(self, sentences: range) -> int:
        """Count the words between spaces of neighbouring sentences; a word that two of them share counts once."""
        own = slice(sentences.start, sentences.stop)
        return sum(self._word_counts[own]) - sum(self._shared_words[own][1:])

    @cached_property
    def _word_counts(self) -> list[int]:
        return [len(self.text[span.start : span.end].split()) for span in self.sentences]

    @cached_property
    def _shared_words(self) -> list[bool]:
        """Tell of each sentence whether it begins within a word, as only a piece of an overlong sentence does."""
        ends = [-1, *(span.end for span in self.sentences)]
        return [span.start == end for span, end in zip(self.sentences, ends, strict=False)]

    @cached_property
    def read_sentence_matches(self) -> Matches:
        """The matches of each sentence together with title and heading, (sentences, terms)."""
        return np.maximum(self.sentence_matches, self.heading_matches)

    def window(self, importance: Matches, most: int = RANKING.window) -> slice:
        """Return the neighbouring sentences, at most `most`, that match the question best with title and heading."""
        size = min(most, len(self.sentences))
        windows = self.read_sentence_matches
        for behind in range(1, size):
            windows = np.maximum(windows[:-1], self.read_sentence_matches[behind:])
        start = int(_total_importance(windows, importance).argmax())
        return slice(start, start + size)

    def best_opening(self, importance: Matches, count: int) -> Matches:
        """Return the matches, (terms,), of the best first `count` words of any sentence with title and heading."""
        firsts = (self.word_matches[own][:count] for own in self.source.layout.words)
        openings = np.array([first.max(axis=0, initial=0.0) for first in firsts])
        return np.asarray(np.maximum(openings[_total_importance(openings, importance).argmax()], self.heading_matches))

    def window_matches(self, window: slice) -> Matches:
        """Return the matches, (terms,), of some sentences with title and heading."""
        return np.asarray(self.read_sentence_matches[window].max(axis=0))


class MatchedSentence:
    """The words of a sentence without stop words, in normal form, and which of them the question has."""

    def __init__(self, candidate: Candidate, number: int) -> None:
        source, layout = candidate.source, candidate.source.layout
        rows = layout.words[number]
        numbers = source.words[rows].tolist()
        self._text, self._starts, self._ends = candidate.text, layout.starts[rows], layout.ends[rows]
        self.normals = [source.vocabulary.words[word] for word in numbers]
        self._strengths = candidate.word_matches[rows]
        self._matches = candidate.meant_words(number)
        self.own: list[bool] = self._matches.any(axis=1).tolist()

    def has(self, at: int, column: int) -> bool:
        """Whether a word is a term of the question, given by number."""
        return bool(self._matches[at, column])

    def match(self, at: int, column: int) -> float:
        """Return how well a word stands for a term of the question, given by number."""
        return float(self._strengths[at, column])

    def is_next(self, at: int, passed: str = "") -> bool:
        """Whether nothing stands between a word and the next, but for marks that are passed."""
        return at + 1 < len(self.normals) and not self.between(at).strip(f" {passed}")

    def breaks(self, at: int) -> bool:
        """Whether a clause may end behind a word."""
        return at + 1 < len(self.normals) and not _CLAUSE_BREAKS.isdisjoint(self.between(at))

    def is_capital(self, at: int) -> bool:
        """Whether a word is in Latin letters and begins with a capital."""
        return self.normals[at].isascii() and len(self.normals[at]) > 1 and self._text[self._starts[at]].isupper()

    def written(self, at: int) -> str:
        """Return a word as the text has it: with ة, which is ه in normal form."""
        return self._text[self._starts[at] : self._ends[at]]

    def span(self, places: range) -> Span:
        """Return where in the passage some neighbouring words stand."""
        return Span(self._starts[places.start], self._ends[places.stop - 1])

    def is_quoted(self, at: int) -> bool:
        """Whether a quotation mark stands right before a word."""
        start = self._starts[at]
        return self._text[max(start - 1, 0) : start] in _QUOTES

    def between(self, at: int) -> str:
        """Return what stands between a word and the next."""
        return self._text[self._ends[at] : self._starts[at + 1]]


def best_sentences(candidates: Sequence[Candidate], importance: Matches) -> Matches:
    """Return the share of the question's importance, 0 to 1, that the best sentence of each candidate matches.

    Title and heading count to every sentence.
    """
    if not candidates:
        return np.zeros(0)
    rows = [candidate.read_sentence_matches for candidate in candidates]
    starts = list(accumulate(map(len, rows[:-1]), initial=0))
    best = np.maximum.reduceat(_total_importance(np.concatenate(rows), importance), starts)
    return np.asarray(best / (importance.sum() or 1.0))


def _total_importance(rows: Matches, importance: Matches) -> NDArray[np.float64]:
    """Return the importance that each row of matches adds up to."""
    # A product of matrices would round equal rows differently.
    return np.asarray((rows * importance).sum(axis=1))
