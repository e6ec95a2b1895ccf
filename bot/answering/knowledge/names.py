"""Names and their spellings, read from `config/names.toml`: in Arabic and other letters, of one word and of several."""

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.answering.knowledge.word_lists import Phrase, check_word_lists, phrase_list
from bot.arabic import light_stem

_ARTICLE, _LEAST_LETTERS = "ال", 2
# Questions are asked in few words; the bound keeps a stream of made-up ones out of memory.
_REMEMBERED = 1 << 13
_PROCLITICS = ("و", "ف", "ب", "ل", "ك", "لل", "وب", "ول", "ولل", "فب", "فل", "فلل")
Spellings = tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name within a run of words: `words[start:end]` is one of its spellings, or one with a proclitic."""

    start: int
    end: int
    spellings: Spellings


@dataclass(frozen=True, slots=True)
class Names:
    """The spellings of each name, and of other things with several names.

    `decisive` are the stems of the names that are single words in every Arabic spelling: a passage without any of them
    speaks of somebody else.
    """

    groups: tuple[Spellings, ...]
    decisive: frozenset[str]
    _by_first: Mapping[str, Sequence[tuple[Phrase, Spellings]]]

    @classmethod
    def read(cls, file: Path) -> "Names":
        """Read the names; raise ValueError naming what is missing or malformed."""
        try:
            lists = tomllib.loads(file.read_text(encoding="utf-8"))
            check_word_lists(lists)
            names = [group for text in lists["names"].values() for group in _groups(text)]
            return cls.of(names, _groups(lists["terms"]["words"]))
        except KeyError as error:
            raise ValueError(f"{file}: the list {error} is missing") from error
        except (OSError, ValueError, AttributeError, TypeError) as error:
            raise ValueError(f"{file}: {error}") from error

    @classmethod
    def of(cls, names: Sequence[Spellings], terms: Sequence[Spellings]) -> "Names":
        """Arrange groups of spellings by the first word of each spelling, the longest first."""
        by_first: dict[str, list[tuple[Phrase, Spellings]]] = {}
        for group in [*names, *terms]:
            for spelling in group:
                by_first.setdefault(_without_article(spelling[0]), []).append((spelling, group))
        for entries in by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        single = [
            group for group in names if all(len(spelling) == 1 for spelling in group if not spelling[0].isascii())
        ]
        decisive = frozenset(light_stem(spelling[0]) for group in single for spelling in group if len(spelling) == 1)
        return cls((*names, *terms), decisive, by_first)

    def find(self, normals: Sequence[str], places: Iterable[int] | None = None) -> Iterator[NameMatch]:
        """Find the names in a run of words in normal form, in order, the longest spelling at each place.

        Where it is known at which places alone names can begin, only those are looked at.
        """
        behind = 0
        for at in range(len(normals)) if places is None else places:
            if at >= behind and (named := self._match_at(normals, at)):
                yield named
                behind = named.end

    @property
    def first_words(self) -> Collection[str]:
        """The first words of all spellings, without articles."""
        return self._by_first.keys()

    def can_begin_with(self, normal: str) -> bool:
        """Tell whether a name can begin with a word in normal form."""
        return any(first in self._by_first for first in _without_proclitics(normal))

    def _match_at(self, normals: Sequence[str], at: int) -> NameMatch | None:
        for first in _without_proclitics(normals[at]):
            for spelling, group in self._by_first.get(first, ()):
                end = at + len(spelling)
                if tuple(map(_without_article, normals[at + 1 : end])) == tuple(map(_without_article, spelling[1:])):
                    return NameMatch(at, end, group)
        return None


def _groups(text: str) -> list[Spellings]:
    """Read a name a line; one that stands in two lines keeps both."""
    return [tuple(spellings) for line in text.splitlines() if (spellings := phrase_list(line))]


def _without_article(normal: str) -> str:
    """Return a word in normal form without its article."""
    bare = normal.removeprefix(_ARTICLE)
    return bare if len(bare) >= _LEAST_LETTERS else normal


@lru_cache(_REMEMBERED)
def _without_proclitics(normal: str) -> Sequence[str]:
    """List what a word may be without what is written onto it, the word itself first."""
    bare = (normal.removeprefix(proclitics) for proclitics in _PROCLITICS if normal.startswith(proclitics))
    return tuple(dict.fromkeys(map(_without_article, (normal, *(word for word in bare if len(word) > _LEAST_LETTERS)))))
