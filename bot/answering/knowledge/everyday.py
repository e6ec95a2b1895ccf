"""Everyday Arabic: stems per million words of conversation, subtitles and social media, from `config/everyday.tsv`.

To a reader of news alone «حلمت» looks like a rare name. The file has only stems that news at large lacks or has far
less often, and no names.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.answering.knowledge.word_lists import read_frequencies
from bot.arabic import ARTICLE, CONJUNCTIONS, light_stem
from bot.storage import atomic_write

_VERB = "verb"
_PRONOUNS = ("هما", "هم", "ها", "هن", "كم", "ني", "نا", "ك", "ه", "و")
_LEAST_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Everyday:
    """Frequencies of stems per million words; `verbs` are the stems of verbs among them."""

    per_million: Mapping[str, float]
    verbs: frozenset[str]

    @classmethod
    def read(cls, file: Path) -> "Everyday":
        """Read `stem<TAB>occurrences per million[<TAB>verb]` lines; raise ValueError."""
        rows = list(read_frequencies(file, _VERB))
        return cls({stem: frequency for stem, frequency, _ in rows}, frozenset(stem for stem, _, note in rows if note))

    def write(self, file: Path, comment: Iterable[str]) -> None:
        """Write the frequencies in the form that `read` takes, the most frequent first."""
        order = sorted(self.per_million, key=lambda stem: (-self.per_million[stem], stem))
        lines = [
            f"{stem}\t{self.per_million[stem]:.1f}" + (f"\t{_VERB}" if stem in self.verbs else "") for stem in order
        ]
        atomic_write(file, ("\n".join([*(f"# {line}" for line in comment), *lines]) + "\n").encode())

    def is_listed(self, stem: str) -> bool:
        """Whether everyday Arabic has a stem, and far more often than news."""
        return stem in self.per_million

    def is_verb(self, normal: str) -> bool:
        """Whether a word in normal form is a verb, with or without a conjunction and a pronoun."""
        if normal.startswith(ARTICLE):
            return False
        return any(light_stem(form) in self.verbs for form in _verb_forms(normal))


def _verb_forms(normal: str) -> Iterator[str]:
    for conjunction in ("", *filter(normal.startswith, CONJUNCTIONS)):
        bare = normal[len(conjunction) :]
        yield bare
        for pronoun in filter(bare.endswith, _PRONOUNS):
            if len(bare) - len(pronoun) >= _LEAST_LETTERS:
                yield bare.removesuffix(pronoun)
