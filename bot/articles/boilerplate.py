"""Boilerplate: teasers, share lines, captions and lists of related news, recognised and taken out."""

import re
from collections.abc import Sequence
from dataclasses import replace
from enum import Enum, auto
from functools import lru_cache
from typing import TypeVar

from bot.arabic import SentenceEnd, ends_sentence, normalise
from bot.articles.article import Block
from bot.articles.marks import BoilerplatePhrases, any_of, fold, opening_pattern

_HEAD = 160  # characters; every mark and every short line fits
_SEPARATOR = re.compile(r"\W*?(?:[:|/\-–—>»›]|\.\.)")

_WORD = re.compile(r"\S+")
_BEFORE_COLON = 80  # characters; longer than any teaser phrase
_LONGEST_TEASER = 400  # characters after the colon
_OPENS_TEASER = "([|«-–—"
_PROSE_INSIDE = re.compile(r"[.…]\s+\S+\s+\S")
_BETWEEN_AGENCIES = re.compile(r"[/|،,–—-]")
_BRACKETED_END = re.compile(r"[(\[]([^()\[\]]+)[)\]]\W*$")

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
        self._labels = opening_pattern(phrases.labels)
        self._captions = re.compile(rf"\b(?:{any_of(phrases.captions)})\b")
        self._agencies = frozenset(phrases.agencies)

    def kind_of(self, text: str) -> BoilerplateKind | None:
        """Return the kind of navigation that a block is, None for text."""
        if len(text.split(maxsplit=self.phrases.headline_words)) > self.phrases.headline_words:
            return None
        head = normalise(text[:_HEAD])
        folded = fold(head)
        if folded in self._tails:
            return BoilerplateKind.TAIL
        return self._teaser(text, head) or (BoilerplateKind.LINE if self._is_line(text, head, folded) else None)

    def is_headline(self, text: str) -> bool:
        """Whether a block looks like a bare headline: short, and no sentence of prose."""
        short = len(text.split()) <= self.phrases.headline_words
        return short and not ends_sentence(text, SentenceEnd.NO_HEADLINE)

    def _teaser(self, text: str, head: str) -> BoilerplateKind | None:
        match = self._teasers.match(head)
        bare = match is not None and self.is_headline(text)
        match = match or self._colon_teasers.match(head)
        rest = head[match.end() :] if match else ""
        if match is None or not (bare or _SEPARATOR.match(rest)):
            return None
        return BoilerplateKind.TEASER if fold(rest) else BoilerplateKind.TEASER_ABOVE_HEADLINE

    def _is_line(self, text: str, head: str, folded: str) -> bool:
        if folded in self._whole_lines or self._notices.match(head) or text.startswith("©"):
            return True
        words = folded.split()
        if not words or len(words) > self.phrases.line_words:
            return False
        if self._platforms.issuperset(words):
            return True
        # «(رويترز)» or «- وات -»; without brackets or dashes some agencies are words or towns.
        if not (text[0].isalnum() and text[-1].isalnum()) and self._names_agencies(text):
            return True
        return self.is_headline(text) and (self._is_caption(head, folded) or self._openings.match(head) is not None)

    def _is_caption(self, head: str, folded: str) -> bool:
        """Whether a line is a caption, by its label («صورة:»), its words or an agency in brackets at its end."""
        label = self._labels.match(head)
        if label is not None and head[label.end() :].lstrip().startswith(":"):
            return True
        bracketed = _BRACKETED_END.search(head)
        is_agency = bracketed is not None and self._names_agencies(bracketed[1])
        return is_agency or self._captions.search(folded) is not None

    def _names_agencies(self, text: str) -> bool:
        names = [name for name in map(fold, _BETWEEN_AGENCIES.split(text)) if name]
        return bool(names) and self._agencies.issuperset(names)


recogniser = lru_cache(maxsize=4)(Recogniser)
"""Compiles the phrases once for all articles of a corpus."""


def cut_inline_teaser(text: str, recogniser: Recogniser) -> str:
    """Return the paragraph without the teaser that ends it, or the same paragraph."""
    colon = text.find(":", max(0, len(text) - _LONGEST_TEASER))
    while colon >= 0:
        start = _teaser_start(text, colon, recogniser)
        is_short = len(text[colon + 1 :].split()) <= recogniser.phrases.headline_words
        if start is not None and is_short and not _PROSE_INSIDE.search(text, colon + 1):
            return text[:start].rstrip(_OPENS_TEASER + " ")
        colon = text.find(":", colon + 1)
    return text


def _teaser_start(text: str, colon: int, recogniser: Recogniser) -> int | None:
    """Find where the teaser phrase before a colon begins, if there is one behind the end of a sentence."""
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


def strip_navigation(blocks: Sequence[_BlockT], phrases: BoilerplatePhrases) -> list[_BlockT]:
    """Drop teasers, related-news lists, share, credit and caption lines."""
    recognise, kept, place = recogniser(phrases), list[_BlockT](), 0
    while place < len(blocks):
        end = _navigation_end(blocks, place, recognise)
        if end == place:
            block = blocks[place]
            text = cut_inline_teaser(block.text, recognise)
            kept.append(block if text is block.text else replace(block, text=text))
        place = max(end, place + 1)
    return [block for block in kept if block.text]


def _navigation_end(blocks: Sequence[Block], start: int, recognise: Recogniser) -> int:
    """Find where navigation that starts at a block ends; the start itself where it is text."""
    kind = recognise.kind_of(blocks[start].text)
    if kind is None or (kind is BoilerplateKind.LINE and blocks[start].heading):
        return start
    is_tail, is_above = kind is BoilerplateKind.TAIL, kind is BoilerplateKind.TEASER_ABOVE_HEADLINE
    end = start + 1
    while (is_tail or is_above) and end < len(blocks) and not blocks[end].heading:
        is_listed = recognise.is_headline(blocks[end].text)
        if not (is_listed or (is_tail and recognise.kind_of(blocks[end].text) is not None)):
            break
        end += 1
        # Below a teaser goes one headline, or all of them where they are a list's items.
        if is_above and not blocks[end - 1].item:
            break
    return end
