"""The core of a message: the question in it, without the courtesies and the talk around it and between its sentences.

Courtesies are known by the phrases of `config/courtesies.toml`, longest first; talk that no list foresees is known by
its words. A name, a number and a quotation are never taken off, nor is the whole.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import compress

from bot.answering.knowledge import Continuation
from bot.answering.knowledge.courtesies import CALL, CONNECTOR, GREETING, HEDGE, REQUEST, THANKS, VOCATIVE
from bot.answering.words.known_word import KnownWord, word_fact
from bot.answering.words.message import TokenisedText
from bot.answering.words.message_words import MessageWords, Spans
from bot.answering.words.talk import Talk
from bot.arabic import Word


@dataclass(frozen=True, slots=True)
class MessageCore:
    """What is left of a message to be understood, and what was taken off, in order, as it was written.

    `is_continuation` is true where thanks or a connector («thanks, and when?») came before the question.
    """

    text: TokenisedText
    removed: tuple[str, ...] = ()
    is_continuation: bool = False


def find_core(text: TokenisedText) -> MessageCore:
    """Return the core of a text in which line breaks are kept; the text itself where nothing can be taken off."""
    words = MessageWords(text)
    found = _Removal(words)
    found.remove_continuations()
    found.remove_phrases()
    # Beside what is asked an oath shows no talk; elsewhere it does.
    clauses = words.clauses()
    found.remove_oaths(span for span in clauses if words.has_question_word(*span))
    found.remove_talk()
    found.remove_phrases()
    found.remove_oaths(clauses)
    return found.core()


def request_length(text: TokenisedText) -> int:
    """Return how many words at the beginning are a request, «أعطني», «سمعت أن»: they are never searched for."""
    found = text.table.lexicon.courtesies.before.at(text.spoken, 0) if text.words else []
    return next((end for end, kind in found if kind == REQUEST), 0)


@word_fact
def _may_begin_courtesy(word: KnownWord) -> bool:
    """Whether a courtesy behind a question may begin with a word."""
    return word.lexicon.courtesies.behind.may_begin(word.spoken)


class _Removal:
    """The words of a message that are taken off; what is left lies in `[first, last)`."""

    def __init__(self, words: MessageWords) -> None:
        self._words, self._lexicon = words, words.text.table.lexicon
        self._courtesies = self._lexicon.courtesies
        self._first, self._last = 0, len(words)
        # For each word whether it is left, 1 or 0.
        self._kept = bytearray(b"\1" * len(words))
        self._is_continuation = False
        self._oaths = list(self._find_oaths())

    def core(self) -> MessageCore:
        """Join what is left, and list what is not; its language is its own, but for a gloss."""
        whole = self._words.text
        if 0 not in self._kept:
            return MessageCore(whole.on_one_line())
        removed = tuple(self._words.written(*span)[0] for span in self._spans(0, 0, len(self._words)))
        text, kept, end = "", list[Word](), 0
        for first, last in self._left(0, len(self._words)):
            written, start = self._words.written(first, last)
            # What was apart stays apart: «في 2017، بربي قداش بلغ …».
            is_apart = text[-1:].isalnum() and any(self._words.set_off[end : first + 1])
            text = f"{text}{'،' if is_apart else ''} {written}" if text else written
            end = last
            shift = len(text) - len(written) - start
            # Of words that are one character together («ﷺ») a span may have some alone, and then no text.
            own = (word for word in whole.words[first:last] if word.start + shift < len(text))
            kept += [Word(word.normal, word.start + shift, word.end + shift) for word in own]
        language = whole.language if whole.gloss else self._lexicon.languages.recognise(text)
        core = replace(whole, text=text, words=tuple(kept), language=language)
        return MessageCore(core, removed, self._is_continuation)

    def remove_phrases(self) -> None:
        """Take phrases off both ends until none is left there."""
        while length := self._phrase_before():
            self._remove(self._first, self._first + length)
        while length := self._phrase_behind():
            self._remove(self._last - length, self._last)

    def remove_continuations(self) -> None:
        """Take off clauses that would go on from an answer, beside what they ask for: «المكتبة، احكيلي من الأول»."""
        clauses, spoken = self._words.clauses(), self._words.text.spoken
        if len(clauses) == 1:
            return
        recognise = self._lexicon.continuations.recognise
        goes_on = [recognise(spoken[first:last]) is Continuation.MORE for first, last in clauses]
        others = [clause for clause, is_one in zip(clauses, goes_on, strict=True) if not is_one]
        if len(others) < len(clauses) and self._words.content(others):
            for clause in compress(clauses, goes_on):
                self._remove(*clause)

    def remove_talk(self) -> None:
        """Take off the clauses and runs in which the asker speaks of himself or to the others.

        What could name a subject goes last, when no other talk is left that could be taken for the question.
        """
        talk, last_word = Talk(self._words), len(self._words)
        spans = [*self._words.clauses(), *self._clauses()]
        spans = [span for span in spans if span != (0, last_word) and self._words.may_be_talk(*span)]
        for may_name in (False, True):
            for first, last in spans:
                left, rest = self._left(first, last), [*self._left(0, first), *self._left(last, last_word)]
                is_beside = left != [(first, last)] or self._is_removed(first - 1) or self._is_removed(last)
                if left and rest and talk.is_clause((first, last), left, rest, is_beside=is_beside, may_name=may_name):
                    self._remove(first, last)
        while (end := talk.run_before(self._first, self._last, is_beside=self._first > 0)) > self._first:
            self._remove(self._first, end)
        self._remove(talk.run_behind(self._first, self._last), self._last)

    def remove_oaths(self, clauses: Iterable[tuple[int, int]]) -> None:
        """Take oaths and calls off within clauses that news does not have: «متى بربي افتتحت», «كم ياخي بلغ»."""
        if not self._oaths:
            return
        within = {at for span in clauses for at in range(*span)}
        for first, end in self._oaths:
            if first in within and self._first < first and end <= self._last:
                self._remove(first, end)

    def _find_oaths(self) -> Iterator[tuple[int, int]]:
        words, spoken = self._words, self._words.text.spoken
        for first in (at for at, word in enumerate(words.known) if _may_begin_courtesy(word)):
            for end, kind in self._courtesies.behind.at(spoken, first):
                if kind not in {VOCATIVE, HEDGE}:
                    continue
                said = [word for word in words.known[first:end] if not (word.is_news or word.is_name)]
                is_call = kind == VOCATIVE and words.normals[first].startswith(CALL)
                is_oath = kind == HEDGE and not all(word.is_filler for word in said)
                if said and (is_call or is_oath) and not (self._is_careful(first, end) or words.is_quoted(first, end)):
                    yield first, end

    def _phrase_before(self) -> int:
        """Return the length of the courtesy that begins what is left, 0 for none."""
        for first, kind in self._courtesies.before.at(self._words.text.spoken, self._first, self._last - 1):
            if self._words.is_quoted(self._first, first):
                continue
            begins = self._words.begins_question(first, self._last)
            is_set_off = self._is_set_off(first)
            # «ممكن سؤال يا جماعة؟»
            is_request = kind == REQUEST and first < self._last
            behind = self._courtesies.behind.at(self._words.text.spoken, first, self._last) if is_request else ()
            is_set_off = is_set_off or any(self._words.set_off[end] for end, _ in behind)
            if kind == REQUEST and not (begins or is_set_off):
                return 0
            is_apart = is_set_off or self._is_courtesy(self._first - 1)
            is_careful = self._is_careful(self._first, first) and not (kind == CONNECTOR and begins)
            asks = begins or self._words.has_question_word(first, self._last)
            if (is_apart or not is_careful) and (asks or self._content(first, self._last)):
                self._is_continuation |= kind in {THANKS, CONNECTOR}
                return first - self._first
        return 0

    def _phrase_behind(self) -> int:
        """Return the length of the courtesy that ends what is left, 0 for none."""
        for first, kind in self._courtesies.behind.ending(self._words.text.spoken, self._first + 1, self._last):
            if self._words.is_quoted(first, self._last):
                continue
            is_apart = self._is_apart(first) or (kind != GREETING and self._is_courtesy(self._last))
            is_careful = kind == GREETING or self._is_careful(first, self._last)
            if (is_apart or not is_careful) and self._content(self._first, first):
                return self._last - first
        return 0

    def _is_apart(self, first: int) -> bool:
        """Whether a word is set off from the question, or nothing but courtesies stand between."""
        apart = set[int]()
        for at in range(self._first, first + 1):
            found = self._courtesies.behind.ending(self._words.text.spoken, self._first, at) if at > self._first else ()
            is_behind = any(start in apart for start, _ in found)
            if is_behind or self._is_removed(at - 1) or self._words.set_off[at]:
                apart.add(at)
        return first in apart

    def _is_set_off(self, at: int) -> bool:
        """Whether a mark or a line break stands before a word, or behind what was taken off there."""
        while self._is_removed(at) and not self._words.set_off[at]:
            at += 1
        return self._words.set_off[at]

    def _is_removed(self, at: int) -> bool:
        return 0 <= at < len(self._kept) and not self._kept[at]

    def _is_courtesy(self, at: int) -> bool:
        """Whether a word was taken off that no question has for its subject."""
        return self._is_removed(at) and self._words.known[at].is_courtesy

    def _is_careful(self, first: int, last: int) -> bool:
        """Whether a phrase may be the subject of a question as well."""
        return any(end == last for end, _ in self._courtesies.careful.at(self._words.text.spoken, first, last))

    def _content(self, first: int, last: int) -> int:
        return self._words.content(self._left(first, last))

    def _clauses(self) -> Spans:
        """Return the clauses of the message, between punctuation marks, line breaks and changes of letters."""
        words, found, first, is_apart = self._words, list[tuple[int, int]](), 0, True
        for at in range(1, len(words) + 1):
            is_end = words.set_off[at]
            if is_end or words.changes_letters(at):
                # Latin words within a clause belong to it, and so do those in other letters beside them.
                is_foreign = words.known[first].is_latin and (is_end or is_apart)
                # «shu akhbar el mal3ab ولكم مني خالص الود»
                is_at_end = first == 0 or at == len(words)
                is_beside_latin = is_at_end and words.are_latin([(0, first), (at, len(words))])
                if is_foreign or is_beside_latin or (is_end and is_apart):
                    found.append((first, at))
                first, is_apart = at, is_end or is_foreign
        return found

    def _remove(self, first: int, last: int) -> None:
        self._kept[first:last] = bytes(last - first)
        while self._is_removed(self._first):
            self._first += 1
        while self._is_removed(self._last - 1):
            self._last -= 1

    def _left(self, first: int, last: int) -> Spans:
        return self._spans(1, first, last)

    def _spans(self, is_kept: int, first: int, last: int) -> Spans:
        """Return the runs of words of a span that are left, or of those that are not."""
        if 0 not in self._kept:
            return [(first, last)] if is_kept and first < last else []
        found, end = list[tuple[int, int]](), first
        while (start := self._kept.find(is_kept, end, last)) >= 0:
            other = self._kept.find(1 - is_kept, start, last)
            end = last if other < 0 else other
            found.append((start, end))
        return found
