"""Phrases that go on from an answer without a question of their own, from `config/continuations.toml`."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.answering.knowledge.word_lists import (
    Phrase,
    check_word_lists,
    naming,
    phrase_list,
    squeezed,
    squeezed_phrase,
    word_set,
)
from bot.arabic import CONJUNCTIONS


class Continuation(StrEnum):
    """What a message asks for by going on from an answer: more, its sources, its story, or something unnamed."""

    MORE = "more"
    SOURCES = "sources"
    UNNAMED = "unnamed"
    TIMELINE = "timeline"


# That of a story is told by the phrases of its mode.
_LISTED = (Continuation.MORE, Continuation.SOURCES, Continuation.UNNAMED)
_TOLD_BY_WORDS = (Continuation.MORE, Continuation.SOURCES)
# Chosen: what is longer asks something.
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Continuations:
    """Phrases and words, squeezed and in normal form; a phrase of two lists counts for the first.

    `words` tell a kind beside nothing but words `around` them, and where it is the sources, `question_words`.
    """

    phrases: Mapping[Phrase, Continuation]
    words: Mapping[Continuation, frozenset[str]]
    around: frozenset[str]
    question_words: frozenset[str]

    @classmethod
    def read(cls, file: Path, function_words: Iterable[str], question_words: Iterable[str]) -> "Continuations":
        """Read the phrases of each kind and region, and the words; raise ValueError naming what is wrong."""
        with naming(file):
            lists = tomllib.loads(file.read_text(encoding="utf-8"))
            check_word_lists(lists)
            kinds = {kind: lists[kind.value] for kind in _LISTED}
            phrases = dict[Phrase, Continuation]()
            for kind, regions in kinds.items():
                for phrase in phrase_list("\n".join(regions.values())):
                    phrases.setdefault(squeezed_phrase(phrase), kind)
            words = {kind: _squeezed_set(lists["words"][kind.value]) for kind in _TOLD_BY_WORDS}
            around = _squeezed_set(lists["words"]["around"]) | frozenset(map(squeezed, function_words))
        asking = frozenset(map(squeezed, question_words))
        return cls(phrases, words, around - asking, asking)

    def recognise(self, normals: Sequence[str]) -> Continuation | None:
        """Return what a whole message of these words in normal form goes on for; None where it is no such phrase."""
        if not normals:
            return None
        first, *others = map(squeezed, normals)
        firsts = [first, first[1:]] if first.startswith(CONJUNCTIONS) else [first]
        found = (self.phrases.get((word, *others)) or self._of_words((word, *others)) for word in firsts)
        return next(filter(None, found), None)

    def _of_words(self, folded: Phrase) -> Continuation | None:
        """Return the kind that a message of several words tells by one of them, and no other word says a thing."""
        if not 1 < len(folded) <= _MOST_WORDS:
            return None
        for kind, words in self.words.items():
            if words.isdisjoint(folded):
                continue
            known = words | self.around | (self.question_words if kind is Continuation.SOURCES else frozenset())
            if known.issuperset(folded):
                return kind
        return None


def _squeezed_set(text: str) -> frozenset[str]:
    return frozenset(map(squeezed, word_set(text)))
