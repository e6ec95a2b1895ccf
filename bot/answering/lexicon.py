"""What the bot knows about how people write questions, read from `config/lexicon.toml`."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.arabic import light_stem, normal_words

_PRONOUNS = ("ه", "ها", "هم")


class Asks(StrEnum):
    """The kind of answer that a question asks for."""

    TIME = "time"
    QUANTITY = "quantity"
    PERSON = "person"
    PLACE = "place"
    REASON = "reason"
    MANNER = "manner"
    THING = "thing"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Relation:
    """What can be asked about somebody or something.

    `asked` are the words in normal form that ask for it, `said` the stems that say it; so does what `pattern` finds.
    """

    asked: frozenset[str]
    said: frozenset[str]
    pattern: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word lists in normal form; `names` and `synonyms` (a stem to its whole group) are stems."""

    stop_words: frozenset[str]
    question_words: Mapping[str, Asks]
    question_fillers: frozenset[str]
    asking_nouns: Mapping[str, Asks]
    synonyms: Mapping[str, frozenset[str]]
    values: Mapping[Asks, frozenset[str]]
    relations: Sequence[Relation]
    names: frozenset[str]
    openers: frozenset[str]
    greetings: frozenset[str]
    thanks: frozenset[str]

    @classmethod
    def read(cls, file: Path) -> "Lexicon":
        """Read the lexicon; raise ValueError naming what is missing or malformed."""
        try:
            lists = tomllib.loads(file.read_text(encoding="utf-8"))
            _check(lists)
            return cls(
                stop_words=_words(lists["stop_words"]),
                question_words=_by_kind(lists["question_words"]),
                question_fillers=_words(lists["question_fillers"]["words"]),
                asking_nouns=_by_kind(lists["asking_nouns"]),
                synonyms=_groups(lists["synonyms"]["groups"].splitlines()),
                values={Asks(kind): _words(text) for kind, text in lists["values"].items()},
                relations=[_relation(words) for words in lists["relations"].values()],
                names=_stems(lists["names"]["words"]),
                openers=_words(lists["following"]["openers"]),
                greetings=_words(lists["small_talk"]["greeting"]),
                thanks=_words(lists["small_talk"]["thanks"]),
            )
        except KeyError as error:
            raise ValueError(f"{file}: the list {error} is missing") from error
        except (OSError, ValueError, AttributeError, TypeError, re.error) as error:
            raise ValueError(f"{file}: {error}") from error


def _check(lists: Mapping[str, object], place: str = "") -> None:
    """Raise ValueError naming the place where something else than words stands."""
    for name, value in lists.items():
        if isinstance(value, Mapping):
            _check(value, f"{place}{name}.")
        elif not isinstance(value, str):
            raise ValueError(f"{place}{name} must be words in quotation marks, not {value!r}")  # noqa: TRY004 - the file is wrong


def _words(text: str) -> frozenset[str]:
    return frozenset(normal_words(text))


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(light_stem, normal_words(text)))


def _relation(words: Mapping[str, str]) -> Relation:
    asked = frozenset(form for word in normal_words(words["asked"]) for form in _with_pronouns(word))
    pattern = words.get("pattern")
    said = frozenset(map(light_stem, asked)) | _stems(words["said"])
    return Relation(asked, said, re.compile(pattern) if pattern else None)


def _with_pronouns(word: str) -> Iterator[str]:
    """Write a noun alone and with the pronouns of the third person: «عاصمة», «عاصمته», «عاصمتها», «عاصمتهم»."""
    yield word
    stem = f"{word[:-1]}ت" if word.endswith("ه") else word
    yield from (stem + pronoun for pronoun in _PRONOUNS)


def _by_kind(lists: Mapping[str, str]) -> dict[str, Asks]:
    """Map each word to what it asks for; a word that stands in two lists keeps the first."""
    kinds: dict[str, Asks] = {}
    for kind, text in lists.items():
        for word in normal_words(text):
            kinds.setdefault(word, Asks(kind))
    return kinds


def _groups(lines: Iterable[str]) -> dict[str, frozenset[str]]:
    groups: dict[str, frozenset[str]] = {}
    for line in lines:
        group = _stems(line)
        for stem in group:
            groups[stem] = groups.get(stem, frozenset()) | group
    return groups
