"""The date of the event that a sentence tells of, where the sentence gives it: «تأسست عام 2003»."""

import re
from dataclasses import replace
from datetime import date

from bot.answering.answer import Quote
from bot.answering.knowledge import Lexicon
from bot.arabic import ARTICLE, CONJUNCTIONS, Date, Span, dates, words

# Chosen: of 60 sentences with the only date behind so many words, read by eye, 56 told of an event of that date.
_MOST_BEFORE = 12
_MOST_VERBS = 1
_DIGIT = re.compile(r"\d")
_FIRST_YEAR = 1000
# A bare year is one behind these alone: «لسنة 2016» is of a law or a budget.
_IN, _TO, _YEAR_WORDS = "في", "ل", frozenset({"عام", "سنه", "العام"})


def event_date(text: str, published: date | None, lexicon: Lexicon) -> str | None:
    """Return the date of the event that a sentence tells of, in ISO 8601 as far as it is given; None in doubt.

    It is the only date of the sentence, stands near its beginning and in no clause of its own, and is not after the day
    of publication. A date without a year is none.
    """
    found = _dates(text)
    if len(found) != 1 or (found[0].year or 0) < _FIRST_YEAR:
        return None
    before = [word.normal for word in words(text) if word.start < found[0].start]
    told = _iso(found[0])
    # A month has no day after the day that it is published on.
    is_past = published is None or told <= published.isoformat()
    return told if is_past and _is_of_main_clause(before, found[0], lexicon) else None


def with_event_date(quote: Quote, lexicon: Lexicon) -> Quote:
    """Add the date of its event to a quote of a timeline, and mark other full dates than the one that it is under."""
    quote = replace(quote, event_date=event_date(quote.text, quote.article.published, lexicon))
    full = (one for one in _dates(quote.text) if one.year and one.month and one.day)
    return replace(quote, highlights=tuple(Span(one.start, one.end) for one in full if _iso(one) != quote.dated))


def _dates(text: str) -> list[Date]:
    # News writes the year of a date in digits, and to look for dates in words takes as long as all the rest.
    return dates(text) if _DIGIT.search(text) else []


def _is_of_main_clause(before: list[str], found: Date, lexicon: Lexicon) -> bool:
    """Whether a date behind these words is of the sentence's own verb."""
    if len(before) > _MOST_BEFORE or (not found.month and not {_IN, *_YEAR_WORDS}.intersection(before[-1:])):
        return False
    if any(one.startswith(_TO) and not one.startswith(ARTICLE) for one in before[-1:]):
        return False
    bare = [_without_conjunction(one, lexicon) for one in before]
    verbs = sum(lexicon.everyday.is_verb(one) for one in bare if one not in lexicon.answer_words.auxiliaries)
    return verbs <= _MOST_VERBS and lexicon.answer_words.undated.isdisjoint((*before, *bare))


def _without_conjunction(normal: str, lexicon: Lexicon) -> str:
    is_own = normal[:1] not in CONJUNCTIONS or lexicon.everyday.is_verb(normal)
    return normal if is_own else normal[1:]


def _iso(found: Date) -> str:
    year, month, day = found.parts
    parts = (year, month, day if month else None)
    return "-".join(f"{part:02}" for part in parts if part)
