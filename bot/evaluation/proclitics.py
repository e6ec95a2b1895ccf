"""What is written onto a word: conjunctions and prepositions, which its replacement keeps."""

import re
from collections.abc import Collection, Iterator

from bot.evaluation.swap_words import ARTICLE

_PROCLITICS = [re.compile(f"({letters})(?=...)") for letters in ("[وف][بلك]", "[وفبلك]")]
# «لل» is «ل» before «ال».
_MERGED = re.compile(r"([وف]?لل)(?=..)")


def splits(normal: str, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """Divide a word in normal form into what may be written onto it and itself, the likeliest first.

    Only an article, or that the rest is `known`, tells a proclitic from the first letter of a word.
    """
    if merged := _MERGED.match(normal):
        yield merged[1], ARTICLE + normal[merged.end() :]
    for pattern in _PROCLITICS:
        proclitics = pattern.match(normal)
        rest = normal[proclitics.end() :] if proclitics else ""
        if proclitics and (rest.startswith(ARTICLE) or rest in known):
            yield proclitics[1], rest
    yield "", normal


def joined(proclitics: str, word: str) -> str:
    """Write proclitics onto a word."""
    return proclitics + word.removeprefix(ARTICLE) if proclitics.endswith("لل") else proclitics + word
