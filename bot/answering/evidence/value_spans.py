"""Spans of values in a sentence: dates and times, sums, counts and measures with what they count."""

from collections.abc import Iterator, Sequence

from bot.answering.evidence.analysed_sentence import AnalysedSentence, FoundPositions, Positions
from bot.answering.evidence.answer_values import AnswerValues
from bot.answering.knowledge import Lexicon
from bot.answering.question import Question
from bot.answering.reasons import AMOUNTS, AskedKind
from bot.arabic import ARTICLE, CONJUNCTIONS, NISBA, Kind, Quantity
from bot.arabic.dates import is_year

# Chosen: what is added for a date with its day, for what the question counts, and taken off for a value without a unit.
_FULL_DATE, _COUNTED, _BARE, _KIND, _ENCLOSED = 0.1, 0.5, 0.15, 0.25, 0.2
_PART = 0.3
_ONE = frozenset({"واحد", "واحده", "احد", "احدي"})
_LEAST_LETTERS = 4
_RANGE = frozenset({"-", "–", "—", "/"})
_BETWEEN = frozenset({"الي", "حتي", "و", "من", "في"})
_ERAS = frozenset({"م", "ه", "ق", "ميلادي", "ميلاديه", "هجري", "هجريه", "للهجره", "الميلادي", "الهجري"})
# A value of these kinds that another unit is of, or none, is less sure.
_MEASURED = AMOUNTS.keys() - {AskedKind.COUNT, AskedKind.MONEY}
_TIMES = frozenset({Kind.DATE, Kind.TIME, Kind.DURATION, Kind.AGE})


class ValueSpans:
    """Finds spans of the values that a question asks for."""

    def __init__(self, question: Question, values: AnswerValues, lexicon: Lexicon) -> None:
        self._values, self._lexicon = values, lexicon
        self._counted = None if question.counted is None else question.terms.index(question.counted)
        asked = {term.normal for term in question.terms}
        self._is_life = any(one.pattern and not one.question_forms.isdisjoint(asked) for one in lexicon.relations)
        kind = question.asked_for.kind
        self._kinds = AMOUNTS[kind] or frozenset() if kind in _MEASURED else frozenset()

    def times(self, sentence: AnalysedSentence) -> Iterator[FoundPositions]:
        """Yield dates, weekdays, hours and spells of time, each with all that belongs to it."""
        starts = self._starts(sentence)
        parts, units = dict[int, Positions](), self._lexicon.time_units
        for quantity, (first, last) in self._quantities(sentence) if starts else ():
            if quantity.kind in _TIMES and not starts.isdisjoint(range(first, last + 1)):
                parts[first] = first, sentence.last_before(first, quantity.end)
        taken = {at for first, last in parts.values() for at in range(first, last + 1)}
        for at in starts - taken:
            parts[at] = at, at + (sentence.is_joined(at) and sentence.normals[at + 1] in units)
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

    @staticmethod
    def _with_era(sentence: AnalysedSentence, last: int) -> int:
        """Return the last word of a time with its era, and of a century with its number."""
        normals = sentence.normals
        if normals[last].removeprefix(CONJUNCTIONS[0]).endswith("القرن") and sentence.is_joined(last):
            last += normals[last + 1].startswith(ARTICLE)
            last += sentence.is_joined(last) and normals[last + 1] == "عشر"
        while sentence.is_joined(last) and normals[last + 1] in _ERAS:
            last += 1
        return last

    def _starts(self, sentence: AnalysedSentence) -> set[int]:
        """Return the positions of the words that values of a sentence begin with, the numbers of notes left out."""
        if not self._values.found_in_sentence(sentence.candidate, sentence.number):
            return set()
        places = map(sentence.positions.get, self._values.value_places(sentence.text, sentence.words))
        return {at for at in places if at is not None and not sentence.is_note(at)}

    def _quantities(self, sentence: AnalysedSentence) -> Iterator[tuple[Quantity, Positions]]:
        """Yield the quantities of a sentence, each with the positions of its figure, without its unit."""
        for quantity in self._values.quantities(sentence.text, sentence.words):
            first = sentence.first_from(quantity.start)
            if first is not None and sentence.words[first].start < quantity.behind:
                yield quantity, (first, sentence.last_before(first, quantity.behind))

    def amounts(self, sentence: AnalysedSentence) -> Iterator[FoundPositions]:
        """Yield numbers with the unit or the noun behind them, sums with their currency."""
        starts = self._starts(sentence)
        parts, units, taken = list[Positions](), dict[int, Quantity](), set[int]()
        for quantity, (first, last) in self._quantities(sentence) if starts else ():
            taken.update(range(first, last + 1))
            units[last] = quantity
            if first in starts:
                parts.append((first, last))
        parts += [(at, at) for at in starts - taken]
        for first, last in _merged(sorted(parts), sentence):
            if sentence.normals[first] in _ONE and sentence.normals[last + 1 : last + 2] == ["من"]:
                continue
            unit = units.get(last)
            end, bonus = self._with_unit(sentence, last, unit)
            if self._kinds:
                bonus += _KIND if unit and unit.kind in self._kinds else -_KIND
            # «5٪ من المسيحيين», of what the question names.
            is_part = sentence.normals[end + 1 : end + 2] == ["من"] and any(sentence.own[end + 2 : end + 3])
            yield (first, end), bonus + _PART * is_part

    def _with_unit(self, sentence: AnalysedSentence, last: int, unit: Quantity | None) -> tuple[int, float]:
        """Return the last position of a number with its unit or noun, and what that adds."""
        end = sentence.last_before(last, unit.end) if unit else last
        if unit and unit.kind is Kind.SHARE:
            return end, 0.0
        normals, noun = sentence.normals, last + 1
        if not sentence.is_joined(last) or normals[noun] in self._lexicon.stop_words:
            return last, -_BARE
        if self._lexicon.everyday.is_verb(normals[noun]):
            return end, -_BARE * (end == last)
        is_counted = self._counted is not None and sentence.has(noun, self._counted)
        # «دولار أمريكي».
        if end > last and sentence.is_joined(end):
            end += normals[end + 1].endswith(NISBA) and len(normals[end + 1]) >= _LEAST_LETTERS
        return max(noun, end), _COUNTED * is_counted - _KIND * (self._counted is not None and not is_counted)


def _merged(parts: Sequence[Positions], sentence: AnalysedSentence) -> list[Positions]:
    """Join values that are one: «الخميس 17 أبريل», «1914-1918», «من 10 إلى 15»."""
    joined = list[Positions]()
    for first, last in parts:
        if joined and _belong_together(sentence, joined[-1][1], first):
            joined[-1] = joined[-1][0], max(joined[-1][1], last)
        else:
            joined.append((first, last))
    return joined


def _belong_together(sentence: AnalysedSentence, last: int, first: int) -> bool:
    if first <= last + 1:
        gap = sentence.gap(last).strip()
        return not gap or gap in _RANGE
    between = sentence.normals[last + 1 : first]
    is_joined = all(sentence.is_joined(at) for at in range(last, first))
    return len(between) == 1 and is_joined and between[0] in _BETWEEN
