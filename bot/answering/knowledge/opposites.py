"""Opposites: pairs of events that exclude each other, «وقع» and «ألغى», from `config/opposites.toml`."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.answering.knowledge.word_lists import stem_set


@dataclass(frozen=True, slots=True)
class Opposite:
    """One side of a pair by its stems, and the stems of the other side.

    The words of a weak pair also stand together in true reports. A converse pair tells of one event from its two
    sides: who does not win loses.
    """

    own: frozenset[str]
    other: frozenset[str]
    is_weak: bool = False
    is_converse: bool = False


def read_opposites(file: Path) -> tuple[Opposite, ...]:
    """Read both sides of all pairs; raise ValueError with the file and what is wrong in it."""
    try:
        sections = tomllib.loads(file.read_text(encoding="utf-8"))
        return tuple(side for pairs in sections.values() for pair in pairs.values() for side in _sides(pair))
    except KeyError as error:
        raise ValueError(f"{file}: the list {error} is missing") from error
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise ValueError(f"{file}: {error}") from error


def _sides(pair: Mapping[str, Any]) -> Iterator[Opposite]:
    first, second = stem_set(pair["a"]), stem_set(pair["b"])
    is_weak, is_converse = bool(pair.get("weak")), bool(pair.get("converse"))
    # A stem of both sides tells neither.
    yield Opposite(first - second, second - first, is_weak, is_converse)
    yield Opposite(second - first, first - second, is_weak, is_converse)
