"""Talk around a question: the clauses and runs of a message in which its asker speaks of himself or to the others.

A clause or a run of words is talk where somebody speaks so and there is hardly a word of news, beside a rest that has
something to search for. Names, numbers and quotations are never talk, nor is the only question of a message.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

from bot.answering.words.message_words import Kind, MessageWords

_ABOUT = frozenset({"عن", "علي", "ع", "حول", "بخصوص", "انو", "انه", "بلي", "اللي", "about", "on", "of", "sur"})
_CALL, _GOD, _WISHES = "يا", frozenset({"اله", "واله", "ربي", "ربنا", "وربي", "وربنا"}), "يلا"
_MOST_SUBJECTS, _TALK_A_SUBJECT = 3, 2
_LONGEST_RUN, _LEAST_RUN, _LEAST_SIGNS = 20, 2, 2
# A rest of two words of news is enough beside whatever talk; a question of fewer, beside talk that can name nothing.
_LEAST_REST, _LEAST_SAID = 2, 3
_LONGEST_CALL = 6
# A single word tells a mode where a span has hardly more than it: «صحيح الكلام هذا».
_MOST_BESIDE_MODE = 3


class Talk:
    """The clauses and runs of a message that are talk; positions are those of its words."""

    def __init__(self, words: MessageWords) -> None:
        self._words, self._lexicon = words, words.text.table.lexicon
        self._normals, self._folded = words.normals, words.folded
        self._modes = [(phrase.first, phrase.last) for phrase in words.text.modes]

    def is_clause(
        self, clause: range, left: Sequence[int], rest: Sequence[int], *, is_beside: bool, may_name: bool
    ) -> bool:
        """Whether what is left of a clause is talk beside the rest of the message, which has the question.

        Talk was taken off next to it where `is_beside`; it may have words of news where `may_name`.
        """
        if self._is_listed(left) and self._words.content(rest):
            return True
        if not may_name and any(map(self._words.may_name, left)):
            return False
        if not self._is_enough(rest, left) or not self._is_talk(left, rest):
            return False
        own = [position for position in left if self._words.kinds[position] in {Kind.SUBJECT, Kind.OPEN}]
        is_asked = "؟" in self._words.behind(left[-1]) and self._words.count(left, Kind.SUBJECT) > 0
        if is_asked or (own and not {*map(self._stem, own)}.isdisjoint(map(self._stem, rest))):
            return False
        least = 1 if is_beside else _LEAST_RUN
        is_plain = self._words.count(left, Kind.TALK) >= least and not (own or self._words.count(left, Kind.EVERYDAY))
        # «المكتبة العامة، متى افتتحت؟» names its subject first.
        is_plain = is_plain and not self._words.names_something(left)
        # Beside a question in the same letters, they may be another question.
        is_foreign = len(left) >= least and self._words.are_latin(left)
        is_foreign = is_foreign and not self._words.is_foreign_article(left[0])
        is_foreign = is_foreign and not self._words.are_latin(rest)
        return is_plain or is_foreign or self._words.signs(clause) > 0

    def _is_listed(self, span: Sequence[int]) -> bool:
        """Whether all words of a span are listed as talk, and some as said of the asker or in courtesies."""
        words = [self._words.known[position] for position in span]
        if not all(map(self._words.is_listed_talk, span)):
            return False
        says = sum(not word.is_stop_word for word in words)
        return any(word.is_personal for word in words) or (says > 1 and any(word.is_courtesy for word in words))

    def run_before(self, first: int, last: int, *, is_beside: bool) -> int:
        """Return where the run of talk that begins a message ends; `first` where there is none."""
        end, start = first, self._call_before(first)
        for position in range(first + 1, min(first + _LONGEST_RUN, last)):
            run, rest = range(first, position), range(position, last)
            if self._words.is_set_off(position) or self._words.count(run, Kind.SUBJECT, Kind.NAME) > _MOST_SUBJECTS:
                break
            is_end = self._ends(run, position, last, is_beside=is_beside)
            if is_end and self._is_enough(rest, run) and self._is_talk(run, rest, may_have_subjects=False):
                end = position
        called = self._call_end(start, last) if start is not None else first
        return max(end, called) if self._is_enough(range(called, last), ()) else end

    def _ends(self, run: range, position: int, last: int, *, is_beside: bool) -> bool:
        """Whether a run at the beginning can end before a word: where the question begins in its clause."""
        is_pure = not self._words.count(run, Kind.SUBJECT, Kind.OPEN, Kind.EVERYDAY)
        has_sign = self._words.signs(run) > 0
        if not (has_sign or (is_beside and is_pure)):
            return False
        clause_end = next(at for at in range(position + 1, last + 1) if at == last or self._words.is_set_off(at))
        if not self._words.count(range(position, clause_end), Kind.SUBJECT, Kind.NAME) and clause_end < last:
            return False
        if is_beside and is_pure and has_sign and self._words.kinds[position - 1] is Kind.TALK:
            is_object = self._normals[position - 2] in _ABOUT or any(self._words.known[at].asks for at in run)
            if self._words.kinds[position] in {Kind.SUBJECT, Kind.NAME} and not is_object:
                return True
        if self._normals[position - 1] in self._lexicon.courtesies.talk.turns:
            return True
        is_bound = any(self._lexicon.no_question_phrases.at(self._normals, position - 1, position + 1))
        return not is_bound and self._words.begins_question(position, last)

    def run_behind(self, first: int, last: int) -> int:
        """Return where the run of talk that ends a message begins; `last` where there is none."""
        start = last
        for position in range(last - 1, max(first, last - _LONGEST_RUN), -1):
            run, rest = range(position, last), range(first, position)
            if self._words.kinds[position] is Kind.NAME:
                break
            is_set_off = self._words.is_set_off(position)
            if len(run) >= _LEAST_RUN and self._opens(run) and self._is_talk(run, rest, may_have_subjects=is_set_off):
                start = position
            if is_set_off:
                break
        sayings = self._lexicon.courtesies.talk.sayings
        is_quoted = any(self._normals[position] in sayings for position in range(first, start))
        return start if self._is_enough(range(first, start), range(start, last)) and not is_quoted else last

    def _is_enough(self, rest: Iterable[int], span: Sequence[int]) -> bool:
        """Whether the rest of a message has something to search for, beside a span that may have some of it."""
        positions = list(rest)
        if self._words.count(positions, Kind.SUBJECT, Kind.NAME) >= _LEAST_REST:
            return True
        saying = (at for at in positions if self._words.kinds[at] is not Kind.FUNCTION and not self._words.signs([at]))
        says = len(list(islice(saying, _LEAST_SAID)))
        may_name = any(self._words.may_name(position) for position in span) or any(map(self._is_topic, span))
        least = _LEAST_SAID if may_name and not self._is_wish(span) else 1
        return says >= least and (self._asks(positions) or any(first in positions for first, _ in self._modes))

    def _asks(self, rest: Iterable[int]) -> bool:
        """Whether the rest of a message has a question word."""
        return any(self._words.has_question_word(first, last) for first, last in _runs(rest))

    def _call_before(self, first: int) -> int | None:
        """Return the position of «يا» at a word, or of one before it that was taken off with the name it calls."""
        for position in range(first, max(first - _LONGEST_CALL, -1), -1):
            if self._folded[position] == _CALL:
                return position
            if self._words.is_set_off(position):
                break
        return None

    def _call_end(self, start: int, last: int) -> int:
        """Return where a call ends: the word behind «يا», words of talk, adjectives that news does not have."""
        end = start + 2
        while end < min(start + _LONGEST_CALL, last) and not self._words.is_set_off(end):
            is_joined = end == start + 2 or self._normals[end].startswith("و") or self._words.signs((end - 1, end)) > 0
            is_talk = is_joined and self._words.kinds[end] is Kind.TALK
            if not is_talk and not self._words.is_unheard_adjective(end):
                break
            end += 1
        return end

    def _opens(self, run: range) -> bool:
        """Whether a run begins as talk does: with a listed phrase, a wish, or one of two words of a person."""
        first, start = self._folded[run.start], [run.start]
        is_wish = first in _GOD and self._folded[run.start + 1][0] in _WISHES
        is_listed = self._words.opens_phrase(run.start, run.stop)
        if is_wish or is_listed or not (signs := self._words.signs(run)):
            return is_wish or is_listed
        talk = self._words.count(run, Kind.TALK)
        is_plain = not self._words.count(run, Kind.SUBJECT, Kind.EVERYDAY, Kind.OPEN)
        is_sure = is_plain and (self._words.speaks_to_others(run.start) or talk > _LEAST_RUN)
        is_personal = self._words.signs(start) > 0 and (signs >= _LEAST_SIGNS or is_sure)
        is_condition = first in self._lexicon.courtesies.talk.conditions and signs > 0
        is_condition = is_condition and not self._words.count(run, Kind.SUBJECT)
        return is_personal or is_condition

    def _is_talk(self, span: Sequence[int], rest: Iterable[int], *, may_have_subjects: bool = True) -> bool:
        """Whether a span has talk, twice as much of it as words of news, and no name nor all that is asked."""
        kinds = Counter(self._words.kinds[position] for position in span)
        if self._is_wish(span) and not kinds[Kind.NAME]:
            return True
        signs = self._words.signs(span)
        talk = kinds[Kind.TALK] + kinds[Kind.EVERYDAY] + signs
        if kinds[Kind.NAME] or not (talk or self._is_foreign(span)) or self._words.is_quoted(span[0], span[-1] + 1):
            return False
        subjects = [position for position in span if self._words.kinds[position] is Kind.SUBJECT]
        most = min(_MOST_SUBJECTS, talk // _TALK_A_SUBJECT) if may_have_subjects else 0
        if len(subjects) > most or any(map(self._is_topic, subjects)):
            return False
        asks = any(self._words.known[at].asks for at in span)
        is_pure = signs > 0 and kinds[Kind.TALK] >= _LEAST_RUN and not kinds[Kind.OPEN] + kinds[Kind.EVERYDAY]
        is_told = any(map(self._words.speaks_to_others, span))
        if not (is_pure and may_have_subjects) and self._tells_mode(span, talk):
            return False
        return not asks or (
            not subjects and (self._asks(rest) or ((is_told or is_pure) and self._is_enough(rest, span)))
        )

    def _is_wish(self, span: Sequence[int]) -> bool:
        """Whether a span wishes somebody well: «الله يحفظكم وينطيكم على گد نيتكم»."""
        if len(span) < _LEAST_RUN or self._folded[span[0]] not in _GOD or self._folded[span[1]][0] not in _WISHES:
            return False
        return any(map(self._words.speaks_to_others, span))

    def _is_foreign(self, span: Sequence[int]) -> bool:
        """Whether a span is one or two unknown words in small Latin letters, «khouti»."""
        return len(span) <= _LEAST_RUN and self._words.are_latin(span)

    def _tells_mode(self, span: Sequence[int], talk: int) -> bool:
        """Whether a span has a phrase that tells what is asked for: «كل شي عن», «صحيح»."""
        ends = {span[0], len(self._words) - 1}
        found = [(first, last - first) for first, last in self._modes if first in span or last - 1 in span]
        return any(length > 1 or (first in ends and talk <= _MOST_BESIDE_MODE) for first, length in found)

    def _is_topic(self, position: int) -> bool:
        """Whether a word, none of talk, stands behind «about»."""
        is_one = self._words.kinds[position] in {Kind.SUBJECT, Kind.OPEN, Kind.EVERYDAY, Kind.NAME}
        return is_one and position > 0 and self._normals[position - 1] in _ABOUT

    def _stem(self, position: int) -> str:
        return self._words.known[position].stem


def _runs(positions: Iterable[int]) -> list[tuple[int, int]]:
    """Join positions that follow each other to spans."""
    spans: list[tuple[int, int]] = []
    for position in positions:
        if spans and spans[-1][1] == position:
            spans[-1] = (spans[-1][0], position + 1)
        else:
            spans.append((position, position + 1))
    return spans
