"""What a question says and a passage may say in other words: a name, a number, a date."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.answering.knowledge import Lexicon, Phrase
from bot.arabic import Analyser, Date, Number, Word, dates_from_words, month_name, number_spellings, numbers_from_words


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A place in a question's text, `text[start:end]`, and the other ways to say what it says.

    `spellings` are runs of words in normal form, without stop words. A number has its value and a date is one, so that
    they are known in spellings that are not listed.
    """

    start: int
    end: int
    spellings: tuple[Phrase, ...]
    number: Decimal | None = None
    date: Date | None = None


def equivalents(
    text: str, found: Sequence[Word], language: str | None, analyser: Analyser, lexicon: Lexicon
) -> tuple[Equivalent, ...]:
    """Find in a question's text what has other spellings, in order; the common words of its language are no names."""
    days = dates_from_words(found, text)
    counted = (
        one for one in numbers_from_words(found, text) if not any(day.start <= one.start < day.end for day in days)
    )
    said = [*_names(text, found, language, analyser, lexicon), *map(_date, days), *map(_number, counted)]
    return tuple(sorted(said, key=lambda one: one.start))


def _names(
    text: str, found: Sequence[Word], language: str | None, analyser: Analyser, lexicon: Lexicon
) -> Iterator[Equivalent]:
    for named in lexicon.known_names.find([word.normal for word in found]):
        start, end = found[named.start].start, found[named.end - 1].end
        if not lexicon.languages.is_common(text[start:end], language):
            yield Equivalent(start, end, tuple(_searchable(named.spellings, analyser)))


def _searchable(spellings: Sequence[Phrase], analyser: Analyser) -> Iterator[Phrase]:
    """Take the stop words out of spellings; «إن إس أو» without its own would be any «إس»."""
    for spelling in spellings:
        kept = tuple(word for word in spelling if not analyser.is_stop_word(word))
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
