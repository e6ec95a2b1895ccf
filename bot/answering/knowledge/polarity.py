"""Events that exclude each other, negations, ordinals and bounds: `config/opposites.toml`, `config/polarity.toml`."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.answering.knowledge.word_lists import (
    Phrase,
    check_word_lists,
    naming,
    phrase_list,
    prefixed,
    stem_set,
    word_set,
)
from bot.arabic import ARTICLE, CONJUNCTIONS, DEFINITE_PREPOSITIONS, PREPOSITIONS

_BEFORE_ORDINALS = ("", ARTICLE, *DEFINITE_PREPOSITIONS, *PREPOSITIONS, *(one + ARTICLE for one in CONJUNCTIONS))


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
    with naming(file):
        sections = tomllib.loads(file.read_text(encoding="utf-8"))
        return tuple(side for pairs in sections.values() for pair in pairs.values() for side in _sides(pair))


def _sides(pair: Mapping[str, Any]) -> Iterator[Opposite]:
    first, second = stem_set(pair["a"]), stem_set(pair["b"])
    is_weak, is_converse = bool(pair.get("weak")), bool(pair.get("converse"))
    # A stem of both sides tells neither.
    yield Opposite(first - second, second - first, is_weak, is_converse)
    yield Opposite(second - first, first - second, is_weak, is_converse)


@dataclass(frozen=True, slots=True)
class PolarityWords:
    """Word lists in normal form.

    One of `before` denies the word behind it, one of `dialect` the verb, but one of `choice` is rather «or» in chat;
    one of `denial` denies what is said within a few words; `auxiliaries` may stand between. In
    a sentence with one of `turning` something need not have come about. Behind one of `excepting`
    a negation states, before one of `no_negation` it is none. A verb with `ending` is denied, unless it is one of
    `no_verbs`. `counters` are the stems of words for people behind a number; before one, a phrase of `bounds` says at
    least, at most or about. `ordinals` and `fractions` map words, ordinals with an article or a preposition as well,
    to their number.
    """

    before: frozenset[str]
    dialect: frozenset[str]
    choice: frozenset[str]
    denial: frozenset[str]
    turning: frozenset[str]
    auxiliaries: frozenset[str]
    excepting: frozenset[str]
    no_negation: frozenset[str]
    ending: str
    no_verbs: frozenset[str]
    counters: frozenset[str]
    bounds: tuple[frozenset[Phrase], frozenset[Phrase], frozenset[Phrase]]
    ordinals: Mapping[str, int]
    fractions: Mapping[str, int]

    @classmethod
    def read(cls, file: Path) -> "PolarityWords":
        """Read the lists; raise ValueError naming what is missing or malformed."""
        with naming(file):
            lists = tomllib.loads(file.read_text(encoding="utf-8"))
            check_word_lists(lists)
            negation = lists["negation"]
            names = ("before", "dialect", "choice", "denial", "turning", "auxiliaries", "except", "none")
            before, dialect, choice, denial, turning, auxiliaries, excepting, none = (
                word_set(negation[name]) for name in names
            )
            return cls(
                before,
                dialect,
                choice,
                denial,
                turning,
                auxiliaries,
                excepting,
                none,
                negation["ending"],
                word_set(negation["no_verbs"]),
                stem_set(lists["counters"]["people"]),
                _bounds(lists["bounds"]),
                {
                    form: int(number)
                    for number, text in lists["ordinals"].items()
                    for form in prefixed(_BEFORE_ORDINALS, word_set(text))
                },
                {word: int(number) for number, text in lists["fractions"].items() for word in word_set(text)},
            )


def _bounds(lists: Mapping[str, str]) -> tuple[frozenset[Phrase], frozenset[Phrase], frozenset[Phrase]]:
    more, less, about = (frozenset(phrase_list(lists[name])) for name in ("more", "less", "about"))
    return more, less, about
