"""Reduces passages to the pairs of words that stand side by side in them, as numbers."""

import re
from array import array
from collections.abc import Iterable, Iterator
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from bot.arabic import normalise
from bot.storage import encode

_NOT_WORD = re.compile(r"[\W_]+")
_BITS = np.uint64(32)
_SLOTS = 24  # bits; a table of 64 MB, in which the pairs of 10,000 articles seldom meet
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # Knuth's multiplicative hashing, The Art of Computer Programming 6.4
_REMEMBERED = 1 << 16
_CHUNK = 4096  # passages at a time, so that what is only needed on the way stays small


class _Numbers(dict[str, int]):
    """A number for each word, 32 bits of a digest of its normal form; 0 for what is no word."""

    def __init__(self) -> None:
        super().__init__()
        self.figures: set[int] = set()

    def __missing__(self, word: str) -> int:
        # A large corpus has more words than it is worth to remember.
        if len(self) >= _REMEMBERED:
            self.clear()
        form = _NOT_WORD.sub("", normalise(word))
        number = int.from_bytes(blake2b(encode(form), digest_size=4).digest()) or 1 if form else 0
        if any(map(str.isdecimal, form)):
            self.figures.add(number)
        self[word] = number
        return number


class Shingles:
    """The words of passages as numbers, all in one row."""

    def __init__(self, texts: Iterable[str]) -> None:
        numbers = _Numbers()
        row, starts = array("I"), array("q", [0])
        for text in texts:
            row.extend(filter(None, map(numbers.__getitem__, text.split())))
            starts.append(len(row))
        self._words = np.frombuffer(row, np.uint32)
        self._starts = np.frombuffer(starts, np.int64)
        self._figures = numbers.figures

    def __len__(self) -> int:
        return len(self._starts) - 1

    def lengths(self) -> NDArray[np.int64]:
        """Return how many words each passage has."""
        return np.diff(self._starts)

    def words(self, passage: int) -> bytes:
        """Return a digest of the words of a passage."""
        return blake2b(self._row(passage), digest_size=16).digest()

    def figures(self, passage: int) -> int:
        """Return a digest of the words of a passage that have digits in them, whatever their order."""
        return hash(frozenset(self._figures.intersection(self._row(passage).tolist())))

    def rarities(self, passages: NDArray[np.int64]) -> NDArray[np.uint32]:
        """Count how often pairs of words occur in passages, by `slots`; those in one slot are counted together."""
        counts = np.zeros(1 << _SLOTS, np.uint32)
        for _, _, pairs in self.pairs(passages):
            np.add.at(counts, slots(pairs), np.uint32(1))
        return counts

    def pairs(
        self, passages: NDArray[np.int64]
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint64]]]:
        """Yield the passages in chunks, how many pairs of neighbouring words each has, and these pairs in a row.

        A pair is the numbers of its two words in one of 64 bits.
        """
        for begin in range(0, len(passages), _CHUNK):
            chunk = passages[begin : begin + _CHUNK]
            sizes = np.maximum(self._starts[chunk + 1] - self._starts[chunk] - 1, 0)
            ends = np.cumsum(sizes)
            firsts = np.arange(ends[-1]) + np.repeat(self._starts[chunk] - (ends - sizes), sizes)
            yield chunk, sizes, self._words[firsts].astype(np.uint64) << _BITS | self._words[firsts + 1]

    def _row(self, passage: int) -> NDArray[np.uint32]:
        return self._words[self._starts[passage] : self._starts[passage + 1]]


def slots(pairs: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return the places of pairs in a table of 2^24."""
    return (pairs * _SPREAD >> np.uint64(64 - _SLOTS)).astype(np.int64)
