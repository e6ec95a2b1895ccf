"""The figures and dates of a claim, and those that a passage has in their place."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from enum import Enum, auto
from fractions import Fraction
from itertools import chain, islice
from operator import attrgetter

from bot.answering.knowledge import Lexicon
from bot.answering.question import Question
from bot.answering.reasons import AnswerType
from bot.arabic import CONJUNCTIONS, PREPOSITIONS, Date, Kind, Quantity, Score, Span, Word, light_stem, words
from bot.retrieval import Passage

# «شخصا» counts as «شخص» does.
_TANWIN = "ا"
_DURATIONS = frozenset({Kind.DURATION, Kind.AGE})
# Figures that only others of the same kind stand for.
_APART = frozenset({Kind.SHARE, Kind.RANK, *_DURATIONS})
# Chosen: a figure so many times as large counts something else, with the same unit, and where neither has one.
_OF_UNIT, _OF_SIZE = 100, 10
# Chosen: «نحو 5 ملايين» may be a tenth more or less.
_ABOUT, _BOUND_WORDS = Decimal("0.1"), 3
# Chosen: a claim of more figures is a list, where nothing else stands in the place of one.
_MOST_COMPARED = 12
# Chosen: the sentences on one have no more others than a table does.
_MOST_NEAR = 60
NOWHERE = Span(0, 0)
_DUAL, _GOAL = re.compile("ت?(?:ين|ان)$"), "هدف"


class Bound(Enum):
    """What the words before a figure make of it: exactly so much, about, at least or at most."""

    EXACT = auto()
    ABOUT = auto()
    MORE = auto()
    LESS = auto()


@dataclass(frozen=True, slots=True)
class ClaimValue:
    """A figure or a date of a text, and its place with its unit or the word that it counts.

    `unit` is the name of the unit or the stem of the word, "" without; `bound` is said by the words before, «أكثر من».
    """

    place: Span
    kind: Kind
    value: Decimal | Date | Score | time
    unit: str = ""
    bound: Bound = Bound.EXACT

    @property
    def is_date(self) -> bool:
        """Whether the value is a date."""
        return isinstance(self.value, Date)


SentencesOf = Callable[[ClaimValue], tuple[Sequence[Span], Sequence[Span]]]
"""The sentences of a passage that may have a claim's value, and those that may have another, the best first."""
ValuesCompared = tuple[list[Span], list[tuple[ClaimValue, ClaimValue]]]
"""Places with a claim's values, and pairs of one and another of its kind."""


def claim_values(question: Question, lexicon: Lexicon) -> tuple[ClaimValue, ...]:
    """Return the figures and dates of a claim, in order, each once."""
    values = dict[object, ClaimValue]()
    for one in _values(question.text, question.words, lexicon):
        # «واحدة» is rather «a» than a figure.
        if one.value != 1 or one.kind is Kind.RANK:
            values.setdefault(one.value.parts if isinstance(one.value, Date) else (one.value, one.unit, one.bound), one)
    return tuple(values.values())


def compare_values(
    asked: Sequence[ClaimValue],
    passage: Passage,
    sentences: SentencesOf,
    counts_alike: Callable[[ClaimValue, ClaimValue], bool],
    lexicon: Lexicon,
) -> ValuesCompared:
    """Compare the values of a claim with those of a passage; a year may be that of the publication, which is `NOWHERE`.

    Only the sentences that are on a value of the claim can have it, or another in its place. What is told behind two
    figures may be what both count.
    """
    found = _values(passage.text, list(words(passage.text)), lexicon) if asked else []

    def count_same(one: ClaimValue, value: ClaimValue) -> bool:
        return _is_same_unit(one, value, lexicon) or (one.kind is value.kind and counts_alike(one, value))

    owned = _owned(asked, found, count_same)
    taken = {id(value) for values in owned.values() for value in values}
    free = [value for value in found if id(value) not in taken]
    same, other = list[Span](), list[tuple[ClaimValue, ClaimValue]]()
    day = passage.article.published
    for number, one in enumerate(asked):
        if own := owned.get(number):
            spans = sentences(one)[0]
            within = (value.place for value in own if any(span.start <= value.place.start < span.end for span in spans))
            same += islice(within, 1)
        elif day and isinstance(one.value, Date) and Date(day.year, day.month, day.day, 0, 0).includes(one.value):
            same.append(NOWHERE)
        elif number < _MOST_COMPARED:
            near = islice((value for span in sentences(one)[1] for value in _values_in(span, free)), _MOST_NEAR)
            there = (value for value in near if _is_of_kind(one, value, count_same))
            other += ((one, value) for value in islice(there, 1))
    return same, other


def _owned(
    asked: Sequence[ClaimValue], found: Sequence[ClaimValue], count_same: Callable[[ClaimValue, ClaimValue], bool]
) -> dict[int, list[ClaimValue]]:
    """Return the values of a passage that are values of a claim, by their numbers in the claim.

    «أكثر من ألفين» is 2074, too.
    """
    numbers = dict[object, list[int]]()
    for number, one in enumerate(asked):
        numbers.setdefault(one.value.parts if isinstance(one.value, Date) else one.value, []).append(number)
    owned = dict[int, list[ClaimValue]]()
    for value in found:
        keys = value.value.included_parts if isinstance(value.value, Date) else (value.value,)
        for number in chain.from_iterable(numbers.get(key, ()) for key in keys):
            one = asked[number]
            may_be = one.kind is value.kind or Kind.RANK not in {one.kind, value.kind}
            if may_be and (not one.unit or not value.unit or count_same(one, value)):
                owned.setdefault(number, []).append(value)
    for number, one in enumerate(asked):
        if one.bound is not Bound.EXACT and number not in owned:
            near = [value for value in found if _is_near(one, value) and _may_be_same(one, value)]
            owned.update({number: within} if (within := [value for value in near if count_same(one, value)]) else {})
    return owned


def _values_in(span: Span, found: Sequence[ClaimValue]) -> Sequence[ClaimValue]:
    """Return the values, in order, that start in a span."""
    first, behind = (bisect_left(found, at, key=attrgetter("place.start")) for at in (span.start, span.end))
    return found[first:behind]


def _values(text: str, found: Sequence[Word], lexicon: Lexicon) -> list[ClaimValue]:
    """Read the figures and dates of a text, in order; a part, «نصف», is no figure."""
    starts, values = [word.start for word in found], list[ClaimValue]()
    for one in lexicon.quantities.read(text, found):
        if isinstance(one.value, Decimal):
            values.append(_figure(one, one.value, text, found, starts, lexicon))
        elif not isinstance(one.value, Fraction):
            values.append(ClaimValue(Span(one.start, one.end), one.kind, one.value))
    taken = {at for value in values for at in range(value.place.start, value.place.end)}
    goals, numbers = lexicon.polarity.goals, lexicon.values[AnswerType.QUANTITY]
    alone = [word for word in found if word.normal in goals or word.normal in numbers]
    values += (value for word in alone if word.start not in taken for value in _in_one_word(word, lexicon))
    return sorted(values, key=lambda value: value.place.start)


def _in_one_word(word: Word, lexicon: Lexicon) -> Iterator[ClaimValue]:
    """Yield the figure that a word is together with what it counts: «هدفين», «رباعية»."""
    place = Span(word.start, word.end)
    if goals := lexicon.polarity.goals.get(word.normal):
        yield ClaimValue(place, Kind.NUMBER, Decimal(goals), _GOAL)
    # «مواطنين» are rather many.
    elif word.normal in lexicon.values[AnswerType.QUANTITY] and word.normal not in lexicon.name_words.people:
        singular = _DUAL.sub("", word.normal)
        if singular != word.normal:
            yield ClaimValue(place, Kind.NUMBER, Decimal(2), light_stem(singular))


def _figure(  # noqa: PLR0913, PLR0917 - a figure in its text
    one: Quantity, value: Decimal, text: str, found: Sequence[Word], starts: Sequence[int], lexicon: Lexicon
) -> ClaimValue:
    """Read what a figure counts, and the words that bound it."""
    place, unit = Span(one.start, one.end), one.unit
    first, behind = bisect_left(starts, one.start), bisect_left(starts, one.end)
    bound = _bound([word.normal for word in found[max(first - _BOUND_WORDS, 0) : first]], lexicon)
    if not unit and behind < len(found) and not text[one.end : found[behind].start].strip():
        counted = found[behind]
        if counted.normal not in lexicon.stop_words:
            unit, place = light_stem(counted.normal), Span(one.start, counted.end)
    return ClaimValue(place, one.kind, value, unit, bound)


def _bound(before: Sequence[str], lexicon: Lexicon) -> Bound:
    """Read the bound of a figure from the words before it, the longest phrase: «لا يقل عن», not «يقل عن»."""
    for first in range(len(before)):
        word, *others = before[first:]
        # Most words before a figure are figures, or bound nothing.
        if word[0].isdecimal():
            continue
        bare = word[1:] if word[0] in (*CONJUNCTIONS, *PREPOSITIONS) else word
        for bound, phrases in zip((Bound.MORE, Bound.LESS, Bound.ABOUT), lexicon.polarity.bounds, strict=True):
            if not phrases.isdisjoint([(word, *others), (bare, *others)]):
                return bound
    return Bound.EXACT


def _may_be_same(one: ClaimValue, other: ClaimValue) -> bool:
    """Whether two different figures may say the same, by the bounds of either."""
    for bounded, exact in ((one, other), (other, one)):
        if not isinstance(bounded.value, Decimal) or not isinstance(exact.value, Decimal):
            return False
        if (
            (bounded.bound is Bound.MORE and exact.value > bounded.value)
            or (bounded.bound is Bound.LESS and exact.value < bounded.value)
            or (bounded.bound is Bound.ABOUT and _is_near(bounded, exact))
        ):
            return True
    return False


def _is_near(one: ClaimValue, other: ClaimValue) -> bool:
    """Whether two figures differ by a tenth at most."""
    if not isinstance(one.value, Decimal) or not isinstance(other.value, Decimal):
        return False
    return abs(one.value - other.value) <= _ABOUT * max(abs(one.value), abs(other.value))


def _is_of_kind(asked: ClaimValue, found: ClaimValue, count_same: Callable[[ClaimValue, ClaimValue], bool]) -> bool:
    """Whether a value of a passage that is none of the claim's may stand in the place of one that is."""
    own, other = asked.value, found.value
    if isinstance(own, Date) and isinstance(other, Date):
        # Of days without a year both have the month.
        return other.year is not None if own.year is not None else bool(own.day and other.day)
    if not isinstance(own, Decimal) or not isinstance(other, Decimal) or Kind.RANK in {asked.kind, found.kind}:
        return asked.kind is found.kind
    if _may_be_same(asked, found) or (not asked.unit and found.kind in _APART):
        return False
    if asked.kind in _DURATIONS and found.kind in _DURATIONS:
        return asked.unit == found.unit or own == other
    low, high = sorted((own, other))
    if asked.unit:
        return count_same(asked, found) and low > 0 and high <= _OF_UNIT * low
    return not found.unit and high >= _OF_SIZE and low > 0 and high <= _OF_SIZE * low


def _is_same_unit(asked: ClaimValue, found: ClaimValue, lexicon: Lexicon) -> bool:
    """Whether two figures count the same: the same word, whatever its ending, or one that means the same."""
    own, other = asked.unit.removesuffix(_TANWIN), found.unit.removesuffix(_TANWIN)
    if own == other:
        return True
    return other in lexicon.synonyms.get(own, ()) or lexicon.polarity.counters.issuperset((own, other))
