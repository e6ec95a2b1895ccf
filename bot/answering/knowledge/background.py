"""How rare a word is in Arabic news at large, from `config/background.tsv`: what a small corpus cannot tell.

One article says nothing about which of its words are rare; with weights from outside, one threshold serves one
article and a whole archive alike.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.arabic import Analyser

_NEARLY_NEVER = 1e-9
_LEAST_OCCURRENCES = 4


@dataclass(frozen=True, slots=True)
class Background:
    """Stem frequencies per million words, and the frequency to assume for a stem that is not listed."""

    per_million: Mapping[str, float]
    unlisted: float

    @classmethod
    def read(cls, file: Path) -> "Background":
        """Read `stem<TAB>occurrences per million` lines, the most frequent first; raise ValueError."""
        frequencies: dict[str, float] = {}
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except (OSError, ValueError) as error:
            raise ValueError(f"{file}: {error}") from error
        for number, line in enumerate(lines, 1):
            if line.startswith("#"):
                continue
            stem, _, frequency = line.partition("\t")
            try:
                frequencies[stem] = float(frequency)
            except ValueError as error:
                raise ValueError(f"{file}:{number}: {line!r} is not a stem, a tab and a frequency") from error
        return cls(frequencies, _unlisted(frequencies))

    @classmethod
    def count(cls, texts: Iterable[str], analyser: Analyser) -> "Background":
        """Count the stems of texts; those that hardly occur are left out."""
        counts = Counter(analyser.stem(word) for text in texts for word in analyser.words(text))
        total = counts.total()
        kept = {stem: count for stem, count in counts.items() if count >= _LEAST_OCCURRENCES}
        ordered = sorted(kept, key=lambda stem: (-kept[stem], stem))
        per_million = {stem: kept[stem] / total * 1e6 for stem in ordered}
        return cls(per_million, _unlisted(per_million))

    def write(self, file: Path, comment: str) -> None:
        """Write the frequencies in the form that `read` takes."""
        lines = [f"{stem}\t{frequency:.1f}" for stem, frequency in self.per_million.items()]
        file.write_text("\n".join([f"# {comment}", *lines]) + "\n", encoding="utf-8")

    def is_listed(self, stem: str) -> bool:
        """Tell whether a stem occurs in news at large more than now and then."""
        return stem in self.per_million

    def passage_probability(self, stem: str, passage_length: float) -> float:
        """Return the probability that a passage of so many words holds a stem, taking words as independent.

        It is never quite 0 or 1, even where passages hold no words or thousands: the logarithm of both is of use.
        """
        frequency = self.per_million.get(stem, self.unlisted) / 1e6
        share = -math.expm1(passage_length * math.log1p(-min(frequency, 0.5)))
        return min(max(share, _NEARLY_NEVER), 1 - _NEARLY_NEVER)


def _unlisted(per_million: Mapping[str, float]) -> float:
    """Guess the frequency of a stem below the list's end: half that of its last entry."""
    return min(per_million.values(), default=1.0) / 2
