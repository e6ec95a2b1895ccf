"""Tests of what is prose: bylines and datelines, paywalls, short blocks that are none."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.arabic import SentenceEnd, dates, ends_sentence
from bot.articles.article import Block
from bot.articles.marks import BoilerplatePhrases, fold

_TEASER_WORDS = 150  # before a paywall; the whole articles that subscribers save have more
_SENTENCE_WORDS = 8
_PUNCTUATION = frozenset(".،؛؟!,…")
_NUMBER = re.compile(r"\d+")

_LEAST_WORDS = 3


def is_prose(block: Block) -> bool:
    """Tell a sentence from links in a row."""
    long = len(block.text.split()) >= _SENTENCE_WORDS
    return long and not block.heading and not _PUNCTUATION.isdisjoint(block.text)


def is_byline(block: Block, phrases: BoilerplatePhrases) -> bool:
    """Tell whether a block is a short line with the author's name."""
    short = len(block.text.split()) <= phrases.line_words and not ends_sentence(block.text)
    return short and _byline_words(block.text, phrases) > 0


def is_dateline(block: Block, phrases: BoilerplatePhrases) -> bool:
    """Tell whether a block is a short line that says when the article was published or changed, and no more."""
    if len(block.text.split()) > phrases.line_words or ends_sentence(block.text):
        return False
    # Nothing but a day or an hour follows these, in whatever language and form.
    if opens_with(fold(block.text), phrases.updates) and any(map(str.isdigit, block.text)):
        return True
    for day in dates(block.text):
        if day.year and day.month and day.day:
            rest = fold(f"{block.text[: day.start]} {block.text[day.end :]}")
            words = _NUMBER.sub("", rest).split()
            return opens_with(rest, phrases.datelines) or set(phrases.beside_dates).issuperset(words)
    return False


def opens_with(folded: str, phrases: Iterable[str]) -> bool:
    """Tell whether a folded text begins with one of some phrases."""
    return any(f"{folded} ".startswith(f"{phrase} ") for phrase in phrases)


def strip_byline(author: str | None, phrases: BoilerplatePhrases) -> str | None:
    """Take «by» off a name."""
    if author is None:
        return None
    return " ".join(author.split()[_byline_words(author, phrases) :]).strip(":،,- ") or None


def is_cut_off(blocks: Sequence[Block], phrases: BoilerplatePhrases, *, for_subscribers: bool) -> bool:
    """Tell whether a text is the little that a paywall shows; `for_subscribers` is what the page says of itself."""
    if sum(len(block.text.split()) for block in blocks) > _TEASER_WORDS:
        return False
    return for_subscribers or any(is_paywall_notice(block.text, phrases) for block in blocks)


def is_paywall_notice(text: str, phrases: BoilerplatePhrases) -> bool:
    """Tell whether a text is a short notice that the rest is for subscribers."""
    short = len(text.split()) <= phrases.headline_words
    return short and has_phrase(text, phrases.paywalls)


def has_phrase(text: str, phrases: Iterable[str]) -> bool:
    """Tell whether one of some phrases stands in a text."""
    folded = f" {fold(text)} "
    return any(f" {phrase} " in folded for phrase in phrases)


def _byline_words(text: str, phrases: BoilerplatePhrases) -> int:
    """Count the words that a text opens with before a name stands."""
    folded = f"{fold(text)} "
    return max((len(phrase.split()) for phrase in phrases.bylines if folded.startswith(f"{phrase} ")), default=0)


def drop_fragments(blocks: Iterable[Block]) -> Iterator[Block]:
    """Leave out what is short, unless it ends a sentence or answers a question.

    The answer of an interview may be one word, and without it the next answer would stand under its question.
    """
    asked = False
    for block in blocks:
        if asked or not is_fragment(block):
            yield block
            asked = ends_sentence(block.text, SentenceEnd.QUESTION)


def is_fragment(block: Block) -> bool:
    """Tell whether a block is too short for a paragraph, and no sentence."""
    short = not block.heading and not block.item and len(block.text.split()) < _LEAST_WORDS
    is_sentence = any(map(str.isalpha, block.text)) and ends_sentence(block.text, SentenceEnd.PARAGRAPH)
    return short and not is_sentence
