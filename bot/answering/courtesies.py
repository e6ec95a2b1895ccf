"""Greetings and thanks around a question: «السلام عليكم، متى …؟ شكرا جزيلا»."""

from collections.abc import Sequence
from itertools import takewhile

from bot.answering.lexicon import Lexicon
from bot.arabic import Word

_ALONE = frozenset("،,.!؟?؛;:\n…")
# One word at an end may belong to the question: «صباح فخري», «أبو الخير».
_SURE = 2


def courtesies(text: str, found: Sequence[Word], lexicon: Lexicon) -> list[Word]:
    """Return the words of greeting and thanks before and behind a question, each run of two or set off by a mark."""
    polite = lexicon.greetings | lexicon.thanks
    before = list(takewhile(lambda word: word.normal in polite, found))
    behind = list(takewhile(lambda word: word.normal in polite, reversed(found[len(before) :])))
    if len(before) == len(found):
        return []
    kept = before if len(before) >= _SURE or _is_set_off(text, found, len(before)) else []
    return kept + (behind if len(behind) >= _SURE or _is_set_off(text, found, len(found) - len(behind)) else [])


def _is_set_off(text: str, found: Sequence[Word], at: int) -> bool:
    """Tell whether a mark stands between two neighbouring words."""
    return 0 < at < len(found) and not _ALONE.isdisjoint(text[found[at - 1].end : found[at].start])
