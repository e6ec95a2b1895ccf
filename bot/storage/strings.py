"""String tables: strings by number, sorted strings found by bisection, and maps of strings that take little memory."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import pairwise
from typing import Any, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from bot.storage.arrays import Arrays, IntArray, gather_ranges, offsets

K = TypeVar("K")
T = TypeVar("T")

# Few words make up most messages; the bound keeps a hostile stream of new ones out of memory.
_MOST_REMEMBERED = 1 << 13
# A question looks for each of its words several times, and the words that stand for them are those of many questions.
_REMEMBERED = 1 << 15
# Words that mean the same are looked for together, a few hundred at a time.
_REMEMBERED_SETS = 1 << 11
# So many bytes fill a number; most strings differ in them.
_PREFIX, _FILLING = 8, b"\0"
# The two highest bits of a byte of UTF-8, and what they are within a character.
_HIGHEST, _CONTINUES = 0xC0, 0x80
# Strings decoded together, so that what is computed stays small. Chosen.
_BLOCK = 1 << 12


class Memory(dict[K, T]):
    """What a function finds for keys, each once: of those looked up last, at most so many.

    In an edition, the function must not hold what has the memory: such a circle would outlast the edition.
    """

    def __init__(self, find: Callable[[K], T], most: int | None = None) -> None:
        super().__init__()
        self._find, self._half, self._older = find, (most or _MOST_REMEMBERED) // 2, dict[K, T]()

    def __missing__(self, key: K) -> T:
        older = self._older
        found = older[key] if key in older else self._find(key)
        if len(self) >= self._half:
            self._older = dict(self)
            self.clear()
        self[key] = found
        return found


class TextTable:
    """Strings by number, kept as one array of UTF-8 bytes and offsets."""

    def __init__(self, characters: NDArray[np.uint8], starts: NDArray[np.int64]) -> None:
        self._characters = characters
        self._view = memoryview(characters)
        self._starts = starts
        # Reading a number from a view takes a fraction of the time that it takes from an array.
        self._bounds = memoryview(starts)

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> Self:
        """Read a table from its arrays."""
        return cls(arrays["characters"], arrays["starts"])

    @classmethod
    def of(cls, strings: Sequence[str]) -> Self:
        """Make a table of strings; a `StringTable` takes them distinct and sorted."""
        characters = np.frombuffer(encode("".join(strings)), dtype=np.uint8)
        places = np.append(np.flatnonzero(_begin_characters(characters)), len(characters))
        return cls(characters, places[offsets(np.fromiter(map(len, strings), dtype=np.int64, count=len(strings)))])

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the table as named arrays."""
        return {"characters": self._characters, "starts": self._starts}

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __iter__(self) -> Iterator[str]:
        return self.select(np.arange(len(self)))

    def __getitem__(self, number: int) -> str:
        return str(self._view[self._bounds[number] : self._bounds[number + 1]], "utf-8", "surrogatepass")

    def select(self, numbers: IntArray) -> Iterator[str]:
        """Yield the strings with some numbers: several times faster than one by one."""
        for at in range(0, len(numbers), _BLOCK):
            block = numbers[at : at + _BLOCK]
            characters, owners = gather_ranges(self._characters, self._starts[block], self._starts[block + 1])
            text = str(characters, "utf-8", "surrogatepass")
            lengths = np.bincount(owners[_begin_characters(characters)], minlength=len(block))
            yield from (text[first:last] for first, last in pairwise(offsets(lengths).tolist()))


def _begin_characters(encoded: NDArray[Any]) -> NDArray[np.bool_]:
    """Whether each byte of UTF-8 is the first of a character."""
    return np.asarray(encoded & _HIGHEST != _CONTINUES)


def encode(string: str) -> bytes:
    """Return the UTF-8 bytes of a string, which sort as its code points do; lone surrogates are let through."""
    return string.encode("utf-8", "surrogatepass")


class StringTable(TextTable):
    """Distinct strings, sorted by code points, which is also the order of their bytes."""

    def __init__(
        self, characters: NDArray[np.uint8], starts: NDArray[np.int64], prefixes: NDArray[np.uint64] | None = None
    ) -> None:
        """Take the first bytes of each string as one number as well, zeros behind a shorter one: (n,) in order."""
        super().__init__(characters, starts)
        self._numbers = _prefixes(characters, starts) if prefixes is None else prefixes
        self._prefixes = memoryview(self._numbers)
        find = Memory(partial(_find, self._view, self._bounds, self._prefixes), _REMEMBERED).__getitem__
        self.find: Callable[[str], int | None] = find
        """Return the number of a string, None where the table lacks it."""
        self.find_all = Memory(partial(_find_all, find), _REMEMBERED_SETS).__getitem__
        """Return the numbers of the strings that the table has, (n,) in order."""

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> Self:
        """Read a table from its arrays."""
        return cls(arrays["characters"], arrays["starts"], arrays["prefixes"])

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the table as named arrays."""
        return {**super().arrays(), "prefixes": self._numbers}

    def starting_with(self, prefix: str) -> range:
        """Return the numbers of the strings that begin with a prefix; with an empty one, of all."""
        encoded = encode(prefix)
        cut = len(encoded)
        if cut <= _PREFIX and _FILLING not in encoded:
            lowest, highest = (int.from_bytes(encoded.ljust(_PREFIX, byte)) for byte in (_FILLING, b"\xff"))
            start = bisect_left(self._prefixes, lowest)
            return range(start, bisect_right(self._prefixes, highest, start))
        first = bisect_left(range(len(self)), encoded, key=self._encoded)
        return range(first, bisect_right(range(len(self)), encoded, first, key=lambda at: self._encoded(at)[:cut]))

    def _encoded(self, number: int) -> bytes:
        return self._view[self._bounds[number] : self._bounds[number + 1]].tobytes()


def _prefixes(characters: NDArray[np.uint8], starts: NDArray[np.int64]) -> NDArray[np.uint64]:
    lengths = np.diff(starts)
    prefixes = np.zeros(len(lengths), dtype=np.uint64)
    for at in range(_PREFIX):
        own = np.flatnonzero(lengths > at)
        prefixes[own] |= characters[starts[own] + at].astype(np.uint64) << np.uint64(8 * (_PREFIX - 1 - at))
    return prefixes


def _find(view: memoryview, bounds: memoryview, prefixes: memoryview, string: str) -> int | None:
    """Return the number of a string in a table, given its bytes, their offsets and the first of each."""
    encoded = encode(string)
    prefix = int.from_bytes(encoded[:_PREFIX].ljust(_PREFIX, _FILLING))
    first = bisect_left(prefixes, prefix)
    if first == len(prefixes) or prefixes[first] != prefix:
        return None
    last = bisect_right(prefixes, prefix, first)
    number = bisect_left(range(last), encoded, first, key=lambda at: view[bounds[at] : bounds[at + 1]].tobytes())
    return number if number < last and view[bounds[number] : bounds[number + 1]] == encoded else None


def _find_all(find: Callable[[str], int | None], strings: frozenset[str]) -> NDArray[np.int64]:
    return np.array(sorted(number for number in map(find, strings) if number is not None), dtype=np.int64)


class TextMap(Mapping[str, T]):
    """A map of strings that is never changed, in a fifth of the memory of a dict; look-ups take several times as long.

    Numbers are made out of hashes when a string is first looked for: a process has its own, and few look in every map.
    """

    def __init__(self, keys: Iterable[str], values: Any) -> None:
        """Take distinct strings, and their values by number, such as `Texts`."""
        strings = list(keys)
        self._text, self._values = "".join(strings), values
        self._starts = _narrow(offsets(np.fromiter(map(len, strings), np.int64, len(strings))))

    @cached_property
    def _numbers(self) -> "tuple[int, array[int], array[int]]":
        """The bits of a hash that count, the number of a string for each, one up, and of the next behind it; 0 ends."""
        # Twice as many hashes as strings and more, so that most have none or one.
        mask, size = (1 << (2 * len(self)).bit_length()) - 1, len(self)
        hashes = np.fromiter(map(hash, self), np.int64, size) & mask
        order = np.argsort(hashes, kind="stable")
        is_last = np.diff(hashes[order], append=-1) != 0
        behind, heads = np.zeros(size + 1, np.int64), np.zeros(mask + 1, np.int64)
        behind[order + 1] = np.where(is_last, 0, np.roll(order, -1) + 1)
        heads[hashes[order[::-1]]] = order[::-1] + 1
        return mask, _narrow(heads), _narrow(behind)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __iter__(self) -> Iterator[str]:
        return (self._text[first:last] for first, last in pairwise(self._starts))

    def __getitem__(self, key: str) -> T:
        if not (number := self._find(key)):
            raise KeyError(key)
        value: T = self._values[number - 1]
        return value

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._find(key) > 0

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value of a string, as a dict does: exceptions take longer."""
        return self._values[number - 1] if (number := self._find(key)) else default

    def __getstate__(self) -> tuple[Any, ...]:
        return self._text, self._values, self._starts.typecode, self._starts.tobytes()

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        self._text, self._values, *starts = state
        self._starts = array(*starts)

    def _find(self, key: str) -> int:
        """Return the number of a string, one up, 0 where the map lacks it."""
        mask, heads, behind = self._numbers
        number = heads[hash(key) & mask]
        while number and self._text[self._starts[number - 1] : self._starts[number]] != key:
            number = behind[number]
        return number


class Texts:
    """Strings by number, kept in one string, equal ones once."""

    def __init__(self, texts: Iterable[str]) -> None:
        numbers = dict[str, int]()
        self._own = _narrow(np.array([numbers.setdefault(text, len(numbers)) for text in texts], np.int64))
        self._text = "".join(numbers)
        self._starts = _narrow(offsets(np.fromiter(map(len, numbers), np.int64, len(numbers))))

    def __getitem__(self, number: int) -> str:
        own = self._own[number]
        return self._text[self._starts[own] : self._starts[own + 1]]

    def __getstate__(self) -> tuple[Any, ...]:
        return self._text, *((one.typecode, one.tobytes()) for one in (self._own, self._starts))

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        self._text, own, starts = state
        self._own, self._starts = array(*own), array(*starts)


class Phrases:
    """Tuples of words by number, kept as `Texts`."""

    def __init__(self, phrases: Iterable[tuple[str, ...]]) -> None:
        self._texts = Texts(map(" ".join, phrases))

    def __getitem__(self, number: int) -> tuple[str, ...]:
        return tuple(self._texts[number].split())


def _narrow(numbers: IntArray) -> "array[int]":
    """Return numbers from zero on in the narrowest type that holds them, of which each is read fast."""
    narrow = numbers.astype(np.min_scalar_type(numbers.max(initial=0)))
    return array(narrow.dtype.char, narrow.tobytes())
