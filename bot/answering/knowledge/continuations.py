"""Phrases that go on from an answer without a question of their own, from `config/continuations.toml`."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.answering.knowledge.word_lists import Phrase, check_word_lists, phrase_list, squeezed, squeezed_phrase
from bot.arabic import CONJUNCTIONS


class Continuation(StrEnum):
    """What a message asks for by going on from an answer: more, its sources, or something that it does not name."""

    MORE = "more"
    SOURCES = "sources"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Continuations:
    """Phrases of squeezed words in normal form; one of two lists counts for the first."""

    phrases: Mapping[Phrase, Continuation]

    @classmethod
    def read(cls, file: Path) -> "Continuations":
        """Read the phrases of each kind and region; raise ValueError naming what is missing or malformed."""
        try:
            lists = tomllib.loads(file.read_text(encoding="utf-8"))
            check_word_lists(lists)
            kinds = {kind: lists[kind] for kind in Continuation}
            phrases = dict[Phrase, Continuation]()
            for kind, regions in kinds.items():
                for phrase in phrase_list("\n".join(regions.values())):
                    phrases.setdefault(squeezed_phrase(phrase), kind)
        except KeyError as error:
            raise ValueError(f"{file}: the list {error} is missing") from error
        except (OSError, ValueError, AttributeError, TypeError) as error:
            raise ValueError(f"{file}: {error}") from error
        return cls(phrases)

    def recognise(self, normals: Sequence[str]) -> Continuation | None:
        """Return what a whole message of these words in normal form goes on for; None where it is no such phrase."""
        if not normals:
            return None
        first, *others = map(squeezed, normals)
        firsts = [first, first[1:]] if first.startswith(CONJUNCTIONS) else [first]
        found = (self.phrases.get((word, *others)) for word in firsts)
        return next(filter(None, found), None)
