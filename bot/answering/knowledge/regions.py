"""Countries with their adjectives and capitals, and cities, read from `config/regions.toml`."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.answering.knowledge.names import Names, Spellings
from bot.answering.knowledge.word_lists import Phrase, check_word_lists, phrase_list, prefixed, word_set
from bot.arabic import ARTICLE, DEFINITE_PREPOSITIONS, PREPOSITIONS

_NISBA = "ي"
_PARTS = 3
# Behind an adjective without its last letter: «فرنسي», «فرنسيه», «فرنسيون», «فرنسيين», «فرنسيات».
_ENDINGS = ("ي", "يه", "يون", "يين", "يات", "يان", "يا", "يتان", "يتين")


@dataclass(frozen=True, slots=True)
class Regions:
    """Countries and cities, each a group of spellings: words in normal form.

    A country's are its names, its adjectives, and the capitals that stand for it; those are cities as well. `nouns`
    stand before what they name, «مدينة», with and without an article or a preposition.
    """

    countries: Names
    cities: Names
    nouns: frozenset[str]

    @classmethod
    def read(cls, file: Path) -> "Regions":
        """Read the lists; raise ValueError naming what is missing or malformed."""
        try:
            lists = tomllib.loads(file.read_text(encoding="utf-8"))
            check_word_lists(lists)
            lines = [line for text in lists["countries"].values() for line in text.splitlines() if line.strip()]
            cities = [line for text in lists["cities"].values() for line in text.splitlines() if line.strip()]
            return cls(
                Names.of([_country(line) for line in lines], []),
                Names.of([tuple(phrase_list(line)) for line in cities], []),
                prefixed(("", ARTICLE, *DEFINITE_PREPOSITIONS, *PREPOSITIONS), word_set(lists["before"]["nouns"])),
            )
        except KeyError as error:
            raise ValueError(f"{file}: the list {error} is missing") from error
        except (OSError, ValueError, AttributeError, TypeError) as error:
            raise ValueError(f"{file}: {error}") from error

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
