"""Reduces passages to numbers: their words, and the pairs of words that stand side by side in them."""

import re
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from bot.arabic import normalise
from bot.retrieval.figures import figure
from bot.storage import encode

Words = NDArray[np.uint32]
Pairs = NDArray[np.uint64]

_NOT_WORD = re.compile(r"[\W_]+")
_DIGIT = re.compile(r"\d")
_BITS = np.uint64(32)
_REMEMBERED = 1 << 16


class WordNumbers:
    """A number for each word, made of a digest of its normal form; it is odd if the word has a digit.

    What is a word with a digit depends on `figure`, so that a sum keeps its decimals and its minus.
    """

    def __init__(self) -> None:
        self._numbers = _Numbers()

    def __call__(self, text: str) -> Words:
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
    form = figure(form) if is_figure else _NOT_WORD.sub("", form)
    if not form:
        return 0
    number = int.from_bytes(blake2b(encode(form), digest_size=4).digest())
    return number | 1 if is_figure else number & ~1 or 2


def are_figures(words: Words) -> NDArray[np.bool_]:
    """Tell which words have a digit."""
    return (words & 1).astype(np.bool_)


def pairs(words: Words) -> Pairs:
    """Return the pairs of words of which each stands right before the next one's second."""
    return words[:-1].astype(np.uint64) << _BITS | words[1:]
