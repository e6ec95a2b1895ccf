"""Credits: lines that say who wrote an article, where and when, or whose its picture is."""

import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Flag, auto
from functools import lru_cache

from bot.arabic import dates, ends_sentence, normalise
from bot.articles.characters import one_line
from bot.articles.marks import BoilerplatePhrases, any_of, fold, opening_pattern, opens_with

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

_HEAD = 160  # characters; every phrase and every short line fits
_BETWEEN_AGENCIES = re.compile(r"[/|،,–—-]")
_BRACKETED_END = re.compile(r"[(\[]([^()\[\]]+)[)\]]\W*$")


class CreditForm(Flag):
    """The forms that a credit may have."""

    NONE = 0
    AUTHOR = auto()  # a known name, or one that is called the author, and no more than a place and a day
    ADDRESS = auto()  # a name with a mail address or a handle
    BYLINE = auto()  # opens with «by»
    DATELINE = auto()  # the day of publication or of a change
    AGENCY = auto()  # names of news agencies in brackets or dashes
    CAPTION = auto()  # a label with a colon, the words of captions, or an agency in brackets at the end


@dataclass(frozen=True, slots=True)
class Credit:
    """The author and the day that a line states of an article, and the forms that the line has."""

    author: str | None = None
    day: date | None = None
    forms: CreditForm = field(default=CreditForm.NONE, compare=False)


@dataclass(slots=True)
class _Line:
    """The parts of a line: the stated author, whether a known author stands in it, its day, and the other parts."""

    author: str | None = None
    is_known: bool = False
    day: date | None = None
    others: list[str] = field(default_factory=list)


class CaptionPatterns:
    """The phrases of captions and agencies, compiled."""

    def __init__(self, phrases: BoilerplatePhrases) -> None:
        self._labels = opening_pattern(phrases.labels)
        self._captions = re.compile(rf"\b(?:{any_of(phrases.captions)})\b")
        self._agencies = frozenset(phrases.agencies)

    def is_agency_line(self, text: str) -> bool:
        """Whether a line is «(رويترز)» or «- وات -»; without brackets or dashes some agencies are words or towns."""
        return not (text[0].isalnum() and text[-1].isalnum()) and self._names_agencies(text)

    def is_caption(self, text: str) -> bool:
        """Whether a line is a caption, by its label («صورة:»), its words or an agency in brackets at its end."""
        head = normalise(text[:_HEAD])
        label = self._labels.match(head)
        if label is not None and head[label.end() :].lstrip().startswith(":"):
            return True
        bracketed = _BRACKETED_END.search(head)
        is_agency = bracketed is not None and self._names_agencies(bracketed[1])
        return is_agency or self._captions.search(fold(head)) is not None

    def _names_agencies(self, text: str) -> bool:
        names = [name for name in map(fold, _BETWEEN_AGENCIES.split(text)) if name]
        return bool(names) and self._agencies.issuperset(names)


caption_patterns = lru_cache(maxsize=4)(CaptionPatterns)
"""Compiles the phrases once for all articles of a corpus."""


def author_names(author: str | None) -> frozenset[str]:
    """Fold the names of the authors that a page names."""
    return frozenset(filter(None, map(fold, _BETWEEN_NAMES.split(author or ""))))


def strip_byline(author: str | None, phrases: BoilerplatePhrases) -> str | None:
    """Take «by» off a name."""
    if author is None:
        return None
    return _without_opening(author, phrases.bylines).strip(":،,- ") or None


def read_credit(text: str, names: Collection[str], phrases: BoilerplatePhrases) -> Credit | None:
    """Read a short line that says who wrote an article, where and when, or whose a picture is; None for any other.

    `names` are the folded names of known authors. A line may have several forms, of which callers choose.
    """
    if not text or len(text.split(maxsplit=phrases.headline_words)) > phrases.headline_words:
        return None
    patterns = caption_patterns(phrases)
    forms = CreditForm.AGENCY if patterns.is_agency_line(text) else CreditForm.NONE
    if patterns.is_caption(text):
        forms |= CreditForm.CAPTION
    signed = None
    if len(text.split()) <= phrases.line_words and not ends_sentence(text):
        if opens_with(fold(text), phrases.bylines):
            forms |= CreditForm.BYLINE
        if _is_dateline(text, phrases):
            forms |= CreditForm.DATELINE
        signed = _read_signature(text, names, phrases) if len(text) <= _LONGEST else None
    if signed is not None:
        return replace(signed, forms=signed.forms | forms)
    return Credit(forms=forms) if forms else None


def _is_dateline(text: str, phrases: BoilerplatePhrases) -> bool:
    # Nothing but a day or an hour follows these, in whatever language and form.
    if opens_with(fold(text), phrases.updates) and any(map(str.isdigit, text)):
        return True
    for day in dates(text):
        if day.year and day.month and day.day:
            rest = fold(f"{text[: day.start]} {text[day.end :]}")
            words = _NUMBER.sub("", rest).split()
            return opens_with(rest, phrases.datelines) or set(phrases.beside_dates).issuperset(words)
    return False


def _read_signature(text: str, names: Collection[str], phrases: BoilerplatePhrases) -> Credit | None:
    """Read a line of nothing but a name, a place, a day and an address.

    The name is a known one or called the author, or else stands beside an address.
    """
    line = _read(text, names, phrases)
    if not all(map(_may_be_name, line.others)):
        return None
    if not line.author and _COLON.search(text):  # «…: السد آمن», «للتسجيل: …@…»
        return None
    if line.author or line.is_known:
        is_place = len(line.others) <= 1 and all(len(part.split()) <= _PLACE_WORDS for part in line.others)
        return Credit(line.author, line.day, CreditForm.AUTHOR) if is_place else None
    # Beside an address stands a name, or a name and a place; a single word is no name.
    people = [part for part in line.others if " " in part and f"({part})" not in text]
    if not _MAIL.search(text) or len(line.others) > _NAME_AND_PLACE or (line.others and not people):
        return None
    return Credit(people[0] if len(people) == 1 else None, forms=CreditForm.ADDRESS)


def _read(text: str, names: Collection[str], phrases: BoilerplatePhrases) -> _Line:
    line, is_called = _Line(), False
    text = _without_days(_MAIL.sub(_BAR, text), line, phrases)
    for part in filter(fold, map(one_line, _BETWEEN.split(text))):
        folded = fold(part)
        name = _without_opening(part, phrases.bylines)
        if (is_called or len(name) < len(part)) and name and _may_be_name(name):
            line.author = line.author or name
        elif folded in names:
            line.is_known = True
        elif name and folded not in phrases.writers:
            rest = _without_opening(folded, (*phrases.datelines, *phrases.updates))
            if not set(phrases.beside_dates).issuperset(_NUMBER.sub("", rest).split()):
                line.others.append(part)
        is_called = not name or folded in phrases.writers
    return line


def _without_days(text: str, line: _Line, phrases: BoilerplatePhrases) -> str:
    """Take the full dates out of a text; the first is the line's day, if it is not that of a change."""
    is_change = opens_with(fold(text), phrases.updates)
    for found in reversed(dates(text)):
        if found.year and found.month and found.day:
            text = f"{text[: found.start]}{_BAR}{text[found.end :]}"
            line.day = None
            with suppress(ValueError):  # the 31st of a short month
                line.day = None if is_change else date(found.year, found.month, found.day)
    return text


def _without_opening(text: str, phrases: tuple[str, ...]) -> str:
    folded, length = f"{fold(text)} ", 0
    if opens_with(folded[:-1], phrases):
        length = max(len(phrase.split()) for phrase in phrases if folded.startswith(f"{phrase} "))
    return " ".join(text.split()[length:])


def _may_be_name(text: str) -> bool:
    return len(text.split()) <= _NAME_WORDS and not any(map(str.isdigit, text))
