"""Names, numbers and dates of a question, with the other spellings that a passage may have of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.answering.knowledge import Lexicon, Phrase
from bot.answering.words import TokenisedText
from bot.arabic import Date, Number, dates_from_words, month_name, number_spellings, numbers_from_words


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A name, number or date in a question's text, `text[start:end]`, with its other spellings.

    `spellings` are runs of words in normal form, without stop words. `number` and `date` are the value itself, by
    which spellings are found that are not listed.
    """

    start: int
    end: int
    spellings: tuple[Phrase, ...]
    number: Decimal | None = None
    date: Date | None = None


def find_equivalents(
    text: TokenisedText, lexicon: Lexicon, is_stop_word: Callable[[str], bool]
) -> tuple[Equivalent, ...]:
    """Find the names, numbers and dates of a question, in order; function words of its language are no names."""
    written = numbers_from_words(text.words, text.text)
    dates = dates_from_words(text.words, text.text, written)
    numbers = (
        number
        for number in written
        # «واحدة» is rather «a» than the number of «1+1».
        if number.value != 1 and not any(date.start <= number.start < date.end for date in dates)
    )
    found = [*_names(text, lexicon, is_stop_word), *map(_date, dates), *map(_number, numbers)]
    return tuple(sorted(found, key=lambda equivalent: equivalent.start))


def _names(text: TokenisedText, lexicon: Lexicon, is_stop_word: Callable[[str], bool]) -> Iterator[Equivalent]:
    for name in text.names:
        start, end = text.words[name.start].start, text.words[name.end - 1].end
        if not lexicon.languages.is_common(text.text[start:end], text.language):
            yield Equivalent(start, end, tuple(_searchable(name.spellings, is_stop_word)))


def _searchable(spellings: Sequence[Phrase], is_stop_word: Callable[[str], bool]) -> Iterator[Phrase]:
    """Remove the stop words from spellings; «إن إس أو» without its own would be any «إس»."""
    for spelling in spellings:
        kept = tuple(word for word in spelling if not is_stop_word(word))
        if len(kept) > 1 or kept == spelling:
            yield kept


def _number(number: Number) -> Equivalent:
    return Equivalent(number.start, number.end, tuple(number_spellings(number.value)), number=number.value)


def _date(date: Date) -> Equivalent:
    return Equivalent(date.start, date.end, tuple(_date_spellings(date)), date=date)


def _date_spellings(date: Date) -> Iterator[Phrase]:
    day, month, year = date.day, date.month, date.year
    name = month_name(month) if month else None
    yield tuple(str(part) for part in (day, name, year) if part)
    if day and month and year:
        yield str(year), f"{month:02}", f"{day:02}"
        yield str(day), str(month), str(year)
