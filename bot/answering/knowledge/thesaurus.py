"""Thesaurus: words of standard Arabic that stand for each other where news is paraphrased, `config/thesaurus.toml`."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.answering.knowledge.word_lists import check_word_lists, groups, naming, stem_set
from bot.arabic import Term

# Endings of verbs that light stemming leaves: «سرقت», «سرقوا», «سرقوه», «أوقفهم».
_ENDINGS = ("ت", "وا", "و", "ا", "وه", "وها", "وهم", "هم", "هن", "نا", "ته", "تها", "تهم")
# A present stands in the file with «ي»; «تسرق», «نسرق» and «أسرق» are the same.
_THIRD_PERSON, _OTHER_PERSONS = "ي", "تنا"
_FUTURE = "س"
_LEAST_LETTERS = 3
# A question looks for each of its words several times; the bound keeps made-up words out of memory.
_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Light stems, each with those of all words of its groups."""

    groups: Mapping[str, frozenset[str]]
    _remembered: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def read(cls, file: Path) -> "Thesaurus":
        """Read a file of groups, one a line; raise ValueError with the file and what is wrong in it."""
        with naming(file):
            tables = tomllib.loads(file.read_text(encoding="utf-8"))
            check_word_lists(tables)
            lines = [line for section in tables.values() for line in section["groups"].splitlines()]
        return cls(groups(map(_inflected, map(stem_set, lines))))

    def related(self, term: Term) -> frozenset[str]:
        """Return the stems of the words that may stand for a term, its own among them; none where it has no group."""
        key = term.stem, term.without_proclitic
        related = self._remembered.get(key)
        if related is None:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            related = next(filter(None, map(self.groups.get, _lookup_forms(term))), frozenset())
            self._remembered[key] = related
        return related


def _inflected(stems: Iterable[str]) -> Iterator[str]:
    """Yield stems, and those under which passages have them as a verb of another person."""
    for stem in stems:
        yield from (stem, stem + "ت", stem + "وا", stem + "ا")
        if stem.startswith(_THIRD_PERSON) and len(stem) >= _LEAST_LETTERS:
            yield "ت" + stem[1:]


def _lookup_forms(term: Term) -> Iterator[str]:
    """Yield what a term may stand in the file by, the likeliest first: its stem, without a clitic, as a verb."""
    for stem in (term.stem, term.without_proclitic):
        yield stem
        for bare in _without_endings(stem):
            yield bare
            if bare[0] in _OTHER_PERSONS:
                yield _THIRD_PERSON + bare[1:]


def _without_endings(stem: str) -> Iterator[str]:
    for start in (stem, stem.removeprefix(_FUTURE)):
        yield start
        yield from (
            start.removesuffix(ending)
            for ending in _ENDINGS
            if start.endswith(ending) and len(start) - len(ending) >= _LEAST_LETTERS
        )
