"""Cuts a teaser off the end of a paragraph that runs into it."""

import re

from bot.arabic import normalise
from bot.articles.marks import fold
from bot.articles.recognition import Recogniser

_WORD = re.compile(r"\S+")
_BEFORE_COLON = 80  # characters; longer than any teaser phrase
_LONGEST_TEASER = 400  # characters after the colon
_ENDS_SENTENCE = tuple('.!?؟…»"”)]|')
_OPENS_TEASER = "([|«-–—"
_PROSE_INSIDE = re.compile(r"[.…]\s+\S+\s+\S")


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
    apart = opened or text[:start].rstrip().endswith((*_ENDS_SENTENCE, *_OPENS_TEASER))
    return start if apart else None


def _is_teased(rest: str, recogniser: Recogniser) -> bool:
    short = len(rest.split()) <= recogniser.marks.headline_words
    return short and _PROSE_INSIDE.search(rest) is None
