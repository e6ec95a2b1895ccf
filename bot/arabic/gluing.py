"""Words written without the space between them: «وزارةالخارجية», «فيمصر», «ماسبب»."""

import re
from collections.abc import Callable

from bot.arabic.normalise import normalise
from bot.arabic.words import words

Together = Callable[[str, str], bool]
"""Tells whether two words in normal form can be what was written as one."""
# «ة» ends a word, and so does «ى» but before a hamza that has no seat of its own (شىء).
_ENDED = re.compile("(?<=[ةى])([\u064b-\u0652\u0670]*)(?=[ا-ي])")
_ARTICLE = "ال"
_LEAST_FIRST, _LEAST_SECOND = 2, 3


def split_ended(text: str) -> str:
    """Put a space behind every letter that only ends words, in whatever vocabulary: «المدرسةالثانوية»."""
    return _ENDED.sub(r"\1 ", text)


def split_glued(normal: str, together: Together) -> int:
    """Return how many letters of a word in normal form are the first of two words that belong together; 0 for none.

    The second has three letters or more, and best begins with the article.
    """
    lengths = range(_LEAST_FIRST, len(normal) - _LEAST_SECOND + 1)
    ways = [length for length in lengths if together(normal[:length], normal[length:])]
    return max(ways, key=lambda length: (normal.startswith(_ARTICLE, length), length), default=0)


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
