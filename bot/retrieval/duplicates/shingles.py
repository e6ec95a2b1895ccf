"""Words of passages as 32-bit hashes, number tokens in one spelling, 2-shingles of words and their Jaccard index."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from itertools import chain, starmap

import numpy as np
from numpy.typing import NDArray

from bot.arabic import normal_words, normalise
from bot.storage import encode

_SEPARATED = re.compile(r"(?<!\d)\d++(?:[.,٫،٬']\d++)+")
_MARKS = re.compile(r"(?P<between>(?<=\d)[\W_]+(?=\d))|(?P<minus>\A[\W_]*[-\u2212](?=\d))|[\W_]+")
_ONE_SIGN = str.maketrans({**dict.fromkeys("\u2010\u2012\u2013\u2014\u2212", "-"), "\u2044": "/"})

Words = NDArray[np.uint32]
Shingles = NDArray[np.uint64]

LEAST_JACCARD = 0.75
"""The least Jaccard index, |A n B| / |A u B|, of the 2-shingles of two near duplicates. Chosen."""

_TOGETHER = 1 << 10  # passages read, and pairs compared; chosen
_NOT_WORD = re.compile(r"(?:[^\w\n]|_)+")
_DIGIT = re.compile(r"\d")
_BITS = np.uint64(32)


def number_token(form: str) -> str:
    """Strip the punctuation of a word with digits, but for marks that make it another number.

    These are a minus before it, and all between two digits: a fraction, a score, a time, a range. `form` is normal.
    """
    # Separators and decimals are read as `normal_words` reads them; a list or a date stays one word.
    return _MARKS.sub(_sign, _SEPARATED.sub(lambda number: ".".join(normal_words(number.group())), form))


def _sign(match: re.Match[str]) -> str:
    if match["between"]:
        return match["between"].translate(_ONE_SIGN)
    return "-" if match["minus"] else ""


def hash_chunks(chunks: Sequence[str]) -> tuple[NDArray[np.int64], Words]:
    """Hash the words of (n,) chunks by their normal forms to 32 bits, of which the lowest says whether one has a digit.

    Return how many each chunk has, (n,), and the hashes in order. Of a word with a digit the `number_token` is hashed,
    so that a sum keeps its decimals and its minus. What has neither letters nor digits is no word.
    """
    written = [chunk.split() for chunk in chunks]
    normal = normalise("\n".join(chain.from_iterable(written)))
    each = zip(normal.split("\n"), _NOT_WORD.sub("", normal).split("\n"), strict=True)
    owners = np.repeat(np.arange(len(chunks)), list(map(len, written)))
    hashes = np.fromiter(starmap(_hash, each), np.uint32)[: len(owners)]
    is_word = hashes > 0
    return np.bincount(owners[is_word], minlength=len(chunks)), hashes[is_word]


def _hash(form: str, letters: str) -> int:
    # Most are letters alone, which takes a fifth of the time to see.
    has_digit = not letters.isalpha() and _DIGIT.search(letters) is not None
    form = number_token(form) if has_digit else letters
    if not form:
        return 0
    hashed = int.from_bytes(blake2b(encode(form), digest_size=4).digest())
    return hashed | 1 if has_digit else hashed & ~1 or 2


def are_number_tokens(words: Words) -> NDArray[np.bool_]:
    """Which hashes are of words with a digit."""
    return (words & 1).astype(np.bool_)


def shingles(words: Words) -> Shingles:
    """Return the 2-shingles of (n,) word hashes: each with the next, (n - 1,) uint64."""
    return words[:-1].astype(np.uint64) << _BITS | words[1:]


def similar_passages(
    pairs: NDArray[np.int64], read: Callable[[Sequence[int]], Sequence[Shingles]]
) -> Mapping[int, set[int]]:
    """Map each passage that has near duplicates to these, given the (n, 2) pairs that may be some, sorted.

    `read` returns the shingles of passages. Each is read once, since there are far more pairs than passages.
    """
    passages, sets = np.unique(pairs), list[Shingles]()
    for at in range(0, len(passages), _TOGETHER):
        sets += map(np.unique, read(passages[at : at + _TOGETHER].tolist()))
    # The index is at most the size of the smaller set in that of the larger, which leaves half of the pairs.
    rows = np.searchsorted(passages, pairs)
    sizes = np.array(list(map(len, sets)), np.int64)[rows]
    rows = rows[sizes.min(axis=1) >= LEAST_JACCARD * sizes.max(axis=1)]
    similar: defaultdict[int, set[int]] = defaultdict(set)
    for at in range(0, len(rows), _TOGETHER):
        for row, other_row in rows[at : at + _TOGETHER].tolist():
            # Measured: sets of Python's take a tenth of the time that arrays take to intersect.
            own, others = set(sets[row].tolist()), sets[other_row]
            common = len(own.intersection(others.tolist()))
            if common >= LEAST_JACCARD * (len(own) + len(others) - common):
                passage, other = int(passages[row]), int(passages[other_row])
                similar[passage].add(other)
                similar[other].add(passage)
    return similar
