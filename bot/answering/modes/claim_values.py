"""The figures and dates of a claim, and those that a passage has in their place."""

from bisect import bisect_left
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache
from itertools import chain, islice
from operator import attrgetter

from bot.answering.knowledge import Lexicon, Phrase
from bot.answering.question import Question
from bot.arabic import (
    CONJUNCTIONS,
    PREPOSITIONS,
    Date,
    Span,
    Word,
    dates_from_words,
    light_stem,
    numbers_from_words,
    words,
)
from bot.retrieval import Passage

# «شخصا» counts as «شخص» does.
_TANWIN = "ا"
_PERCENT = "%"
_PERCENT_SIGNS = ("%", "٪")
# Chosen: a figure so many times as large counts something else, of the same unit and with none behind the claim's.
_OF_UNIT, _OF_SIZE = 100, 10
# Chosen: «نحو 5 ملايين» may be a tenth more or less.
_ABOUT, _BOUND_WORDS = Decimal("0.1"), 3
# Chosen: a claim of more figures is a list, where nothing else stands in the place of one.
_MOST_COMPARED = 12
# Chosen: the sentences on one have no more others than a table does.
_MOST_NEAR = 60
NOWHERE = Span(0, 0)


class Bound(Enum):
    """Whether a figure is said to be exact, or about so much, at least or at most."""

    EXACT = auto()
    ABOUT = auto()
    MORE = auto()
    LESS = auto()


@dataclass(frozen=True, slots=True)
class ClaimValue:
    """A figure or a date of a text, its place with the word that it counts, and the stem of that word, "" without.

    `bound` is told by the words before it, «أكثر من».
    """

    place: Span
    value: Decimal | Date
    unit: str = ""
    bound: Bound = Bound.EXACT

    @property
    def is_date(self) -> bool:
        """Tell whether the value is a date."""
        return isinstance(self.value, Date)

    @property
    def has_year(self) -> bool:
        """Tell whether the value is a date with a year."""
        return isinstance(self.value, Date) and self.value.year is not None


@dataclass(frozen=True, slots=True)
class ValueSentences:
    """The sentences of a passage that may have a claim's value, and those that may have another, the best first."""

    own: Sequence[Span]
    other: Sequence[Span]


SentencesOf = Callable[[ClaimValue], ValueSentences]
"""Returns the sentences of a passage that are on a value of a claim."""


@dataclass(frozen=True, slots=True)
class Compared:
    """The places of a passage's values that are a claim's own, and its others of their kind, with the claim's value.

    `NOWHERE` is the place of a value that only the day of publication has. `has_kind` tells whether any figure or date
    is there where the claim has one.
    """

    same: tuple[Span, ...]
    other: tuple[tuple[ClaimValue, ClaimValue], ...]
    has_kind: bool


def claim_values(question: Question, lexicon: Lexicon) -> tuple[ClaimValue, ...]:
    """Return the figures and dates of a claim, in order, each once."""
    values = dict[object, ClaimValue]()
    for one in question.equivalents:
        if one.number is not None:
            figure = _figure(Span(one.start, one.end), one.number, question.text, question.words, lexicon)
            values.setdefault((figure.value, figure.unit, figure.bound), figure)
        elif one.date is not None:
            values.setdefault(one.date.parts, ClaimValue(Span(one.start, one.end), one.date))
    return tuple(values.values())


def compare_values(asked: Sequence[ClaimValue], passage: Passage, sentences: SentencesOf, lexicon: Lexicon) -> Compared:
    """Compare the values of a claim with those of a passage; a year may be that of the publication.

    Only in the sentences on a value of the claim can another stand in its place, or it itself be what is claimed.
    """
    found = _values(passage.text, lexicon) if asked else []
    owned = _owned(asked, found, lexicon)
    taken = {id(value) for values in owned.values() for value in values}
    free = sorted((value for value in found if id(value) not in taken), key=_start)
    same, other = list[Span](), list[tuple[ClaimValue, ClaimValue]]()
    day = passage.article.published
    for number, one in enumerate(asked):
        if own := owned.get(number):
            spans = sentences(one).own
            within = (value.place for value in own if any(span.start <= value.place.start < span.end for span in spans))
            same += islice(within, 1)
        elif _is_day_of(one, day):
            same.append(NOWHERE)
        elif number < _MOST_COMPARED:
            near = (value for span in sentences(one).other for value in _values_in(span, free))
            if there := next((value for value in islice(near, _MOST_NEAR) if _is_of_kind(one, value, lexicon)), None):
                other.append((one, there))
    has_kind = any(one.is_date is value.is_date for one in asked for value in found)
    return Compared(tuple(same), tuple(other), has_kind)


def _owned(asked: Sequence[ClaimValue], found: Sequence[ClaimValue], lexicon: Lexicon) -> dict[int, list[ClaimValue]]:
    """Return the values of a passage that are values of a claim, by their numbers in the claim."""
    numbers = dict[object, list[int]]()
    for number, one in enumerate(asked):
        numbers.setdefault(one.value.parts if isinstance(one.value, Date) else one.value, []).append(number)
    owned = dict[int, list[ClaimValue]]()
    for value in found:
        keys = value.value.included_parts if isinstance(value.value, Date) else (value.value,)
        for number in chain.from_iterable(numbers.get(key, ()) for key in keys):
            if _is_same(asked[number], value, lexicon):
                owned.setdefault(number, []).append(value)
    return owned


def _start(value: ClaimValue) -> int:
    return value.place.start


def _values_in(span: Span, found: Sequence[ClaimValue]) -> Sequence[ClaimValue]:
    """Return the values, in order, that start in a span."""
    return found[bisect_left(found, span.start, key=_start) : bisect_left(found, span.end, key=_start)]


def _values(text: str, lexicon: Lexicon) -> list[ClaimValue]:
    written = list(words(text))
    numbers = numbers_from_words(written, text)
    dates = dates_from_words(written, text, numbers)
    dated = {at for one in dates for at in range(one.start, one.end)}
    figures = (
        _figure(Span(number.start, number.end), number.value, text, written, lexicon)
        for number in numbers
        if number.start not in dated
    )
    return [*figures, *(ClaimValue(Span(one.start, one.end), one) for one in dates)]


def _figure(place: Span, value: Decimal, text: str, found: Sequence[Word], lexicon: Lexicon) -> ClaimValue:
    """Read what a figure counts: the word behind it, or a hundred."""
    start, end = place.start, place.end
    first, behind_last = (bisect_left(found, at, key=attrgetter("start")) for at in (start, end))
    bound = _bound([word.normal for word in found[max(first - _BOUND_WORDS, 0) : first]], lexicon)
    behind = text[end:].lstrip()
    if behind.startswith(_PERCENT_SIGNS):
        return ClaimValue(Span(start, len(text) - len(behind) + 1), value, _PERCENT, bound)
    near = found[behind_last : behind_last + 2]
    for last in (1, 2):
        if tuple(word.normal for word in near[:last]) in lexicon.percent_phrases:
            return ClaimValue(Span(start, near[last - 1].end), value, _PERCENT, bound)
    if not near or text[end : near[0].start].strip() or near[0].normal in lexicon.stop_words:
        return ClaimValue(place, value, bound=bound)
    return ClaimValue(Span(start, near[0].end), value, light_stem(near[0].normal), bound)


def _bound(before: Sequence[str], lexicon: Lexicon) -> Bound:
    """Read the bound of a figure from the words before it, the longest phrase: «لا يقل عن», not «يقل عن»."""
    by_last = _by_last_word(lexicon.polarity.bounds)
    lasts = (before[-1], before[-1][1:]) if before else ()
    known = (one for last in lasts for one in by_last.get(last, ()))
    found = [(len(phrase), bound) for phrase, bound in known if _ends_with(before, phrase)]
    return max(found, key=lambda one: one[0])[1] if found else Bound.EXACT


@lru_cache(1)
def _by_last_word(bounds: tuple[Set[Phrase], ...]) -> dict[str, list[tuple[Phrase, Bound]]]:
    """Return the phrases of bounds, each with what it tells, by their last words."""
    found = dict[str, list[tuple[Phrase, Bound]]]()
    for bound, phrases in zip((Bound.MORE, Bound.LESS, Bound.ABOUT), bounds, strict=True):
        for phrase in phrases:
            found.setdefault(phrase[-1], []).append((phrase, bound))
    return found


def _ends_with(before: Sequence[str], phrase: Sequence[str]) -> bool:
    """Tell whether words end with a phrase, or with one that has a conjunction or preposition: «بأكثر من»."""
    if len(before) < len(phrase):
        return False
    first, *others = before[-len(phrase) :]
    is_first = first == phrase[0] or (first[0] in (*CONJUNCTIONS, *PREPOSITIONS) and first[1:] == phrase[0])
    return is_first and others == list(phrase[1:])


def _may_be_same(one: ClaimValue, other: ClaimValue) -> bool:
    """Tell whether two figures that are not the same may say the same, by the bounds of either."""
    for bounded, exact in ((one, other), (other, one)):
        if isinstance(bounded.value, Date) or isinstance(exact.value, Date):
            return False
        is_near = abs(bounded.value - exact.value) <= _ABOUT * max(abs(bounded.value), abs(exact.value))
        if (
            (bounded.bound is Bound.MORE and exact.value > bounded.value)
            or (bounded.bound is Bound.LESS and exact.value < bounded.value)
            or (bounded.bound is Bound.ABOUT and is_near)
        ):
            return True
    return False


def _is_same(asked: ClaimValue, found: ClaimValue, lexicon: Lexicon) -> bool:
    if isinstance(asked.value, Date) or isinstance(found.value, Date):
        return isinstance(asked.value, Date) and isinstance(found.value, Date) and found.value.includes(asked.value)
    return asked.value == found.value and (not asked.unit or not found.unit or _is_same_unit(asked, found, lexicon))


def _is_of_kind(asked: ClaimValue, found: ClaimValue, lexicon: Lexicon) -> bool:
    """Tell whether a passage's value, none of the claim's, may stand in the place of one of those."""
    if isinstance(asked.value, Date) or isinstance(found.value, Date):
        # Of days without a year both have the month.
        return (asked.has_year and found.has_year) or (not asked.has_year and _has_day(asked) and _has_day(found))
    if _may_be_same(asked, found) or (not asked.unit and _is_measured(found, lexicon)):
        return False
    if _are_times(asked, found, lexicon):
        return asked.unit == found.unit or asked.value == found.value
    low, high = sorted((asked.value, found.value))
    if asked.unit:
        return _is_same_unit(asked, found, lexicon) and low > 0 and high <= _OF_UNIT * low
    return high >= _OF_SIZE and low > 0 and high <= _OF_SIZE * low


def _is_measured(found: ClaimValue, lexicon: Lexicon) -> bool:
    """Tell whether a figure is a share or a length of time, which no figure without a unit stands for."""
    return found.unit == _PERCENT or found.unit in lexicon.time_unit_stems


def _has_day(one: ClaimValue) -> bool:
    return isinstance(one.value, Date) and one.value.day is not None


def _is_same_unit(asked: ClaimValue, found: ClaimValue, lexicon: Lexicon) -> bool:
    """Tell whether two figures count the same: the same word, whatever its ending, or one that means the same."""
    own, other = asked.unit.removesuffix(_TANWIN), found.unit.removesuffix(_TANWIN)
    if own == other:
        return True
    return other in lexicon.synonyms.get(own, ()) or lexicon.polarity.counters.issuperset((own, other))


def _are_times(asked: ClaimValue, found: ClaimValue, lexicon: Lexicon) -> bool:
    return lexicon.time_unit_stems.issuperset((asked.unit, found.unit))


def _is_day_of(asked: ClaimValue, day: date | None) -> bool:
    if day is None or not isinstance(asked.value, Date):
        return False
    return Date(day.year, day.month, day.day, 0, 0).includes(asked.value)
