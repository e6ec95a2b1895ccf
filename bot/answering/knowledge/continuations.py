"""Phrases that go on from an answer without a question of their own, from `config/continuations.toml`."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.answering.knowledge.phrase_matcher import PhraseMatcher
from bot.answering.knowledge.word_lists import (
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


# A story is known by the phrases of its mode.
_LISTED = (Continuation.MORE, Continuation.SOURCES, Continuation.UNNAMED)
_BY_WORDS = (Continuation.MORE, Continuation.SOURCES)
# Chosen: what is longer asks something.
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Continuations:
    """Phrases and words, squeezed and in normal form; a phrase of two lists counts for the first.

    `words` show a kind beside nothing but the words that are `around` them.
    """

    phrases: PhraseMatcher[Continuation]
    words: Mapping[Continuation, frozenset[str]]
    around: Mapping[Continuation, frozenset[str]]

    @classmethod
    def read(cls, file: Path, function_words: Iterable[str], question_words: Iterable[str]) -> "Continuations":
        """Read the phrases of each kind and region, and the words; raise ValueError naming what is wrong."""
        with naming(file):
            lists = tomllib.loads(file.read_text(encoding="utf-8"))
            check_word_lists(lists)
            phrases = {
                squeezed_phrase(phrase): kind
                for kind in reversed(_LISTED)
                for phrase in phrase_list("\n".join(lists[kind.value].values()))
            }
            words = {kind: _squeezed_set(lists["words"][kind.value]) for kind in _BY_WORDS}
            around = _squeezed_set(lists["words"]["around"]) | frozenset(map(squeezed, function_words))
        asking = frozenset(map(squeezed, question_words))
        return cls(
            PhraseMatcher(phrases, CONJUNCTIONS),
            words,
            {
                Continuation.MORE: words[Continuation.MORE] | (around - asking),
                Continuation.SOURCES: words[Continuation.SOURCES] | around | asking,
            },
        )

    def recognise(self, normals: Sequence[str]) -> Continuation | None:
        """Return what a whole message of these words in normal form goes on for; None where it is no such phrase."""
        folded = list(map(squeezed, normals))
        if kind := self.phrases.whole(folded):
            return kind
        if not 1 < len(folded) <= _MOST_WORDS:
            return None
        forms = [set(self.phrases.forms(folded[0])), *({word} for word in folded[1:])]
        for kind, words in self.words.items():
            is_shown = any(not words.isdisjoint(ways) for ways in forms)
            if is_shown and not any(self.around[kind].isdisjoint(ways) for ways in forms):
                return kind
        return None


def _squeezed_set(text: str) -> frozenset[str]:
    return frozenset(map(squeezed, word_set(text)))
