"""Texts that are made against a regular expression: what it looks for, over and over."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain, product
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_CATEGORIES = {
    ops.CATEGORY_DIGIT: "7٣",
    ops.CATEGORY_NOT_DIGIT: "a",
    ops.CATEGORY_SPACE: " \n",
    ops.CATEGORY_NOT_SPACE: "a",
    ops.CATEGORY_WORD: "aا7",
    ops.CATEGORY_NOT_WORD: ". ",
}
_MOST_LETTERS, _MOST_UNITS, _MOST_OPENINGS = 12, 30, 3
# Neither a word nor white space, and then a word.
_END = "\x00ا"


def hostile_texts(pattern: re.Pattern[Any]) -> Iterator[Callable[[int], str]]:
    """Yield makers of texts of a given length: what the pattern is looking for, over and over, and no end of it."""
    written: str | bytes = pattern.pattern
    source = written if isinstance(written, str) else written.decode("latin-1")
    tree: Any = parser.parse(source, pattern.flags if isinstance(written, str) else pattern.flags & ~re.UNICODE)
    letters = [*dict.fromkeys(_letters(tree))][:_MOST_LETTERS]
    samples = [*dict.fromkeys(sample for sample in _samples(tree) if sample)]
    pairs = [one + other for one, other in product(letters, repeat=2) if one != other]
    units = [*dict.fromkeys([*letters, *_spread(samples, _MOST_UNITS), *_spread(pairs, _MOST_UNITS)])]
    openings = ["", *_spread([*dict.fromkeys([*letters, *samples])], _MOST_OPENINGS)]
    for opening, unit in product(openings, units):
        yield partial(_repeated, opening, unit)


def _repeated(opening: str, unit: str, size: int) -> str:
    return f"{opening}{unit * (size // len(unit))}{_END}"


def _spread(all_of_them: list[str], most: int) -> list[str]:
    return all_of_them[:: max(1, -(-len(all_of_them) // most))]


def _letters(tree: Any) -> Iterator[str]:
    """Yield characters that the parts of a pattern match, and those that a class leaves out."""
    for op, value in tree:
        if op is ops.LITERAL:
            yield chr(value)
        elif op is ops.NOT_LITERAL:
            yield from ("a", chr(value))
        elif op is ops.ANY:
            yield "a"
        elif op is ops.IN:
            yield from _class(value)
        elif op is ops.CATEGORY:
            yield from _CATEGORIES[value]
        elif op is ops.BRANCH:
            yield from chain.from_iterable(map(_letters, value[1]))
        else:
            yield from chain.from_iterable(map(_letters, _inner(op, value)))


def _class(items: Any) -> Iterator[str]:
    for op, value in items:
        match op:
            case ops.LITERAL:
                yield chr(value)
            case ops.RANGE:
                yield from {chr(value[0]), chr(value[1])}
            case ops.CATEGORY:
                yield from _CATEGORIES[value]
            case ops.NEGATE:
                yield from "aا "


def _inner(op: Any, value: Any) -> list[Any]:
    match op:
        case ops.SUBPATTERN:
            return [value[3]]
        case ops.MAX_REPEAT | ops.MIN_REPEAT | ops.POSSESSIVE_REPEAT:
            return [value[2]]
        case ops.ASSERT | ops.ASSERT_NOT:
            return [value[1]]
        case ops.ATOMIC_GROUP:
            return [value]
        case ops.GROUPREF_EXISTS:
            return [part for part in value[1:] if part is not None]
    return []


def _samples(tree: Any, before: str = "") -> Iterator[str]:
    """Yield texts that match the beginnings of a pattern, and of its parts, alone and behind what stands before."""
    text = ""
    for op, value in tree:
        for inner in value[1] if op is ops.BRANCH else _inner(op, value):
            yield from _samples(inner)
            yield from _samples(inner, before + text)
        text += _sample(op, value)
        yield before + text


def _sample(op: Any, value: Any) -> str:
    if op in (ops.LITERAL, ops.NOT_LITERAL, ops.ANY, ops.GROUPREF, ops.IN, ops.CATEGORY):
        return next(_letters([(op, value)]), "a")
    if op in (ops.ASSERT, ops.ASSERT_NOT):
        return ""
    inner = value[1][:1] if op is ops.BRANCH else _inner(op, value)
    text = "".join(_sample(*part) for tree in inner for part in tree)
    is_repeated = op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)
    return text * max(1, min(value[0], 3)) if is_repeated else text
