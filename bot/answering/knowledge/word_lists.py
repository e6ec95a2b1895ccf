"""Parsers of the files in `config/`: words between spaces, phrases between commas, a group a line, frequencies."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
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


def both_sides(text: str, meant: str, *, may_lack: bool = False) -> list[tuple[str, str]]:
    """Return the sides of each line «left = right»; raise ValueError with what is `meant` where a line lacks one."""
    lines = [line.partition("=") for line in map(str.strip, text.splitlines()) if line]
    if wrong := next((line for line in lines if not line[1] or not (line[2] or may_lack)), None):
        raise ValueError(f"{''.join(wrong)!r} is not {meant}")
    return [(left.rstrip(), right.lstrip()) for left, _, right in lines]


_shared = dict[Any, Any]()


def share(values: Iterable[T]) -> Iterator[T]:
    """Return words, or tuples of words, the first of equal ones for each: all would take memory of their own."""
    values = list(values)
    return map(_shared.setdefault, values, values)


def end_sharing() -> None:
    """Forget what is shared; all lists are read."""
    _shared.clear()


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text in normal form."""
    return frozenset(share(chain.from_iterable(normal_words_of_lines(text.splitlines()))))


def prefixed(prefixes: Iterable[str], words: Iterable[str]) -> frozenset[str]:
    """Return every combination of a prefix and a word; an empty prefix gives the word itself."""
    return frozenset(share(map("".join, product(prefixes, words))))


def stem_set(text: str) -> frozenset[str]:
    """Return the stems of the words of a text."""
    return frozenset(share(map(light_stem, normal_words(text))))


def phrase_list(text: str) -> list[Phrase]:
    """List the phrases of a text, which commas and line ends separate, in order."""
    return list(chain.from_iterable(phrase_lists(text.splitlines())))


def phrase_lists(lines: Iterable[str]) -> list[list[Phrase]]:
    """List the phrases of each line, which commas separate."""
    parts = [line.split(",") for line in lines]
    phrases = (tuple(share(words)) for words in normal_words_of_lines(list(chain.from_iterable(parts))))
    return [list(filter(None, islice(phrases, len(own)))) for own in parts]


# Few words make up most messages, and each is folded by several steps; the bound keeps made-up ones out of memory.
@lru_cache(1 << 10)
def squeezed(normal: str) -> str:
    """Return a word with each run of a letter written once: «شكراااا» is «شكرا», «الله» is «اله»."""
    return _REPEATED.sub(r"\1", normal)


def groups(members: Iterable[Iterable[str]]) -> dict[str, frozenset[str]]:
    """Map each member to the union of its groups, itself included; members of the same groups share one set."""
    own = defaultdict[str, tuple[frozenset[str], ...]](tuple)
    for group in map(frozenset, members):
        for member in group:
            own[member] += (group,)
    unions = {groups: groups[0].union(*groups[1:]) for groups in dict.fromkeys(own.values())}
    return {member: unions[groups] for member, groups in own.items()}


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
