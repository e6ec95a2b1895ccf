"""Thesaurus: words of standard Arabic that stand for each other where news is paraphrased, `config/thesaurus.toml`."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from bot.answering.knowledge.word_lists import check_word_lists, groups, naming
from bot.arabic import Term, light_stem, normal_words_of_lines

# Endings of verbs that light stemming leaves: «سرقت», «سرقوا», «سرقوه», «أوقفهم».
_ENDINGS = ("ت", "وا", "و", "ا", "وه", "وها", "وهم", "هم", "هن", "نا", "ته", "تها", "تهم")
# A verb of another person has one of these behind its stem in passages.
_INFLECTIONS = ("", "ت", "وا", "ا")
# A present stands in the file with «ي»; «تسرق», «نسرق» and «أسرق» are the same.
_THIRD_PERSON, _SECOND_PERSON, _OTHER_PERSONS = "ي", "ت", ("ت", "ن", "ا")
_FUTURE = "س"
_LEAST_LETTERS = 3
# A question looks for each of its words several times; the bound keeps made-up words out of memory.
_REMEMBERED = 1024


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Groups of light stems: each stem of the file with all stems of its groups."""

    groups: Mapping[str, frozenset[str]]
    _remembered: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def read(cls, file: Path) -> "Thesaurus":
        """Read a file of groups, one a line; raise ValueError with the file and what is wrong in it."""
        with naming(file):
            tables = tomllib.loads(file.read_text(encoding="utf-8"))
            check_word_lists(tables)
            lines = [line for section in tables.values() for line in section["groups"].splitlines()]
        return cls(groups(map(light_stem, words) for words in normal_words_of_lines(lines)))

    def related(self, term: Term) -> frozenset[str]:
        """Return the stems that may stand for a term, its own among them; none where it has no group."""
        key = term.stem, term.without_proclitic
        related = self._remembered.get(key)
        if related is None:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            related = next(filter(None, map(self._related_to, _lookup_forms(term))), frozenset())
            self._remembered[key] = related
        return related

    def _related_to(self, form: str) -> frozenset[str]:
        """Return the inflected stems of a form's groups; listing them all would take four times the memory."""
        found = (self.groups.get(stem, frozenset()) for stem in _without_inflection(form))
        return frozenset(_inflected(chain.from_iterable(found)))


def _inflected(stems: Iterable[str]) -> Iterator[str]:
    """Yield stems, and the stems of the same verbs in other persons."""
    for stem in stems:
        yield from (stem + ending for ending in _INFLECTIONS)
        if stem.startswith(_THIRD_PERSON) and len(stem) >= _LEAST_LETTERS:
            yield _SECOND_PERSON + stem[1:]


def _without_inflection(form: str) -> Iterator[str]:
    """Yield the stems that a form may be inflected from, the form itself first."""
    yield from (form.removesuffix(ending) for ending in _INFLECTIONS if form.endswith(ending))
    if form.startswith(_SECOND_PERSON) and len(form) >= _LEAST_LETTERS:
        yield _THIRD_PERSON + form[1:]


def _lookup_forms(term: Term) -> Iterator[str]:
    """Yield the stems by which the file may list a term, the likeliest first: its own, without a clitic, of a verb."""
    for stem in (term.stem, term.without_proclitic):
        yield stem
        for bare in _without_endings(stem):
            yield bare
            if bare.startswith(_OTHER_PERSONS):
                yield _THIRD_PERSON + bare[1:]


def _without_endings(stem: str) -> Iterator[str]:
    for start in (stem, stem.removeprefix(_FUTURE)):
        yield start
        yield from (
            start.removesuffix(ending)
            for ending in _ENDINGS
            if start.endswith(ending) and len(start) - len(ending) >= _LEAST_LETTERS
        )
