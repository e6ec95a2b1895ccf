"""Words that stand for each other, exclude each other or deny: `thesaurus.toml`, `opposites.toml`, `polarity.toml`."""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from bot.answering.knowledge.word_lists import (
    Phrase,
    groups,
    naming,
    phrase_list,
    prefixed,
    share,
    stem_set,
    word_lists_of,
    word_set,
)
from bot.arabic import (
    ARTICLE,
    CONJUNCTIONS,
    DEFINITE_PREPOSITIONS,
    PREPOSITIONS,
    Term,
    light_stem,
    normal_words_of_lines,
)
from bot.storage import Memory

# Endings of verbs that light stemming leaves: «سرقت», «سرقوا», «سرقوه», «أوقفهم».
_ENDINGS = ("ت", "وا", "و", "ا", "وه", "وها", "وهم", "هم", "هن", "نا", "ته", "تها", "تهم")
# A verb of another person has one of these behind its stem in passages.
_INFLECTIONS, _LAST_LETTERS = ("", "ت", "وا", "ا"), ("ت", "ا")
# A present stands in the file with «ي»; «تسرق», «نسرق» and «أسرق» are the same.
_THIRD_PERSON, _SECOND_PERSON, _OTHER_PERSONS = "ي", "ت", ("ت", "ن", "ا")
_FUTURE = "س"
_LEAST_LETTERS = 3
# Many words are of few groups, each of a hundred stems; the bounds keep made-up words out of memory.
_REMEMBERED, _REMEMBERED_SETS = 1 << 13, 1 << 10


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Groups of light stems: each stem of the file with all stems of its groups.

    `forms` remembers for a `Matcher` which forms of a vocabulary stand for a term.
    """

    groups: Mapping[str, Collection[str]]
    forms: WeakKeyDictionary[Any, dict[Any, Any]] = field(default_factory=WeakKeyDictionary, repr=False, compare=False)
    _related: Memory[tuple[str, str], frozenset[str]] = field(init=False, repr=False, compare=False)
    _inflected: Memory[frozenset[str], frozenset[str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_related", Memory(self._find_related, _REMEMBERED))
        object.__setattr__(self, "_inflected", Memory(self._inflect, _REMEMBERED_SETS))

    @classmethod
    def read(cls, file: Path) -> "Thesaurus":
        """Read a file of groups, one a line; raise ValueError with the file and what is wrong in it."""
        with word_lists_of(file) as tables:
            lines = [line for section in tables.values() for line in section["groups"].splitlines()]
        grouped = groups(share(map(light_stem, words)) for words in normal_words_of_lines(lines))
        # Nobody looks into a group, and a tuple takes a fifth of the memory of a set.
        members = {group: tuple(group) for group in grouped.values()}
        return cls({stem: members[group] for stem, group in grouped.items()})

    def related(self, term: Term) -> frozenset[str]:
        """Return the stems that may stand for a term, its own among them; none where it has no group."""
        return self._related[term.stem, term.without_proclitic]

    def _find_related(self, stems: tuple[str, str]) -> frozenset[str]:
        listed = next(filter(None, map(self._listed, _lookup_forms(stems))), None)
        return self._inflected[listed] if listed else frozenset()

    def _listed(self, form: str) -> frozenset[str]:
        """Return the stems by which the file lists a form."""
        # Most forms are in none, and have nothing to take off.
        if not (form in self.groups or form.endswith(_LAST_LETTERS) or form.startswith(_SECOND_PERSON)):
            return frozenset()
        bare = {form.removesuffix(ending) for ending in _INFLECTIONS}
        if form.startswith(_SECOND_PERSON) and len(form) >= _LEAST_LETTERS:
            bare.add(_THIRD_PERSON + form[1:])
        return frozenset(filter(self.groups.__contains__, bare))

    def _inflect(self, listed: frozenset[str]) -> frozenset[str]:
        """Return the inflected stems of the groups of some; listing those of all would take four times the memory."""
        related = frozenset[str]().union(*(self.groups[stem] for stem in listed))
        verbs = (stem for stem in related if stem.startswith(_THIRD_PERSON) and len(stem) >= _LEAST_LETTERS)
        inflected = {stem + ending for stem in related for ending in _INFLECTIONS}
        return frozenset(inflected).union(_SECOND_PERSON + stem[1:] for stem in verbs)


def _lookup_forms(stems: tuple[str, str]) -> Iterator[str]:
    """Yield the stems by which the file may list a word, the likeliest first: its own, without a clitic, of a verb."""
    for stem in dict.fromkeys(stems):
        for start in dict.fromkeys((stem, stem.removeprefix(_FUTURE))):
            bare = [start.removesuffix(ending) for ending in _ENDINGS if start.endswith(ending)]
            for form in (start, *(one for one in bare if len(one) >= _LEAST_LETTERS)):
                yield form
                if form.startswith(_OTHER_PERSONS):
                    yield _THIRD_PERSON + form[1:]


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
        sides = list[Opposite]()
        for pair in chain.from_iterable(pairs.values() for pairs in sections.values()):
            both = stem_set(pair["a"]), stem_set(pair["b"])
            for own, other in (both, both[::-1]):
                # A stem of both sides tells neither.
                sides.append(Opposite(own - other, other - own, bool(pair.get("weak")), bool(pair.get("converse"))))
        return tuple(sides)


@dataclass(frozen=True, slots=True)
class PolarityWords:
    """Word lists in normal form.

    One of `before` denies the word behind it, one of `dialect` the verb, but one of `choice` is rather «or» in chat;
    one of `denial` denies what is said within few words, one of `rumour` all of its sentence; `auxiliaries` may stand
    between. In a sentence with one of `turning` something need not have come about. Behind one of `excepting` a
    negation states, before one of `no_negation` it is none. A verb with `ending` is denied, unless it is one of
    `no_verbs`. `counters` are the stems of words for people behind a number; before one, a phrase of `bounds` says at
    least, at most or about. `ordinals` and `fractions` map words, ordinals with an article or a preposition as well,
    to their number, `goals` words for so many.
    """

    before: frozenset[str]
    dialect: frozenset[str]
    choice: frozenset[str]
    denial: frozenset[str]
    rumour: frozenset[str]
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
    goals: Mapping[str, int]

    @classmethod
    def read(cls, file: Path) -> "PolarityWords":
        """Read the lists; raise ValueError naming what is missing or malformed."""
        with word_lists_of(file) as lists:
            negation = lists["negation"]
            names = ("before", "dialect", "choice", "denial", "rumour", "turning", "auxiliaries", "no_verbs")
            more, less, about = (frozenset(phrase_list(lists["bounds"][name])) for name in ("more", "less", "about"))
            return cls(
                **{name: word_set(negation[name]) for name in names},
                excepting=word_set(negation["except"]),
                no_negation=word_set(negation["none"]),
                ending=negation["ending"],
                counters=stem_set(lists["counters"]["people"]),
                bounds=(more, less, about),
                ordinals={
                    form: int(number)
                    for number, text in lists["ordinals"].items()
                    for form in prefixed(_BEFORE_ORDINALS, word_set(text))
                },
                fractions={word: int(number) for number, text in lists["fractions"].items() for word in word_set(text)},
                goals={word: int(number) for number, text in lists["goals"].items() for word in word_set(text)},
            )
