"""Parsers of the files in `config/`: words between spaces, phrases between commas, a group a line, frequencies."""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain, islice, product
from pathlib import Path
from typing import Any, TypeVar

from bot.arabic import light_stem, normal_words, normal_words_of_lines

T = TypeVar("T")
Phrase = tuple[str, ...]
"""The words of a phrase in normal form."""

_REPEATED = re.compile(r"([^\W\d_])\1+")


@contextmanager
def naming(file: Path) -> Iterator[None]:
    """Raise ValueError naming the file if it cannot be read, or a list is missing or malformed."""
    try:
        yield
    except KeyError as error:
        raise ValueError(f"{file}: the list {error} is missing") from error
    except (OSError, ValueError, AttributeError, TypeError, re.error) as error:
        raise ValueError(f"{file}: {error}") from error


@contextmanager
def word_lists_of(file: Path) -> Iterator[dict[str, Any]]:
    """Yield the word lists of a TOML file, and raise ValueError naming it where one is missing or malformed."""
    with naming(file):
        lists = tomllib.loads(file.read_text(encoding="utf-8"))
        check_word_lists(lists)
        yield lists


def check_word_lists(lists: Mapping[str, object], place: str = "") -> None:
    """Raise ValueError with the key of a value that is neither a string nor a table of strings."""
    for name, value in lists.items():
        if isinstance(value, Mapping):
            check_word_lists(value, f"{place}{name}.")
        elif not isinstance(value, str):
            raise ValueError(f"{place}{name} must be words in quotation marks, not {value!r}")  # noqa: TRY004 - the file is wrong


def both_sides(text: str, meant: str, *, may_lack: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the sides of each line «left = right»; raise ValueError with what is `meant` where a line lacks one."""
    for line in filter(None, map(str.strip, text.splitlines())):
        left, sign, right = map(str.strip, line.partition("="))
        if not sign or not (right or may_lack):
            raise ValueError(f"{line!r} is not {meant}")
        yield left, right


_shared = dict[Any, Any]()


def share(value: T) -> T:
    """Return the first of equal words, or tuples of words, that the lists have: each would take memory of its own."""
    known: T = _shared.setdefault(value, value)
    return known


def end_sharing() -> None:
    """Forget what is shared; all lists are read."""
    _shared.clear()


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text in normal form."""
    return frozenset(map(share, chain.from_iterable(normal_words_of_lines(text.splitlines()))))


def prefixed(prefixes: Iterable[str], words: Iterable[str]) -> frozenset[str]:
    """Return every combination of a prefix and a word; an empty prefix gives the word itself."""
    return frozenset(map(share, map("".join, product(prefixes, words))))


def stem_set(text: str) -> frozenset[str]:
    """Return the stems of the words of a text."""
    return frozenset(map(share, map(light_stem, normal_words(text))))


def phrase_list(text: str) -> list[Phrase]:
    """List the phrases of a text, which commas and line ends separate, in order."""
    return list(chain.from_iterable(phrase_lists(text.splitlines())))


def phrase_lists(lines: Iterable[str]) -> list[list[Phrase]]:
    """List the phrases of each line, which commas separate."""
    parts = [line.split(",") for line in lines]
    phrases = (tuple(map(share, words)) for words in normal_words_of_lines(list(chain.from_iterable(parts))))
    return [list(filter(None, islice(phrases, len(own)))) for own in parts]


# Few words make up most messages, and each is folded by several steps; the bound keeps made-up ones out of memory.
@lru_cache(1 << 12)
def squeezed(normal: str) -> str:
    """Return a word with each run of a letter written once: «شكراااا» is «شكرا», «الله» is «اله»."""
    return _REPEATED.sub(r"\1", normal)


def groups(members: Iterable[Iterable[str]]) -> dict[str, frozenset[str]]:
    """Map each member to the union of its groups, itself included; members of the same groups share one set."""
    grouped: dict[str, frozenset[str]] = {}
    for group in map(frozenset, members):
        unions = dict[frozenset[str], frozenset[str]]()
        for member in group:
            known = grouped.setdefault(member, group)
            if known is not group:
                union = unions.get(known)
                grouped[member] = unions.setdefault(known, known | group) if union is None else union
    return grouped


def read_frequencies(file: Path, *notes: str) -> Iterator[tuple[str, float, str]]:
    """Yield stem, occurrences per million and note of `stem<TAB>frequency[<TAB>note]` lines; raise ValueError.

    A note is one of `notes`, or empty.
    """
    with naming(file):
        lines = file.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if line.startswith("#"):
            continue
        stem, _, rest = line.partition("\t")
        frequency, _, note = rest.partition("\t")
        try:
            per_million = float(frequency if note in notes else rest)
        except ValueError as error:
            raise ValueError(f"{file}:{number}: {line!r} is not a stem, a tab and a frequency") from error
        yield stem, per_million, note


# Few words make up most of all messages; the bound keeps a hostile stream of new ones out of memory.
_MOST_REMEMBERED = 1 << 13


class WordMemory(dict[str, T]):
    """What a function returns for words; each is looked up once, as long as they are not too many."""

    def __init__(self, find: Callable[[str], T]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, word: str) -> T:
        found = self._find(word)
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        self[word] = found
        return found
