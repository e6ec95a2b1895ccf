"""Prose, and the blocks among it that are none: bylines, datelines, paywall notices, fragments."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache

from bot.arabic import SentenceEnd, dates, ends_sentence
from bot.articles.article import Block
from bot.articles.html.metadata import full_day
from bot.articles.marks import GAP, BoilerplatePhrases, fold, opens_with

_SENTENCE_WORDS = 8
_BIOGRAPHY_WORDS, _STATED_WORDS = 45, 8
_PUNCTUATION = frozenset(".،؛؟!,…")
_LEAST_WORDS = 3
_SIGN = re.compile(r"\d{1,2}:\d{2}|[^\W\d_]{1,2}(?:[\s./,،-]+[^\W\d_]{1,2}){1,7}[.]?")


def is_prose(block: Block) -> bool:
    """Whether a block is a sentence, not links in a row."""
    long = len(block.text.split()) >= _SENTENCE_WORDS
    return long and not block.heading and not _PUNCTUATION.isdisjoint(block.text)


def is_paywall_notice(text: str, phrases: BoilerplatePhrases) -> bool:
    """Whether a text is a short notice that the rest is for subscribers."""
    return len(text.split()) <= phrases.headline_words and has_phrase(text, phrases.paywalls)


def has_phrase(text: str, phrases: tuple[str, ...]) -> bool:
    """Whether one of some phrases stands in a text."""
    folded, by_word = f" {fold(text)} ", _by_first_word(phrases)
    return any(_has_parts(folded, parts) for word in by_word.keys() & folded.split() for parts in by_word[word])


# The short lines of a page are asked for all of a hundred phrases, and few have even the first word of one.
@lru_cache(maxsize=1 << 5)
def _by_first_word(phrases: tuple[str, ...]) -> dict[str, list[list[str]]]:
    """Return the parts of phrases, each between two spaces, by the first word of each phrase."""
    found = defaultdict[str, list[list[str]]](list)
    for phrase in phrases:
        found[phrase.split(maxsplit=1)[0]].append([f" {part.strip()} " for part in phrase.split(GAP)])
    return dict(found)


def _has_parts(folded: str, parts: Sequence[str]) -> bool:
    for part in parts:
        _, found, rest = folded.partition(part)
        if not found:
            return False
        folded = f" {rest}"
    return True


def drop_fragments(blocks: Iterable[Block]) -> Iterator[Block]:
    """Leave out blocks of few words, unless they end a sentence or answer a question.

    The answer of an interview may be one word, and without it the next answer would stand under its question.
    """
    asked = False
    for block in blocks:
        if asked or not is_fragment(block):
            yield block
            asked = ends_sentence(block.text, SentenceEnd.QUESTION)


def is_fragment(block: Block) -> bool:
    """Whether a block is too short for a paragraph, and no sentence."""
    short = not block.heading and not block.item and len(block.text.split()) < _LEAST_WORDS
    is_sentence = any(map(str.isalpha, block.text)) and ends_sentence(block.text, SentenceEnd.PARAGRAPH)
    # A clock, or the initials of those who wrote and edited.
    is_sign = not block.heading and _SIGN.fullmatch(block.text) is not None
    return is_sign or (short and not is_sentence)


def is_byline(text: str, phrases: BoilerplatePhrases) -> bool:
    """Whether a text is a short line that opens with «by», or that says when the article appeared or changed."""
    if len(text.split(maxsplit=phrases.line_words)) > phrases.line_words or ends_sentence(text):
        return False
    return opens_with(fold(text), phrases.bylines) or _is_dateline(text, phrases)


def _is_dateline(text: str, phrases: BoilerplatePhrases) -> bool:
    # Nothing but a day or an hour follows these, in whatever language and form.
    if opens_with(fold(text), phrases.updates) and any(map(str.isdigit, text)):
        return True
    for day in dates(text):
        if day.year and day.month and day.day:
            rest = fold(f"{text[: day.start]} {text[day.end :]}")
            words = [word for word in re.sub(r"\d+", "", rest).split() if word not in phrases.beside_dates]
            # «الثلاثاء 9 نيسان 2013 - كتبت: …»
            is_signed = ":" in text and opens_with(" ".join(words), phrases.labels)
            return not words or is_signed or opens_with(rest, phrases.datelines)
    return False


def drop_bylines(blocks: Iterable[Block], phrases: BoilerplatePhrases) -> tuple[list[Block], date | None]:
    """Leave out bylines and datelines, wherever they stand; return the first day that is not that of a change.

    Above the text, any line with a day is one.
    """
    kept, day, is_above = list[Block](), None, True
    for block in blocks:
        is_above = is_above and not is_prose(block)
        is_line = is_above and not block.heading and not ends_sentence(block.text) and full_day(block.text)
        if not (is_line or is_byline(block.text, phrases)):
            kept.append(block)
        elif day is None and not opens_with(fold(block.text), phrases.updates):
            day = full_day(block.text)
    return kept, day


def drop_biography(blocks: Sequence[Block], author: str | None, phrases: BoilerplatePhrases) -> list[Block]:
    """Leave out the last blocks that say who the writer is, behind the name or the only star of the text."""
    kept = list(blocks)
    while len(kept) > 1 and len(kept[-1].text.split()) <= _BIOGRAPHY_WORDS:
        folded = fold(kept[-1].text)
        is_starred = kept[-1].text.startswith("*") and sum("*" in block.text for block in kept) == 1
        is_named = author is not None and opens_with(folded, (fold(author),))
        if not (is_starred or is_named) or {*folded.split()[:_STATED_WORDS]}.isdisjoint(phrases.writers):
            break
        kept.pop()
    return kept


def strip_byline(author: str | None, phrases: BoilerplatePhrases) -> str | None:
    """Take «by» off a name."""
    folded = f"{fold(author or '')} "
    length = max((len(phrase.split()) for phrase in phrases.bylines if folded.startswith(f"{phrase} ")), default=0)
    return " ".join((author or "").split()[length:]).strip(":،,- ") or None
