"""Boilerplate: teasers, share lines, captions and lists of related news, recognised and taken out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum, auto
from functools import lru_cache
from typing import TypeVar

from bot.arabic import SentenceEnd, ends_sentence, normalise
from bot.articles.article import Block
from bot.articles.credits import CreditForm, read_credit
from bot.articles.marks import BoilerplatePhrases, any_of, fold, opening_pattern

_HEAD = 160  # characters; every mark and every short line fits
_SEPARATOR = re.compile(r"\W*?(?:[:|/\-–—>»›]|\.\.)")

_WORD = re.compile(r"\S+")
_BEFORE_COLON = 80  # characters; longer than any teaser phrase
_LONGEST_TEASER = 400  # characters after the colon
_OPENS_TEASER = "([|«-–—"
_PROSE_INSIDE = re.compile(r"[.…]\s+\S+\s+\S")

_BlockT = TypeVar("_BlockT", bound=Block)


class BoilerplateKind(Enum):
    """Kinds of blocks that are no text, by how many blocks after them go with them."""

    LINE = auto()
    TEASER = auto()
    TEASER_ABOVE_HEADLINE = auto()
    TAIL = auto()


class Recogniser:
    """The boilerplate phrases, compiled into patterns."""

    def __init__(self, phrases: BoilerplatePhrases) -> None:
        self.phrases = phrases
        self.teaser_at_end = re.compile(rf"(?:^|\W)({any_of(phrases.teasers)})\W*$")
        self._teasers = opening_pattern(phrases.teasers)
        self._colon_teasers = opening_pattern(phrases.colon_teasers)
        self._tails = frozenset(phrases.tails)
        self._whole_lines = frozenset(phrases.whole_lines)
        self._openings = opening_pattern(phrases.openings)
        self._notices = opening_pattern(phrases.notices)
        self._platforms = frozenset(phrases.platforms)

    def kind_of(self, text: str) -> BoilerplateKind | None:
        """Name the kind of navigation that a block is, or None for text."""
        if len(text.split(maxsplit=self.phrases.headline_words)) > self.phrases.headline_words:
            return None
        head = normalise(text[:_HEAD])
        folded = fold(head)
        if folded in self._tails:
            return BoilerplateKind.TAIL
        return self._teaser(text, head) or (BoilerplateKind.LINE if self._is_line(text, head, folded) else None)

    def is_headline(self, text: str) -> bool:
        """Tell whether a block looks like a bare headline: short, and no sentence of prose."""
        short = len(text.split()) <= self.phrases.headline_words
        return short and not ends_sentence(text, SentenceEnd.NO_HEADLINE)

    def _teaser(self, text: str, head: str) -> BoilerplateKind | None:
        match = self._teasers.match(head)
        bare = match is not None and self.is_headline(text)
        match = match or self._colon_teasers.match(head)
        if match is None:
            return None
        rest = head[match.end() :]
        separated = _SEPARATOR.match(rest) is not None
        if not fold(rest):
            return BoilerplateKind.TEASER_ABOVE_HEADLINE if bare or separated else None
        return BoilerplateKind.TEASER if bare or separated else None

    def _is_line(self, text: str, head: str, folded: str) -> bool:
        if folded in self._whole_lines or self._notices.match(head):
            return True
        words = folded.split()
        if not words or len(words) > self.phrases.line_words:
            return False
        if self._platforms.issuperset(words):
            return True
        credit = read_credit(text, (), self.phrases)
        forms = credit.forms if credit else CreditForm.NONE
        if CreditForm.AGENCY in forms:
            return True
        return self.is_headline(text) and (CreditForm.CAPTION in forms or self._openings.match(head) is not None)


@lru_cache(maxsize=4)
def recogniser(phrases: BoilerplatePhrases) -> Recogniser:
    """Compile the phrases once for all articles of a corpus."""
    return Recogniser(phrases)


def cut_inline_teaser(text: str, recogniser: Recogniser) -> str:
    """Return the paragraph without the teaser that ends it, or the same paragraph."""
    colon = text.find(":", max(0, len(text) - _LONGEST_TEASER))
    while colon >= 0:
        start = _teaser_start(text, colon, recogniser)
        if start is not None and _is_teased(text[colon + 1 :], recogniser):
            return text[:start].rstrip(_OPENS_TEASER + " ")
        colon = text.find(":", colon + 1)
    return text


def _teaser_start(text: str, colon: int, recogniser: Recogniser) -> int | None:
    """Find where the teaser phrase before a colon begins, if there is one and a sentence ended before it."""
    begin = max(0, colon - _BEFORE_COLON)
    match = recogniser.teaser_at_end.search(normalise(text[begin:colon]))
    if match is None:
        return None
    words = [word.start() for word in _WORD.finditer(text, begin, colon) if fold(word[0])]
    start = words[-min(len(fold(match[1]).split()), len(words))]
    opened = not text[start].isalnum()
    before = text[:start].rstrip()
    apart = opened or ends_sentence(before, SentenceEnd.SEPARATED) or before.endswith(tuple(_OPENS_TEASER))
    return start if apart else None


def _is_teased(rest: str, recogniser: Recogniser) -> bool:
    short = len(rest.split()) <= recogniser.phrases.headline_words
    return short and _PROSE_INSIDE.search(rest) is None


def strip_navigation(blocks: Sequence[_BlockT], phrases: BoilerplatePhrases) -> list[_BlockT]:
    """Drop teasers, related-news lists, share, credit and caption lines."""
    recognise = recogniser(phrases)
    return [block for block in _texts(blocks, recognise) if block.text]


def _texts(blocks: Sequence[_BlockT], recognise: Recogniser) -> Iterator[_BlockT]:
    index = 0
    while index < len(blocks):
        end = _navigation_end(blocks, index, recognise)
        if end == index:
            yield _without_teaser(blocks[index], recognise)
        index = max(end, index + 1)


def _without_teaser(block: _BlockT, recognise: Recogniser) -> _BlockT:
    text = cut_inline_teaser(block.text, recognise)
    return block if text is block.text else replace(block, text=text)


def _navigation_end(blocks: Sequence[Block], start: int, recognise: Recogniser) -> int:
    """Find where navigation that starts at a block ends; the start itself where it is text."""
    kind = recognise.kind_of(blocks[start].text)
    if kind is None or (kind is BoilerplateKind.LINE and blocks[start].heading):
        return start
    if kind is BoilerplateKind.TAIL:
        return _run_end(blocks, start + 1, recognise)
    if kind is BoilerplateKind.TEASER_ABOVE_HEADLINE:
        return _teased_end(blocks, start + 1, recognise)
    return start + 1


def _run_end(blocks: Sequence[Block], start: int, recognise: Recogniser) -> int:
    end = start
    while end < len(blocks) and _belongs_to_list(blocks[end], recognise):
        end += 1
    return end


def _belongs_to_list(block: Block, recognise: Recogniser) -> bool:
    if block.heading:
        return False
    return recognise.is_headline(block.text) or recognise.kind_of(block.text) is not None


def _teased_end(blocks: Sequence[Block], start: int, recognise: Recogniser) -> int:
    """Take along the one headline below a teaser, or all of them where they are a list's items."""
    end = start
    while end < len(blocks) and not blocks[end].heading and recognise.is_headline(blocks[end].text):
        end += 1
        if not blocks[end - 1].item:
            break
    return end
