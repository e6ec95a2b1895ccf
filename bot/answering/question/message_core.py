"""The core of a message: the question in it, without the courtesies around it and between its sentences.

Courtesies are known by the phrases of `config/courtesies.toml`, longest first; what no list foresees is known by its
words: a clause of nothing but courtesies and everyday words beside a clause with words to search for, and a run of such
words before a question word or at the end. A name, a number and a quotation are never taken off, nor is the whole.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import compress, pairwise

from bot.answering.knowledge import Background, Continuation, Lexicon, Phrase
from bot.answering.knowledge.continuations import Continuations
from bot.answering.knowledge.courtesies import (
    CONNECTOR,
    GREETING,
    REQUEST,
    THANKS,
    Courtesies,
    with_and_without_conjunction,
)
from bot.answering.knowledge.word_lists import squeezed
from bot.answering.question.message import TokenisedText
from bot.answering.question.message_words import MessageWords
from bot.answering.question.talk import Talk

# Only beside a question of two words to search for is a clause taken off that is nearly a courtesy.
_LEAST_CONTENT = 2


@dataclass(frozen=True, slots=True)
class MessageCore:
    """The text of a message that is left to be understood, and what was taken off, in order, as it was written.

    `is_continuation` tells that thanks or a connector (thanks, and when?) came before the question.
    """

    text: str
    removed: tuple[str, ...] = ()
    is_continuation: bool = False


def find_core(text: TokenisedText, lexicon: Lexicon, background: Background) -> MessageCore:
    """Return the core of a text in which line breaks are kept; the text itself where nothing can be taken off."""
    words = MessageWords(text, lexicon)
    found = _Removal(words, lexicon.courtesies)
    found.remove_continuations(lexicon.continuations)
    found.remove_phrases()
    found.remove_clauses()
    found.remove_phrases()
    found.remove_talk(Talk(words, lexicon, background))
    found.remove_clauses_nearly_talk()
    found.remove_phrases()
    return found.core()


def request_length(normals: list[str], courtesies: Courtesies) -> int:
    """Return how many words at the beginning are a request, «أعطني», «سمعت أن»: they are never searched for."""
    folded = tuple(map(squeezed, normals[: courtesies.longest]))
    lengths = range(len(folded), 0, -1)
    return next((length for length in lengths if courtesies.before.get(folded[:length]) == REQUEST), 0)


class _Removal:
    """The positions of the words that are taken off; what is left lies in `[first, last)`."""

    def __init__(self, words: MessageWords, courtesies: Courtesies) -> None:
        self._words, self._courtesies = words, courtesies
        self._first, self._last = 0, len(words)
        self._removed = set[int]()
        self._is_continuation = False

    def core(self) -> MessageCore:
        """Join what is left, and list what is not."""
        if not self._removed:
            return MessageCore(self._words.text.on_one_line().text)
        kept = " ".join(self._words.written(*span) for span in self._spans(removed=False))
        removed = tuple(self._words.written(*span) for span in self._spans(removed=True))
        return MessageCore(kept, removed, self._is_continuation)

    def remove_phrases(self) -> None:
        """Take phrases off both ends until none is left there."""
        while length := self._phrase_before():
            self._remove(self._first, self._first + length)
        while length := self._phrase_behind():
            self._remove(self._last - length, self._last)

    def remove_continuations(self, continuations: Continuations) -> None:
        """Take off clauses that would go on from an answer, beside what they ask for: «المكتبة، احكيلي من الأول»."""
        clauses = list(self._set_off())
        normals = self._words.text.normals
        goes_on = [continuations.recognise(normals[first:last]) is Continuation.MORE for first, last in clauses]
        if any(self._content(*clause) for clause, is_one in zip(clauses, goes_on, strict=True) if not is_one):
            for clause in compress(clauses, goes_on):
                self._remove(*clause)

    def remove_clauses(self) -> None:
        """Take off every clause of courtesies and everyday words that stands beside one with words to search for."""
        clauses = list(self._clauses())
        is_talk = [self._words.is_talk_clause(*clause) for clause in clauses]
        if any(self._content(*clause) for clause, talk in zip(clauses, is_talk, strict=True) if not talk):
            for clause in compress(clauses, is_talk):
                self._remove(*clause)

    def remove_clauses_nearly_talk(self) -> None:
        """Take off clauses that call somebody, or are courtesies but for a word, beside what is certainly asked."""
        for first, last in self._clauses():
            rest = self._content(self._first, first) + self._content(last, self._last)
            if rest >= _LEAST_CONTENT and self._words.is_nearly_talk(first, last):
                self._remove(first, last)

    def remove_talk(self, talk: Talk) -> None:
        """Take off the clauses and runs in which the asker speaks of himself or to the others.

        What could name a subject goes last, when no other talk is left that could be taken for the question.
        """
        spans = [*self._set_off(), *self._clauses()]
        for may_name in (False, True):
            for first, last in spans:
                clause, left = range(first, last), self._left(first, last)
                rest = [*self._left(0, first), *self._left(last, len(self._words))]
                is_beside = len(left) < len(clause) or not self._removed.isdisjoint({first - 1, last})
                if left and rest and talk.is_clause(clause, left, rest, is_beside=is_beside, may_name=may_name):
                    self._remove(first, last)
        while (end := talk.run_before(self._first, self._last, is_beside=self._first > 0)) > self._first:
            self._remove(self._first, end)
        self._remove(talk.run_behind(self._first, self._last), self._last)

    def _left(self, first: int, last: int) -> list[int]:
        return [position for position in range(first, last) if position not in self._removed]

    def _phrase_before(self) -> int:
        """Return the length of the courtesy that begins what is left, 0 for none."""
        if self._last - self._first <= 1 or not self._courtesies.may_begin(self._words.folded[self._first]):
            return 0
        for length, kind in self._phrases(self._courtesies.before, lambda length: (self._first, self._first + length)):
            first, last = self._first + length, self._last
            begins = self._words.begins_question(first, last)
            asks = begins or self._words.has_question_word(first, last)
            if kind == REQUEST and not begins:
                return 0
            is_apart = self._words.is_set_off(first) or self._is_courtesy(self._first - 1)
            is_careful = self._is_careful(self._first, first) and not (kind == CONNECTOR and begins)
            if (is_apart or not is_careful) and (asks or self._content(first, last)):
                self._is_continuation |= kind in {THANKS, CONNECTOR}
                return length
        return 0

    def _phrase_behind(self) -> int:
        """Return the length of the courtesy that ends what is left, 0 for none."""
        if self._last - self._first <= 1 or not self._courtesies.may_end(self._words.folded[self._last - 1]):
            return 0
        for length, kind in self._phrases(self._courtesies.behind, lambda length: (self._last - length, self._last)):
            first = self._last - length
            is_apart = self._is_apart(first) or (kind != GREETING and self._is_courtesy(self._last))
            is_careful = kind == GREETING or self._is_careful(first, self._last)
            if (is_apart or not is_careful) and self._content(self._first, first):
                return length
        return 0

    def _is_apart(self, first: int) -> bool:
        """Tell whether a word is set off from the question, or nothing but courtesies stand between."""
        apart = set[int]()
        for position in range(self._first, first + 1):
            starts = range(max(position - self._courtesies.longest, self._first), position)
            is_behind = any(start in apart and self._is_listed_behind(start, position) for start in starts)
            if is_behind or position - 1 in self._removed or self._words.is_set_off(position):
                apart.add(position)
        return first in apart

    def _is_listed_behind(self, first: int, last: int) -> bool:
        phrases = with_and_without_conjunction(tuple(self._words.folded[first:last]))
        return any(phrase in self._courtesies.behind for phrase in phrases)

    def _phrases(
        self, kinds: Mapping[Phrase, str], span_of: Callable[[int], tuple[int, int]]
    ) -> Iterator[tuple[int, str]]:
        """Yield the lengths and kinds of the phrases at a place, the longest first; what is left whole is none."""
        for length in range(min(self._courtesies.longest, self._last - self._first - 1), 0, -1):
            first, last = span_of(length)
            phrases = with_and_without_conjunction(tuple(self._words.folded[first:last]))
            kind = next(filter(None, map(kinds.get, phrases)), None)
            if kind and not self._words.is_quoted(first, last):
                yield length, kind

    def _is_courtesy(self, position: int) -> bool:
        """Tell whether a word was taken off that no question has for its subject."""
        return position in self._removed and self._courtesies.tells(self._words.folded[position])

    def _is_careful(self, first: int, last: int) -> bool:
        """Tell whether a phrase may be the subject of a question as well."""
        phrases = with_and_without_conjunction(tuple(self._words.folded[first:last]))
        return not self._courtesies.careful.isdisjoint(phrases)

    def _content(self, first: int, last: int) -> int:
        return self._words.content(position for position in range(first, last) if position not in self._removed)

    def _set_off(self) -> Iterator[tuple[int, int]]:
        """Yield the clauses of the message, between punctuation marks and line breaks."""
        yield from pairwise(position for position in range(len(self._words) + 1) if self._words.is_set_off(position))

    def _clauses(self) -> Iterator[tuple[int, int]]:
        """Yield the clauses of the message, between punctuation marks, line breaks and changes of letters."""
        yield from self._letter_clauses

    @cached_property
    def _letter_clauses(self) -> list[tuple[int, int]]:
        return list(self._find_clauses())

    def _find_clauses(self) -> Iterator[tuple[int, int]]:
        first, is_apart = 0, True
        for position in range(1, len(self._words) + 1):
            is_end = self._words.is_set_off(position)
            if is_end or self._words.changes_letters(position):
                # Latin words within a clause belong to it, and so do those in other letters beside them.
                is_foreign = self._words.is_latin(first) and (is_end or is_apart)
                if is_foreign or (is_end and is_apart):
                    yield first, position
                first, is_apart = position, is_end or is_foreign

    def _remove(self, first: int, last: int) -> None:
        self._removed |= set(range(first, last))
        while self._first in self._removed:
            self._first += 1
        while self._last - 1 in self._removed:
            self._last -= 1

    def _spans(self, *, removed: bool) -> Iterator[tuple[int, int]]:
        """Yield the spans of words that are left, or of those that are not."""
        first: int | None = None
        for position in range(len(self._words) + 1):
            is_one = position < len(self._words) and (position in self._removed) is removed
            if is_one and first is None:
                first = position
            elif not is_one and first is not None:
                yield first, position
                first = None
