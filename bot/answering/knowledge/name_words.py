"""Name words: words that ask for a name, nouns that bear one, and given names, from `config/name_words.toml`."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.answering.knowledge.word_lists import check_word_lists, naming, prefixed, word_set
from bot.arabic import ARTICLE, CONJUNCTIONS, DEFINITE_PREPOSITIONS, PREPOSITIONS

_PRONOUNS = ("ه", "ها", "هم", "هن", "و", "هما", "ك")
_BEFORE_NOUNS = (
    "",
    ARTICLE,
    *DEFINITE_PREPOSITIONS,
    *PREPOSITIONS,
    *CONJUNCTIONS,
    *(one + ARTICLE for one in CONJUNCTIONS),
)
_BEFORE_NAMES = ("", *CONJUNCTIONS, *PREPOSITIONS)
_PREPOSITION_LETTERS = ("", *PREPOSITIONS)


@dataclass(frozen=True, slots=True)
class NameWords:
    """Word lists on names, in normal form, nouns also with what is written onto them.

    `nouns` ask for a name beside a question word, `own_nouns` are the same with a pronoun, `alone` hold the question
    word themselves, `verbs` call. `which` asks before a noun. `things` and `persons` have names, `owned` are both with
    a pronoun; `institutions` are named with their noun alone, `works` in quotation marks as well, and behind one of
    `places` stands no person's name. A name stands behind one of `introducing`, a person's behind one of `titles`. One
    of `ambiguous_names` is a word as well as a given name.
    """

    nouns: frozenset[str]
    own_nouns: frozenset[str]
    alone: frozenset[str]
    verbs: frozenset[str]
    which: frozenset[str]
    institutions: frozenset[str]
    works: frozenset[str]
    things: frozenset[str]
    places: frozenset[str]
    persons: frozenset[str]
    introducing: frozenset[str]
    owned: frozenset[str]
    titles: frozenset[str]
    given_names: frozenset[str]
    ambiguous_names: frozenset[str]

    def is_given_name(self, normal: str) -> bool:
        """Tell whether a word is a given name, or may be one as well as a word."""
        return normal in self.given_names or normal in self.ambiguous_names

    @classmethod
    def read(cls, file: Path) -> "NameWords":
        """Read the lists; raise ValueError naming what is missing or malformed."""
        with naming(file):
            lists = tomllib.loads(file.read_text(encoding="utf-8"))
            check_word_lists(lists)
            asking, bearers, introducing = lists["asking"], lists["bearers"], lists["introducing"]
            institutions, works, others, persons = (
                frozenset(noun_forms(word_set(bearers[name])))
                for name in ("institutions", "works", "others", "persons")
            )
            things = institutions | works | others
            nouns = word_set(asking["nouns"])
            given = word_set("\n".join(lists["names"].values()))
            ambiguous = word_set(lists["words"]["words"])
            return cls(
                prefixed(("", ARTICLE), nouns),
                frozenset(noun + pronoun for noun in nouns for pronoun in _PRONOUNS),
                word_set(asking["alone"]),
                word_set(asking["verbs"]),
                prefixed(_PREPOSITION_LETTERS, word_set(asking["which"])),
                institutions,
                works,
                things,
                things | frozenset(noun_forms(word_set(bearers["places"]))),
                persons,
                word_set(introducing["words"]),
                frozenset(_owned_forms(word_set("\n".join(bearers.values())))),
                word_set(introducing["titles"]),
                prefixed(_BEFORE_NAMES, given - ambiguous),
                prefixed(_BEFORE_NAMES, ambiguous),
            )


def noun_forms(nouns: Iterable[str]) -> Iterator[str]:
    """Yield nouns with an article, a preposition or a conjunction, or with a pronoun: «السفينة», «سفينتهم»."""
    yield from (before + noun for noun in nouns for before in _BEFORE_NOUNS)
    yield from _owned_forms(nouns)


def _owned_forms(nouns: Iterable[str]) -> Iterator[str]:
    """Yield nouns with a pronoun, with or without a preposition: «سفينتهم»."""
    for noun in nouns:
        stem = f"{noun[:-1]}ت" if noun.endswith("ه") else noun
        yield from (before + stem + pronoun for before in ("", *PREPOSITIONS) for pronoun in _PRONOUNS)
