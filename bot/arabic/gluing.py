"""Words written without the space between them: «وزارةالخارجية», «فيمصر», «ماسبب»."""

import re
from collections.abc import Callable

from bot.arabic.normalise import normalise
from bot.arabic.words import words

Known = Callable[[str], bool]
"""Tells whether a word in normal form is known, such as to the vocabulary of an index."""
# «ة» ends a word, and so does «ى» but before a hamza that has no seat of its own (شىء).
_ENDED = re.compile("(?<=[ةى])([\u064b-\u0652\u0670]*)(?=[ا-ي])")
_PARTICLES = frozenset({"في", "من", "علي", "الي", "عن", "مع", "بين", "منذ", "حتي", "كم", "هل", "ما", "لا", "او"})
_ARTICLE = "ال"
_LEAST_LETTERS = 3
# Of two short words with nothing to tell them apart, chance makes many a name: «فيروز», «منصور».
_LEAST_TOGETHER = 7


def split_ended(text: str) -> str:
    """Put a space behind every letter that only ends words, in whatever vocabulary: «المدرسةالثانوية»."""
    return _ENDED.sub(r"\1 ", text)


def split_glued(normal: str, known: Known) -> int:
    """Return how many letters of an unknown word in normal form are the first of two known words; 0 where none are.

    The second word may best begin with the article; else the first is a particle or both are long enough together.
    """
    if known(normal):
        return 0
    ways = [length for length in range(2, len(normal) - _LEAST_LETTERS + 1) if _parts(normal, length, known)]
    return max(ways, key=lambda length: (normal.startswith(_ARTICLE, length), length), default=0)


def _parts(normal: str, length: int, known: Known) -> bool:
    first, second = normal[:length], normal[length:]
    if first in _PARTICLES:
        return known(second)
    together = len(normal) >= _LEAST_TOGETHER or second.startswith(_ARTICLE)
    return together and len(first) >= _LEAST_LETTERS and known(first) and known(second)


def with_spaces(text: str, split: Callable[[str], int]) -> str:
    """Put a space into every Arabic word of a text of whose normal form `split` returns the length of a first part."""
    parts, end = list[str](), 0
    for word in words(text):
        length = split(word.normal) if "ء" <= word.normal[:1] <= "ي" else 0
        if length:
            place = word.start + _written_length(text[word.start : word.end], word.normal[:length])
            parts += [text[end:place], " "]
            end = place
    return "".join([*parts, text[end:]])


def _written_length(written: str, normal: str) -> int:
    """Return how many characters of a word, marks included, have a normal form; the whole word where none have."""
    lengths = (length for length in range(len(written), 0, -1) if normalise(written[:length]) == normal)
    return next(lengths, len(written))
