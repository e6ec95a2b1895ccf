"""Names with their spellings, of one word or several, `config/names.toml`, and of regions, `config/regions.toml`."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path

from bot.answering.knowledge.word_lists import Phrase, phrase_list, phrase_lists, prefixed, word_lists_of, word_set
from bot.arabic import (
    ARTICLE,
    COMPARISON,
    CONJUNCTIONS,
    LI_WITH_ARTICLE,
    PREPOSITIONS,
    light_stem,
    normal_words,
    normalise,
)
from bot.storage import Memory

_LEAST_LETTERS = 2
# Few distinct words make up most questions; the bound keeps a stream of made-up words out of memory.
_REMEMBERED = 1 << 13
_BEHIND_CONJUNCTION = (*PREPOSITIONS, LI_WITH_ARTICLE)
_JOINED = tuple(first + second for first in CONJUNCTIONS for second in _BEHIND_CONJUNCTION)
_PROCLITICS = (*CONJUNCTIONS, *PREPOSITIONS, COMPARISON, LI_WITH_ARTICLE, *_JOINED)
_NISBA = "ي"
_PARTS = 3
# Behind an adjective without its last letter: «فرنسي», «فرنسيه», «فرنسيون», «فرنسيين», «فرنسيات».
_ENDINGS = ("ي", "يه", "يون", "يين", "يات", "يان", "يا", "يتان", "يتين")
Spellings = tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name found in a sequence of words: `words[start:end]` is a spelling of it, possibly with a proclitic."""

    start: int
    end: int
    spellings: Spellings


@dataclass(frozen=True, slots=True)
class Names:
    """Groups of equivalent spellings of names and of terms.

    `decisive` are the stems of names that are single words in every Arabic spelling: a passage that has none of a
    name's stems is about something else. `homographs` map the spelling in which a name is an everyday word to that
    word: «قطر» is one with an article, «الرياض» without.
    """

    groups: tuple[Spellings, ...]
    decisive: frozenset[str]
    _by_first: Mapping[str, Sequence[tuple[Phrase, Spellings]]]
    homographs: Mapping[str, str] = field(default_factory=dict)
    _everyday: Memory[str, str | None] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Not a method, as in `Requirements`: some names are of one question.
        object.__setattr__(self, "_everyday", Memory(partial(_everyday_word, self.homographs)))

    @classmethod
    def read(cls, file: Path) -> "Names":
        """Read the names; raise ValueError naming what is missing or malformed."""
        with word_lists_of(file) as lists:
            names = [group for text in lists["names"].values() for group in _groups(text)]
            homographs = dict(_homographs("\n".join(lists["homographs"].values())))
            return cls.of(names, _groups(lists["terms"]["words"]), homographs)

    @classmethod
    def of(
        cls, names: Sequence[Spellings], terms: Sequence[Spellings], homographs: Mapping[str, str] | None = None
    ) -> "Names":
        """Index groups of spellings by the first word of each spelling, longer spellings first."""
        by_first: dict[str, list[tuple[Phrase, Spellings]]] = {}
        for group in [*names, *terms]:
            for spelling in group:
                by_first.setdefault(_without_article(spelling[0]), []).append((spelling, group))
        for entries in by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        arabic = ([spelling for spelling in group if not spelling[0].isascii()] for group in names)
        single = (
            group for group, own in zip(names, arabic, strict=True) if all(len(spelling) == 1 for spelling in own)
        )
        decisive = frozenset(light_stem(spelling[0]) for group in single for spelling in group if len(spelling) == 1)
        return cls((*names, *terms), decisive, by_first, homographs or {})

    def find(self, normals: Sequence[str], positions: Iterable[int] | None = None) -> Iterator[NameMatch]:
        """Find the names in a sequence of words in normal form, in order, the longest spelling at each position.

        `positions` limits the search to those where a name can begin.
        """
        end = 0
        for at in range(len(normals)) if positions is None else positions:
            if at >= end and (match := self._match_at(normals, at)):
                yield match
                end = match.end

    @property
    def first_words(self) -> Collection[str]:
        """The first words of all spellings, without articles."""
        return self._by_first.keys()

    def has(self, normal: str) -> bool:
        """Whether a word in normal form, without a proclitic, is a spelling by itself."""
        return any(len(spelling) == 1 for spelling, _ in self._by_first.get(_without_article(normal), ()))

    def can_begin_with(self, normal: str) -> bool:
        """Whether a word in normal form, possibly with a proclitic, is the first of a spelling."""
        return any(first in self._by_first for first in _without_proclitics(normal))

    def everyday_word(self, normal: str) -> str | None:
        """Return the everyday word that a name becomes with an article, or without its own; None for any other word."""
        return self._everyday[normal]

    def _match_at(self, normals: Sequence[str], at: int) -> NameMatch | None:
        for first in _without_proclitics(normals[at]):
            for spelling, group in self._by_first.get(first, ()):
                end = at + len(spelling)
                if list(map(_without_article, normals[at + 1 : end])) == list(map(_without_article, spelling[1:])):
                    return None if self.everyday_word(normals[at]) else NameMatch(at, end, group)
        return None


def _everyday_word(homographs: Mapping[str, str], normal: str) -> str | None:
    for proclitics in ("", *filter(normal.startswith, _PROCLITICS)):
        bare = normal.removeprefix(proclitics)
        if len(bare) <= _LEAST_LETTERS:
            continue
        is_definite = proclitics.endswith(LI_WITH_ARTICLE) or bare.startswith(ARTICLE)
        noun = bare.removeprefix(ARTICLE)
        if word := homographs.get(noun if is_definite else ARTICLE + noun):
            return ARTICLE + word if is_definite else word
    return None


def _groups(text: str) -> list[Spellings]:
    """Read the spellings of one name a line; a spelling may stand in two lines."""
    return [tuple(spellings) for spellings in phrase_lists(text.splitlines()) if spellings]


def _homographs(text: str) -> Iterator[tuple[str, str]]:
    """Yield each name with its word, both in normal form; raise ValueError for a line that is not «name = word»."""
    for line in filter(None, text.splitlines()):
        name, sign, word = line.partition(" = ")
        if not sign or len(normal_words(name)) != 1 or len(normal_words(word)) != 1:
            raise ValueError(f"{line!r} is not a name, « = » and a word")
        yield normalise(name), normalise(word)


def _without_article(normal: str) -> str:
    """Return a word in normal form without its article."""
    bare = normal.removeprefix(ARTICLE)
    return bare if len(bare) >= _LEAST_LETTERS else normal


@lru_cache(_REMEMBERED)
def _without_proclitics(normal: str) -> Sequence[str]:
    """List the forms of a word without its possible proclitics and article, the whole word first."""
    if not normal.startswith(_PROCLITICS):
        return (_without_article(normal),)
    bare = (normal.removeprefix(proclitics) for proclitics in _PROCLITICS if normal.startswith(proclitics))
    return tuple(dict.fromkeys(map(_without_article, (normal, *(word for word in bare if len(word) > _LEAST_LETTERS)))))


@dataclass(frozen=True, slots=True)
class Regions:
    """Countries and cities, each a group of spellings: words in normal form.

    A country is spelt by its names, its adjectives and the capitals that stand for it, which are cities as well. Behind
    one of `nouns` stands a city, listed or not.
    """

    countries: Names
    cities: Names
    nouns: frozenset[str]

    @classmethod
    def read(cls, file: Path) -> "Regions":
        """Read the lists; raise ValueError naming what is missing or malformed."""
        with word_lists_of(file) as lists:
            lines = [line for text in lists["countries"].values() for line in text.splitlines() if line.strip()]
            cities = [line for text in lists["cities"].values() for line in text.splitlines() if line.strip()]
            return cls(
                Names.of([_country(line) for line in lines], []),
                Names.of(list(map(tuple, phrase_lists(cities))), []),
                prefixed(("", *_PROCLITICS), word_set(lists["nouns"]["places"])),
            )

    def named(self, normals: Sequence[str]) -> frozenset[Spellings]:
        """Return the countries and cities that words in normal form name."""
        return frozenset(match.spellings for names in (self.countries, self.cities) for match in names.find(normals))


def _country(line: str) -> Spellings:
    parts = line.split(":")
    if len(parts) != _PARTS:
        raise ValueError(f"{line!r} is not names, adjectives and capitals with colons between")
    names, adjectives, capitals = map(phrase_list, parts)
    return tuple(dict.fromkeys((*names, *(form for one in adjectives for form in _forms(one)), *capitals)))


def _forms(adjective: Phrase) -> Iterator[Phrase]:
    *before, last = adjective
    if before or not last.endswith(_NISBA):
        yield adjective
        return
    # Of «ألماني» the first letters look like an article.
    for article in ("", ARTICLE) if last.startswith(ARTICLE) else ("",):
        yield from ((article + last.removesuffix(_NISBA) + ending,) for ending in _ENDINGS)
