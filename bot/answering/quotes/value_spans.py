"""Spans of values in a sentence: dates and times, sums, counts and measures with what they count."""

from collections.abc import Iterator, Sequence

from bot.answering.evidence import AnswerValues, unit_kinds
from bot.answering.knowledge import Lexicon
from bot.answering.question import Question
from bot.answering.quotes.quoted_sentence import FoundPositions, Positions, QuotedSentence
from bot.arabic import ARTICLE, CONJUNCTIONS, dates_from_words, numbers_from_words
from bot.arabic.dates import is_year

# Chosen: what is added for a date with its day, for what the question counts, and taken off for a value without a unit.
_FULL_DATE, _COUNTED, _BARE, _KIND, _ENCLOSED = 0.1, 0.5, 0.15, 0.25, 0.2
_PART = 0.3
_ONE = frozenset({"واحد", "واحده", "احد", "احدي"})
_PERCENT = frozenset("%٪")
_NISBA, _LEAST_LETTERS = ("ي", "يه"), 4
_RANGE = frozenset({"-", "–", "—"})
_BETWEEN = frozenset({"الي", "حتي", "و"})
_OF_TIME = frozenset({"من", "في"})
_ERAS = frozenset({"م", "ه", "ق", "ميلادي", "ميلاديه", "هجري", "هجريه", "للهجره", "الميلادي", "الهجري"})
_WITH_MEASURE = frozenset({"مربع", "مربعا", "مربعه", "مكعب", "مكعبا", "مئويه"})


class ValueSpans:
    """Finds spans of the values that a question asks for."""

    def __init__(self, question: Question, lexicon: Lexicon) -> None:
        self._values = AnswerValues(question, lexicon)
        self._lexicon = lexicon
        self._counted = None if question.counted is None else question.terms.index(question.counted)
        measured = lexicon.answer_words.measured
        life = (relation.question_forms for relation in lexicon.relations if relation.pattern is not None)
        asked = {term.normal for term in question.terms}
        self._is_life = any(not forms.isdisjoint(asked) for forms in life)
        self._kinds = {
            kind
            for kind, words in measured.items()
            if any(term.normal.removeprefix(ARTICLE) in words for term in question.terms)
        }

    def times(self, sentence: QuotedSentence) -> Iterator[FoundPositions]:
        """Yield dates, weekdays, hours and spells of time, each with all that belongs to it."""
        text, words = sentence.text, sentence.words
        starts = self._starts(sentence)
        if not starts:
            return
        parts = dict[int, Positions]()
        for date in dates_from_words(words, text):
            own = [at for at, word in enumerate(words) if date.start <= word.start < date.end]
            if own and any(words[at].start in starts for at in own):
                parts[own[0]] = own[0], own[-1]
        taken = {at for first, last in parts.values() for at in range(first, last + 1)}
        for start in sorted(starts):
            at = sentence.position(start)
            if at is not None and at not in taken:
                last = at + 1 if self._is_time_unit(sentence, at + 1) and sentence.is_joined(at) else at
                parts[at] = at, last
        for first, last in _merged(sorted(parts.values()), sentence):
            begin = first
            while (
                begin
                and sentence.is_joined(begin - 1)
                and (sentence.normals[begin - 1],) in self._lexicon.answer_words.times
            ):
                begin -= 1
            end = self._with_era(sentence, last)
            has_year = any(is_year(normal) for normal in sentence.normals[first : end + 1])
            enclosed = _ENCLOSED * (sentence.is_enclosed(first) and not self._is_life)
            yield (begin, last), _FULL_DATE * has_year + _FULL_DATE * (has_year and last > first + 1) - enclosed

    def _with_era(self, sentence: QuotedSentence, last: int) -> int:
        """Return the last word of a time with its era, and of a century with its number."""
        normals = sentence.normals
        if normals[last].removeprefix(CONJUNCTIONS[0]).endswith("القرن") and sentence.is_joined(last):
            last += normals[last + 1].startswith(ARTICLE)
            last += sentence.is_joined(last) and normals[last + 1] == "عشر"
        while sentence.is_joined(last) and normals[last + 1] in _ERAS:
            last += 1
        return last

    def _starts(self, sentence: QuotedSentence) -> set[int]:
        """Return where the values of a sentence start, the numbers of notes left out."""
        starts = self._values.value_places(sentence.text, sentence.words)
        return {start for start in starts if (at := sentence.position(start)) is not None and not sentence.is_note(at)}

    def _is_time_unit(self, sentence: QuotedSentence, at: int) -> bool:
        return at < len(sentence.normals) and sentence.normals[at] in self._lexicon.time_units

    def amounts(self, sentence: QuotedSentence) -> Iterator[FoundPositions]:
        """Yield numbers with the unit or the noun behind them, sums with their currency."""
        text, words = sentence.text, sentence.words
        starts = self._starts(sentence)
        if not starts:
            return
        parts = list[Positions]()
        taken = set[int]()
        for number in numbers_from_words(words, text):
            own = [at for at, word in enumerate(words) if number.start <= word.start < number.end]
            taken.update(own)
            if own and any(words[at].start in starts for at in own):
                parts.append((own[0], own[-1]))
        parts += [(at, at) for start in starts if (at := sentence.position(start)) is not None and at not in taken]
        for first, last in _merged(sorted(parts), sentence):
            if sentence.normals[first] in _ONE and sentence.normals[last + 1 : last + 2] == ["من"]:
                continue
            end, bonus = self._with_unit(sentence, last)
            yield (first, end), bonus + self._of_kind(sentence, first) + _PART * _is_part_of_own(sentence, end)

    def _of_kind(self, sentence: QuotedSentence, at: int) -> float:
        """Return what the unit of a number adds: of a length where one is asked for, of another kind."""
        if not self._kinds:
            return 0.0
        units = unit_kinds(sentence.text, sentence.words, at, self._lexicon)
        return _KIND if units & self._kinds else -_KIND

    def _with_unit(self, sentence: QuotedSentence, last: int) -> tuple[int, float]:
        """Return the last position of a number with its unit or noun, and what that adds."""
        gap = sentence.gap(last)
        if gap[:1] in _PERCENT or gap[:2].strip() in _PERCENT:
            return last, 0.0
        normals = sentence.normals
        for length in (2, 1):
            # At the end of a sentence these are fewer words.
            phrase = tuple(normals[last + 1 : last + 1 + length])
            if phrase in self._lexicon.percent_phrases:
                return last + len(phrase), 0.0
        noun = last + 1
        if not sentence.is_joined(last) or noun >= len(normals) or normals[noun] in self._lexicon.stop_words:
            return last, -_BARE
        if (
            not normals[noun].isalpha()
            or normals[noun].removeprefix(CONJUNCTIONS[0]) in self._lexicon.stop_words
            or self._lexicon.everyday.is_verb(normals[noun])
        ):
            return last, -_BARE
        is_counted = self._counted is not None and sentence.has(noun, self._counted)
        behind = noun + 1
        is_unit = any(normals[noun] in units for units in self._lexicon.units.values())
        if (
            sentence.is_joined(noun)
            and is_unit
            and (normals[behind] in _WITH_MEASURE or _is_adjective(normals[behind]))
        ):
            noun = behind
        return noun, _COUNTED * is_counted - _KIND * (self._counted is not None and not is_counted)


def _is_part_of_own(sentence: QuotedSentence, last: int) -> bool:
    """Tell whether a number is of something that the question names: «5٪ من المسيحيين»."""
    return sentence.normals[last + 1 : last + 2] == ["من"] and any(sentence.own[last + 2 : last + 3])


def _is_adjective(normal: str) -> bool:
    return normal.endswith(_NISBA) and len(normal) >= _LEAST_LETTERS


def _merged(parts: Sequence[Positions], sentence: QuotedSentence) -> Iterator[Positions]:
    """Join values that are one: «الخميس 17 أبريل», «1914-1918», «من 10 إلى 15»."""
    current: Positions | None = None
    for part in parts:
        if current and _belong_together(sentence, current[1], part[0]):
            current = current[0], max(current[1], part[1])
        else:
            if current:
                yield current
            current = part
    if current:
        yield current


def _belong_together(sentence: QuotedSentence, last: int, first: int) -> bool:
    if first <= last + 1:
        gap = sentence.gap(last).strip()
        return not gap or gap in _RANGE or gap == "/"
    between = sentence.normals[last + 1 : first]
    is_joined = all(sentence.is_joined(at) for at in range(last, first))
    return len(between) == 1 and is_joined and between[0] in _BETWEEN | _OF_TIME
