"""Talk around a question: the clauses and runs of a message in which its asker speaks of himself or to the others.

A clause or a run of words is talk where somebody speaks so and there is hardly a word of news, beside a rest that has
something to search for. Names, numbers and quotations are never talk, nor is the only question of a message.
"""

from bot.answering.knowledge.courtesies import CALL
from bot.answering.words.message_words import MessageWords, Spans, positions
from bot.answering.words.word_kind import DEFINITE, Kind

_ABOUT = frozenset({"عن", "علي", "ع", "حول", "بخصوص", "انو", "انه", "بلي", "اللي", "about", "on", "of", "sur"})
_OF_QUESTION = _ABOUT | {"في", "ف", "فيه", "من", "ل", "ب"}
_GOD = frozenset({"اله", "واله", "ربي", "ربنا", "وربي", "وربنا"})
_MOST_SUBJECTS, _TALK_A_SUBJECT = 3, 2
_LONGEST_RUN, _LEAST_RUN, _LEAST_SIGNS = 20, 2, 2
# A rest of two words of news is enough beside whatever talk; a question of fewer, beside talk that can name nothing.
_LEAST_REST, _LEAST_SAID = 2, 3
_LONGEST_CALL = 6
# «من أولها».
_SELDOM_ASK = frozenset({"من", "ما"})


class Talk:
    """The clauses and runs of a message that are talk; positions are those of its words."""

    def __init__(self, words: MessageWords) -> None:
        self._words, self._lexicon = words, words.text.table.lexicon
        self._normals, self._spoken = words.normals, words.text.spoken
        self._modes = [(phrase.first, phrase.last) for phrase in words.text.modes]
        self._announcing = self._lexicon.courtesies.talk.announcing

    def is_clause(self, clause: tuple[int, int], left: Spans, rest: Spans, *, is_beside: bool, may_name: bool) -> bool:
        """Whether what is left of a clause is talk beside the rest of the message, which has the question.

        Talk was taken off next to it where `is_beside`; it may have words of news where `may_name`.
        """
        words = self._words
        asks = self._asks(left) and words.normals[left[0][0]] not in _SELDOM_ASK
        if self._is_listed(left):
            return True
        if not may_name and words.may_name(left):
            return False
        # A clause that asks may be the second half of the question, whatever courtesy is beside it.
        least = 1 if is_beside and not asks else _LEAST_RUN
        kinds, signs = words.kinds_of(left), words.signs(*(left if asks else [clause]))
        has_own = Kind.SUBJECT in kinds or Kind.OPEN in kinds
        # «المكتبة العامة، متى افتتحت؟» names its subject first.
        names_something = self._names_something(left[-1][1] - 1)
        is_plain = kinds.count(Kind.TALK) >= least and not has_own and Kind.EVERYDAY not in kinds
        # Beside a question in the same letters, they may be another question.
        is_foreign = len(kinds) >= least and words.are_latin(left) and not words.are_latin(rest)
        is_foreign = is_foreign and not words.is_foreign_article(left[0][0])
        if not (signs or is_foreign or (is_plain and not names_something)):
            return False
        if signs and words.are_latin(rest) and not words.are_latin(left):
            return Kind.NAME not in kinds and self._is_enough(rest, ())
        if Kind.SUBJECT in kinds and "؟" in words.behind(left[-1][1] - 1):
            return False
        return self._is_enough(rest, left) and self._is_talk(left, rest)

    def _is_listed(self, spans: Spans) -> bool:
        """Whether all words of a span are listed as talk, and some as said of the asker or in courtesies."""
        if not all(self._words.listed[at] for at in positions(spans)):
            return False
        words = [self._words.known[at] for at in positions(spans)]
        if any(word.is_personal for word in words):
            return True
        says, first = sum(not word.is_stop_word for word in words), spans[0][0]
        if says > 1 and any(word.is_courtesy for word in words):
            return True
        # «ضروري اليوم», «إذا بتعرفو طبعا», but not «صدك لو لا»
        talk = self._lexicon.courtesies.talk
        begins = self._spoken[first] in talk.conditions or self._lexicon.courtesies.behind.at(self._spoken, first)
        is_choice = self._normals[spans[-1][1] - 1] in self._lexicon.asked_words.neither
        return bool(len(words) > 1 and begins) and not (is_choice or self._asks(spans) or self._words.text.gloss)

    def run_before(self, first: int, last: int, *, is_beside: bool) -> int:
        """Return where the run of talk that begins a message ends; `first` where there is none."""
        words, end, start = self._words, first, self._call_before(first)
        clause_end = next((at for at in range(first + 1, last) if words.set_off[at]), last)
        longest = min(first + _LONGEST_RUN, last)
        announces = not self._announcing.isdisjoint(self._normals[max(first - 1, 0) : first + _LEAST_SAID])
        if is_beside or announces or words.signs((first, longest)):
            for position in range(first + 1, min(longest, clause_end)):
                run, rest = [(first, position)], [(position, last)]
                if words.count(run, Kind.SUBJECT, Kind.NAME) > _MOST_SUBJECTS:
                    break
                if not self._ends((first, position), clause_end, last, is_beside=is_beside):
                    continue
                said = () if self._is_wish(run) else run
                if self._is_enough(rest, said) and self._is_talk(run, rest, may_have_subjects=False):
                    end = position
                    if words.known[end].asks or self._begins_mode(end):
                        break
        if start is None:
            return end
        called = max(self._call_end(start, last, is_listed=start < first), first)
        return max(end, called) if self._is_enough([(called, last)], ()) else end

    def _ends(self, run: tuple[int, int], clause_end: int, last: int, *, is_beside: bool) -> bool:
        """Whether a run at the beginning can end before a word: where the question begins in its clause."""
        words, (first, position), has_sign = self._words, run, self._words.signs(run) > 0
        # «مرحبا المكتبة العامة متى افتتحت» names its subject first.
        is_pure = is_beside and not words.count([run], Kind.SUBJECT, Kind.OPEN, Kind.EVERYDAY)
        is_pure = is_pure and (has_sign or not any(map(self._names_something, range(first, position))))
        if clause_end < last and not words.count([(position, clause_end)], Kind.SUBJECT, Kind.NAME):
            return False
        if self._announces(run) or (self._is_wish([run]) and words.known[position - 1].base):
            is_subject = words.kinds[position] in {Kind.SUBJECT, Kind.NAME} or self._names_something(position)
            return is_subject or self._begins_mode(position) or words.begins_question(position, last)
        if not (has_sign or is_pure):
            return False
        if is_pure and has_sign and words.kinds[position - 1] is Kind.TALK:
            is_object = self._normals[position - 2] in _ABOUT or any(word.asks for word in words.known[first:position])
            if words.kinds[position] in {Kind.SUBJECT, Kind.NAME} and not is_object:
                return True
        if self._normals[position - 1] in self._lexicon.courtesies.talk.turns:
            return True
        is_bound = any(self._lexicon.no_question_phrases.at(self._normals, position - 1, position + 1))
        return not is_bound and words.begins_question(position, last)

    def _begins_mode(self, at: int) -> bool:
        return any(first == at for first, _ in self._modes)

    def _announces(self, run: tuple[int, int]) -> bool:
        """Whether a run says no more than that a question follows: «عندي سؤال صغير», not «سؤال عن»."""
        first, end = run
        at = next((at for at in range(max(first - 1, 0), end) if self._normals[at] in self._announcing), end)
        if at == end or not {Kind.TALK} <= set(self._words.kinds[first:end]) <= {Kind.TALK, Kind.FUNCTION}:
            return False
        behind = range(at + 1, end)
        # «سؤال عمر الشايب» asks for an age.
        asked = self._lexicon.asked_words.nouns
        names = (self._normals[at] in _OF_QUESTION or asked.kind(self._normals[at]) for at in behind)
        return not (any(names) or any(map(self._names_something, behind)))

    def _names_something(self, at: int) -> bool:
        """Whether a word is definite, and news has it."""
        word = self._words.known[at]
        return word.is_news and word.normal.startswith(DEFINITE)

    def run_behind(self, first: int, last: int) -> int:
        """Return where the run of talk that ends a message begins; `last` where there is none."""
        words, start = self._words, last
        for position in range(last - 1, max(first, last - _LONGEST_RUN), -1):
            run, rest = (position, last), [(first, position)]
            if words.kinds[position] is Kind.NAME:
                break
            is_set_off = words.set_off[position]
            is_run = last - position >= _LEAST_RUN and self._opens(run)
            if is_run and self._is_talk([run], rest, may_have_subjects=is_set_off):
                start = position
            if is_set_off:
                break
        if start == last or not self._lexicon.courtesies.talk.sayings.isdisjoint(self._normals[first:start]):
            return last
        return start if self._is_enough([(first, start)], [(start, last)]) else last

    def _is_enough(self, rest: Spans, span: Spans) -> bool:
        """Whether the rest of a message has something to search for, beside a span that may have some of it."""
        words = self._words
        if words.count(rest, Kind.SUBJECT, Kind.NAME) >= _LEAST_REST:
            return True
        least = _LEAST_SAID if words.may_name(span) else 1
        return words.says(rest) >= least and self._asks(rest)

    def _asks(self, rest: Spans) -> bool:
        """Whether the rest of a message has a question word."""
        return any(self._words.has_question_word(first, last) for first, last in rest)

    def _call_before(self, first: int) -> int | None:
        """Return the position of «يا» at a word, or of one before it that was taken off with the name it calls."""
        for position in range(first, max(first - _LONGEST_CALL, -1), -1):
            if self._spoken[position] == CALL:
                return position
            if self._words.set_off[position]:
                break
        return None

    def _call_end(self, start: int, last: int, *, is_listed: bool) -> int:
        """Return where a call ends: the word behind «يا», and words of talk; behind a listed call none of news."""
        words, end = self._words, start + 2
        while end < min(start + _LONGEST_CALL, last) and not words.set_off[end] and words.kinds[end] is Kind.TALK:
            known = words.known[end]
            if is_listed and known.is_news and not known.is_common_talk:
                break
            end += 1
        return end

    def _opens(self, run: tuple[int, int]) -> bool:
        """Whether a run begins as talk does: with a wish, or one of two words of a person."""
        words, start = self._words, run[0]
        first, signs = self._spoken[start], words.signs(run)
        if first in _GOD:
            return True
        if not signs:
            return False
        # «شكون يفيدني»
        if words.known[start].asks and words.known[start + 1].is_person:
            return True
        opening = (start, start + 1)
        is_told = words.count([run], Kind.TALK) > _LEAST_RUN or words.speaks_to_others([opening])
        is_sure = is_told and not words.count([run], Kind.SUBJECT, Kind.EVERYDAY, Kind.OPEN)
        if words.signs(opening) and (signs >= _LEAST_SIGNS or is_sure):
            return True
        return first in self._lexicon.courtesies.talk.conditions

    def _is_talk(self, spans: Spans, rest: Spans, *, may_have_subjects: bool = True) -> bool:
        """Whether a span has talk, twice as much of it as words of news, and no name nor all that is asked."""
        words, kinds = self._words, self._words.kinds_of(spans)
        if Kind.NAME in kinds:
            return False
        if self._is_wish(spans):
            return True
        signs = words.signs(*spans)
        talk = kinds.count(Kind.TALK) + kinds.count(Kind.EVERYDAY) + signs
        first, last = spans[0][0], spans[-1][1]
        # One or two unknown words in small Latin letters: «khouti».
        is_foreign = len(kinds) <= _LEAST_RUN and words.are_latin(spans)
        if not (talk or is_foreign) or words.is_quoted(first, last):
            return False
        subjects = [at for at in positions(spans) if words.kinds[at] is Kind.SUBJECT]
        most = min(_MOST_SUBJECTS, talk // _TALK_A_SUBJECT) if may_have_subjects else 0
        if len(subjects) > most or any(map(self._is_topic, subjects)):
            return False
        is_pure = signs > 0 and kinds.count(Kind.TALK) >= _LEAST_RUN
        is_pure = is_pure and Kind.OPEN not in kinds and Kind.EVERYDAY not in kinds
        if not (is_pure and may_have_subjects) and self._tells_mode(spans):
            return False
        asks = any(words.known[at].asks for at in positions(spans))
        rest_asks = any(words.known[at].asks for at in positions(rest))
        return not asks or (not subjects and (rest_asks or is_pure or words.speaks_to_others(spans)))

    def _is_wish(self, spans: Spans) -> bool:
        """Whether a span wishes somebody well: «الله يحفظكم وينطيكم على گد نيتكم»."""
        if self._spoken[spans[0][0]] not in _GOD:
            return False
        last = self._words.known[spans[-1][1] - 1]
        is_of_one = self._words.count(spans, Kind.SUBJECT) == 0 and bool(last.base) and not last.is_news
        return is_of_one or self._words.speaks_to_others(spans)

    def _tells_mode(self, spans: Spans) -> bool:
        """Whether a span has a phrase that tells what is asked for: «كل شي عن», «صحيح»."""
        ends = {spans[0][0], len(self._words) - 1}
        return any(
            last - first > 1 or first in ends
            for first, last in self._modes
            if any(start <= first < end or start < last <= end for start, end in spans)
        )

    def _is_topic(self, position: int) -> bool:
        """Whether a word stands behind «about»."""
        return position > 0 and self._normals[position - 1] in _ABOUT
