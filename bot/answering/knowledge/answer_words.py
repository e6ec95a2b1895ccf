"""Words that the answering words of a sentence stand behind, or begin with, from `config/answer_words.toml`."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.answering.knowledge.word_lists import Phrase, check_word_lists, naming, phrase_list, word_set
from bot.arabic import CONJUNCTIONS

_LONGEST = 4


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """Phrases in normal form: what a reason and a definition stand behind, and what begins a reason.

    One of `reasons` is followed by a reason, one of `reasons_with` begins one; a definition follows one of
    `definitions`, and one of `times` may precede a date. `measured` are, by the kind of unit, the words of what is
    measured in it.
    """

    reasons: frozenset[Phrase]
    reasons_with: frozenset[Phrase]
    definitions: frozenset[Phrase]
    times: frozenset[Phrase]
    measured: Mapping[str, frozenset[str]]

    @classmethod
    def read(cls, file: Path) -> "AnswerWords":
        """Read the phrases; raise ValueError naming what is missing or malformed."""
        with naming(file):
            lists = tomllib.loads(file.read_text(encoding="utf-8"))
            check_word_lists(lists)
            return cls(
                frozenset(phrase_list(lists["reasons"]["behind"])),
                frozenset(phrase_list(lists["reasons"]["with"])),
                frozenset(phrase_list(lists["definitions"]["behind"])),
                frozenset(phrase_list(lists["times"]["with"])),
                {kind: word_set(text) for kind, text in lists["measured"].items()},
            )


def phrase_length(phrases: frozenset[Phrase], normals: Sequence[str], at: int) -> int:
    """Return the number of words of the longest phrase at a position, a conjunction before it or none; 0 for none."""
    for length in range(min(_LONGEST, len(normals) - at), 0, -1):
        first, *others = normals[at : at + length]
        if (first, *others) in phrases or (first[:1] in CONJUNCTIONS and (first[1:], *others) in phrases):
            return length
    return 0
