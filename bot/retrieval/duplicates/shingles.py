"""Passages as numbers: words, figures in one spelling, and shingles of two neighbouring words."""

import re
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from bot.arabic import normal_words, normalise
from bot.storage import encode

_SEPARATED = re.compile(r"(?<!\d)\d++(?:[.,٫،٬']\d++)+")
_MARKS = re.compile(r"(?P<between>(?<=\d)[\W_]+(?=\d))|(?P<minus>\A[\W_]*[-\u2212](?=\d))|[\W_]+")
_ONE_SIGN = str.maketrans({**dict.fromkeys("\u2010\u2012\u2013\u2014\u2212", "-"), "\u2044": "/"})

Words = NDArray[np.uint32]
Pairs = NDArray[np.uint64]

_NOT_WORD = re.compile(r"[\W_]+")
_DIGIT = re.compile(r"\d")
_BITS = np.uint64(32)
_REMEMBERED = 1 << 16


def number_token(form: str) -> str:
    """Write the normal form of a word with digits without marks, but for those that make it another number.

    These are a minus before it, and whatever stands between two digits: of a fraction, a score, a time, a range.
    """
    return _MARKS.sub(_sign, _SEPARATED.sub(_read, form))


def _read(match: re.Match[str]) -> str:
    """Read a number with thousands and decimals as all of the bot does; a list or a date stays one word."""
    return ".".join(normal_words(match.group()))


def _sign(match: re.Match[str]) -> str:
    if match["between"]:
        return match["between"].translate(_ONE_SIGN)
    return "-" if match["minus"] else ""


class WordHasher:
    """A number for each word, made of a digest of its normal form; it is odd if the word has a digit.

    What is a word with a digit depends on `number_token`, so that a sum keeps its decimals and its minus.
    """

    def __init__(self) -> None:
        self._numbers = _Numbers()

    def hash_words(self, text: str) -> Words:
        """Return the numbers of the words of a text in order."""
        return np.fromiter(filter(None, map(self._numbers.__getitem__, text.split())), np.uint32)


class _Numbers(dict[str, int]):
    """Those of words that were met; 0 for what is no word."""

    def __missing__(self, word: str) -> int:
        # A large corpus has more words than it is worth to remember.
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = number = _number(normalise(word))
        return number


def _number(form: str) -> int:
    is_figure = _DIGIT.search(form) is not None
    form = number_token(form) if is_figure else _NOT_WORD.sub("", form)
    if not form:
        return 0
    number = int.from_bytes(blake2b(encode(form), digest_size=4).digest())
    return number | 1 if is_figure else number & ~1 or 2


def are_number_tokens(words: Words) -> NDArray[np.bool_]:
    """Tell which words have a digit."""
    return (words & 1).astype(np.bool_)


def pairs(words: Words) -> Pairs:
    """Return the pairs of words of which each stands right before the next one's second."""
    return words[:-1].astype(np.uint64) << _BITS | words[1:]
