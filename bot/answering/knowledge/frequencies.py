"""Word frequencies: stems per million words of Arabic news at large, `config/background.tsv`, and of everyday Arabic.

A single article does not show which of its words are rare. With weights from outside the corpus, one threshold serves
a single article and a whole archive. Everyday Arabic, `config/everyday.tsv`, is that of conversation, subtitles and
social media: to a reader of news alone «حلمت» looks like a rare name. The file has only stems that news at large lacks
or has far less often, and no names.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.answering.knowledge.word_lists import read_frequencies
from bot.arabic import ARTICLE, CONJUNCTIONS, Analyser, light_stem
from bot.storage import atomic_write

_NEARLY_NEVER = 1e-9
# The length in words of a usual paragraph.
_USUAL_LENGTH = 60.0
_LEAST_OCCURRENCES = 4


@dataclass(frozen=True, slots=True)
class Background:
    """Frequencies of stems per million words, and the frequency assumed for a stem that is not listed."""

    per_million: Mapping[str, float]
    unlisted: float

    @classmethod
    def read(cls, file: Path) -> "Background":
        """Read `stem<TAB>occurrences per million` lines, the most frequent first; raise ValueError."""
        frequencies = {stem: frequency for stem, frequency, _ in read_frequencies(file)}
        return cls(frequencies, _unlisted(frequencies))

    @classmethod
    def count(cls, texts: Iterable[str], analyser: Analyser) -> "Background":
        """Count the stems of texts; those with fewer than four occurrences are left out."""
        counts = Counter(analyser.stem(word) for text in texts for word in analyser.words(text))
        total = counts.total()
        kept = {stem: count for stem, count in counts.items() if count >= _LEAST_OCCURRENCES}
        ordered = sorted(kept, key=lambda stem: (-kept[stem], stem))
        per_million = {stem: kept[stem] / total * 1e6 for stem in ordered}
        return cls(per_million, _unlisted(per_million))

    def write(self, file: Path, comment: str) -> None:
        """Write the frequencies in the form that `read` takes."""
        lines = [f"{stem}\t{frequency:.1f}" for stem, frequency in self.per_million.items()]
        atomic_write(file, ("\n".join([f"# {comment}", *lines]) + "\n").encode())

    def is_listed(self, stem: str) -> bool:
        """Whether the list has a stem: it is no rare word of news at large."""
        return stem in self.per_million

    def passage_probability(self, stem: str, passage_length: float) -> float:
        """Return the probability 1 - (1 - p)^n that a passage of n words has a stem of frequency p, words independent.

        It is kept off 0 and 1 for passages without words or with thousands, so that its logarithm is finite.
        """
        frequency = self.per_million.get(stem, self.unlisted) / 1e6
        probability = -math.expm1(passage_length * math.log1p(-min(frequency, 0.5)))
        return min(max(probability, _NEARLY_NEVER), 1 - _NEARLY_NEVER)

    def news_information(self, stem: str) -> float:
        """Return the self-information of a stem, -ln P(a usual passage of news has it), in nats."""
        return -math.log(self.passage_probability(stem, _USUAL_LENGTH))


def _unlisted(per_million: Mapping[str, float]) -> float:
    """Return the frequency assumed for an unlisted stem: half the lowest of the list."""
    return min(per_million.values(), default=1.0) / 2


_VERB = "verb"
_PRONOUNS = ("لكم", "لك", "هما", "هم", "ها", "هن", "كم", "ني", "نا", "ك", "ه", "و")
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
        verbs = frozenset(stem for stem, _, note in rows if note)
        return cls({stem: frequency for stem, frequency, _ in rows}, verbs)

    def write(self, file: Path, comment: Iterable[str]) -> None:
        """Write the frequencies in the form that `read` takes, the most frequent first."""
        order = sorted(self.per_million, key=lambda stem: (-self.per_million[stem], stem))
        notes = dict.fromkeys(self.verbs, f"\t{_VERB}")
        lines = [f"{stem}\t{self.per_million[stem]:.1f}{notes.get(stem, '')}" for stem in order]
        atomic_write(file, ("\n".join([*(f"# {line}" for line in comment), *lines]) + "\n").encode())

    def is_listed(self, stem: str) -> bool:
        """Whether everyday Arabic has a stem, and far more often than news."""
        return stem in self.per_million

    def is_verb(self, normal: str) -> bool:
        """Whether a word in normal form is a verb, with or without a conjunction and a pronoun."""
        if normal.startswith(ARTICLE):
            return False
        forms = {normal, *(normal.removeprefix(letter) for letter in CONJUNCTIONS)}
        bare = {form.removesuffix(pronoun) for form in forms for pronoun in _PRONOUNS}
        forms |= {form for form in bare if len(form) >= _LEAST_LETTERS}
        return any(light_stem(form) in self.verbs for form in forms)
