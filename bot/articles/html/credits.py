"""Bylines, datelines and credits: lines that say who wrote an article, where and when."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.arabic import dates, ends_sentence
from bot.articles.article import Block
from bot.articles.characters import one_line
from bot.articles.html.prose import is_prose, opens_with
from bot.articles.marks import BoilerplatePhrases, fold

_BAR = "|"
_MAIL = re.compile(r"(?:(?<![\w.+-])[\w.+-]++)?+@[\w.+-]+")
_COLON = re.compile(r"(?<!\d):|:(?!\d)")  # none of an hour
# A dash between letters is one of a name.
_BETWEEN = re.compile(rf"[|│،,;؛•·/–—()\[\]]|(?<!\w)-|-(?!\w)|{_COLON.pattern}")
_BETWEEN_NAMES = re.compile(r"[;؛،,&]")
_NUMBER = re.compile(r"\d+")
_LONGEST = 200  # characters; a hostile line is one word of thousands
_NAME_WORDS = 4
_PLACE_WORDS = 3
_NAME_AND_PLACE = 2

_MOST_PROSE = 2  # the first paragraph may be a standfirst


@dataclass(frozen=True, slots=True)
class Credit:
    """What a line says of an article: its author where it calls one so, and its day."""

    author: str | None = None
    day: date | None = None


@dataclass(slots=True)
class _Line:
    """A line in its parts: whom it calls the author, whether it has a known one, its day, and what is none of that."""

    author: str | None = None
    is_known: bool = False
    day: date | None = None
    others: list[str] = field(default_factory=list)


def author_names(author: str | None) -> frozenset[str]:
    """Fold the names of the authors that a page names."""
    return frozenset(filter(None, map(fold, _BETWEEN_NAMES.split(author or ""))))


def credit_of(text: str, names: Collection[str], phrases: BoilerplatePhrases, *, by_mail: bool = True) -> Credit | None:
    """Read a short line of nothing but a name, a place, a day and an address, or return None for any other.

    It takes a name that is known or called the author, or else, `by_mail`, an address beside one.
    """
    if len(text) > _LONGEST or len(text.split()) > phrases.line_words or ends_sentence(text):
        return None
    line = _read(text, names, phrases)
    if not all(map(_may_be_name, line.others)):
        return None
    if not line.author and _COLON.search(text):  # «…: السد آمن», «للتسجيل: …@…»
        return None
    if line.author or line.is_known:
        return Credit(line.author, line.day) if _is_place(line.others) else None
    return _signed(text, line.others) if by_mail and _MAIL.search(text) else None


def _is_place(parts: list[str]) -> bool:
    return not parts or (len(parts) == 1 and len(parts[0].split()) <= _PLACE_WORDS)


def _signed(text: str, parts: list[str]) -> Credit | None:
    """Tell a name, or one and a place, from a single word; the address beside them is none of the parts."""
    people = [part for part in parts if " " in part and f"({part})" not in text]
    if len(parts) > _NAME_AND_PLACE or (parts and not people):
        return None
    return Credit(people[0] if len(people) == 1 else None)


def _read(text: str, names: Collection[str], phrases: BoilerplatePhrases) -> _Line:
    line, is_called = _Line(), False
    for part in _parts(_without_days(_MAIL.sub(_BAR, text), line, phrases)):
        folded = fold(part)
        name = _without_opening(part, phrases.bylines)
        if (is_called or len(name) < len(part)) and name and _may_be_name(name):
            line.author = line.author or name
        elif folded in names:
            line.is_known = True
        elif name and folded not in phrases.writers and not _is_beside_day(folded, phrases):
            line.others.append(part)
        is_called = not name or folded in phrases.writers
    return line


def _without_days(text: str, line: _Line, phrases: BoilerplatePhrases) -> str:
    """Take the full dates out of a text; the first is the line's day, if it is not that of a change."""
    is_change = opens_with(fold(text), phrases.updates)
    for found in reversed(dates(text)):
        if found.year and found.month and found.day:
            text = f"{text[: found.start]}{_BAR}{text[found.end :]}"
            line.day = None if is_change else _day(found.year, found.month, found.day)
    return text


def _parts(text: str) -> Iterator[str]:
    return filter(fold, map(one_line, _BETWEEN.split(text)))


def _without_opening(text: str, phrases: Collection[str]) -> str:
    folded = fold(text)
    length = max((len(phrase.split()) for phrase in phrases if opens_with(folded, (phrase,))), default=0)
    return " ".join(text.split()[length:])


def _is_beside_day(folded: str, phrases: BoilerplatePhrases) -> bool:
    rest = _without_opening(folded, (*phrases.datelines, *phrases.updates))
    return set(phrases.beside_dates).issuperset(_NUMBER.sub("", rest).split())


def _may_be_name(text: str) -> bool:
    return len(text.split()) <= _NAME_WORDS and not any(map(str.isdigit, text))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # the 31st of a short month
        return None


def drop_credits(
    blocks: Sequence[Block], author: str | None, phrases: BoilerplatePhrases
) -> tuple[list[Block], Credit]:
    """Leave out the credits above the text, under its first paragraph and behind it; return what they say.

    `author` is whom the page names.
    """
    names = author_names(author)
    kept, found, prose = list[Block](), list[Credit](), 0
    for place, block in enumerate(blocks):
        # Behind the text only a name that is known makes a credit.
        is_near = prose < _MOST_PROSE or (place == len(blocks) - 1 and names)
        credit = credit_of(block.text, names, phrases, by_mail=not prose) if is_near and not block.heading else None
        if credit is None:
            kept.append(block)
            prose += is_prose(block)
        else:
            found.append(credit)
    authors = (credit.author for credit in found if credit.author)
    days = (credit.day for credit in found if credit.day)
    return kept, Credit(next(authors, None), next(days, None))


def choose_author(author: str | None, credit: Credit) -> str | None:
    """Return whom the page names, or else whom its credit does."""
    if author is None or credit.author is None:
        return author or credit.author
    # An address behind an Arabic name is read as more of the name.
    is_longer = author.startswith(f"{credit.author} ")
    with_address = is_longer and author.removeprefix(credit.author).isascii() and not credit.author.isascii()
    return credit.author if with_address else author
