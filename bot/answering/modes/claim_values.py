"""The figures and dates of a claim, and those that a passage has in their place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.answering.knowledge import Lexicon
from bot.answering.question import Question
from bot.arabic import Date, Span, Word, dates_from_words, light_stem, numbers_from_words, words
from bot.retrieval import Passage

_PERCENT = "%"
_PERCENT_SIGNS = ("%", "٪")
# Chosen: a figure so many times as large counts something else, of the same unit and with none behind the claim's.
_OF_UNIT, _OF_SIZE = 100, 10
NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class ClaimValue:
    """A figure or a date of a text, its place with the word that it counts, and the stem of that word, "" without."""

    place: Span
    value: Decimal | Date
    unit: str = ""

    @property
    def is_date(self) -> bool:
        """Tell whether the value is a date."""
        return isinstance(self.value, Date)

    @property
    def has_year(self) -> bool:
        """Tell whether the value is a date with a year."""
        return isinstance(self.value, Date) and self.value.year is not None


SentencesOf = Callable[[ClaimValue], Sequence[Span]]
"""Returns the sentences of a passage that are on a value of a claim, the best first."""


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
    """Return the figures and dates of a claim, in order."""
    values = list[ClaimValue]()
    for one in question.equivalents:
        if one.number is not None:
            values.append(_figure(Span(one.start, one.end), one.number, question.text, question.words, lexicon))
        elif one.date is not None:
            values.append(ClaimValue(Span(one.start, one.end), one.date))
    return tuple(values)


def compare_values(asked: Sequence[ClaimValue], passage: Passage, sentences: SentencesOf, lexicon: Lexicon) -> Compared:
    """Compare the values of a claim with those of a passage; a year may be that of the publication.

    Only in the sentences on a value of the claim, the best first, can another stand in its place.
    """
    found = _values(passage.text, lexicon) if asked else []
    same, other = list[Span](), list[tuple[ClaimValue, ClaimValue]]()
    day = passage.article.published
    for one in asked:
        own = [value.place for value in found if _is_same(one, value, lexicon)]
        near = (value for span in sentences(one) for value in found if span.start <= value.place.start < span.end)
        if own:
            same.append(own[0])
        elif _is_day_of(one, day):
            same.append(NOWHERE)
        elif there := next((value for value in near if _is_of_kind(one, value, asked, lexicon)), None):
            other.append((one, there))
    has_kind = any(one.is_date is value.is_date for one in asked for value in found)
    return Compared(tuple(same), tuple(other), has_kind)


def _values(text: str, lexicon: Lexicon) -> list[ClaimValue]:
    written = list(words(text))
    dates = dates_from_words(written, text)
    figures = (
        _figure(Span(number.start, number.end), number.value, text, written, lexicon)
        for number in numbers_from_words(written, text)
        if not any(one.start <= number.start < one.end for one in dates)
    )
    return [*figures, *(ClaimValue(Span(one.start, one.end), one) for one in dates)]


def _figure(place: Span, value: Decimal, text: str, found: Sequence[Word], lexicon: Lexicon) -> ClaimValue:
    """Read what a figure counts: the word behind it, or a hundred."""
    start, end = place.start, place.end
    behind = text[end:].lstrip()
    if behind.startswith(_PERCENT_SIGNS):
        return ClaimValue(Span(start, len(text) - len(behind) + 1), value, _PERCENT)
    near = [word for word in found if word.start >= end][:2]
    for last in (1, 2):
        if tuple(word.normal for word in near[:last]) in lexicon.percent_phrases:
            return ClaimValue(Span(start, near[last - 1].end), value, _PERCENT)
    if not near or text[end : near[0].start].strip() or near[0].normal in lexicon.stop_words:
        return ClaimValue(place, value)
    return ClaimValue(Span(start, near[0].end), value, light_stem(near[0].normal))


def _is_same(asked: ClaimValue, found: ClaimValue, lexicon: Lexicon) -> bool:
    if isinstance(asked.value, Date) or isinstance(found.value, Date):
        return isinstance(asked.value, Date) and isinstance(found.value, Date) and found.value.includes(asked.value)
    return asked.value == found.value and not (asked.unit != found.unit and _are_times(asked, found, lexicon))


def _is_of_kind(asked: ClaimValue, found: ClaimValue, claim: Sequence[ClaimValue], lexicon: Lexicon) -> bool:
    """Tell whether a passage's value may stand in the place of a claim's, and is no other value of the claim."""
    if any(_is_same(one, found, lexicon) for one in claim):
        return False
    if isinstance(asked.value, Date) or isinstance(found.value, Date):
        return asked.has_year and found.has_year
    if _are_times(asked, found, lexicon):
        return asked.unit == found.unit or asked.value == found.value
    low, high = sorted((asked.value, found.value))
    if asked.unit:
        return asked.unit == found.unit and low > 0 and high <= _OF_UNIT * low
    return high >= _OF_SIZE and low > 0 and high <= _OF_SIZE * low


def _are_times(asked: ClaimValue, found: ClaimValue, lexicon: Lexicon) -> bool:
    return lexicon.time_unit_stems.issuperset((asked.unit, found.unit))


def _is_day_of(asked: ClaimValue, day: date | None) -> bool:
    if day is None or not isinstance(asked.value, Date):
        return False
    return Date(day.year, day.month, day.day, 0, 0).includes(asked.value)
