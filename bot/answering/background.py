"""How rare a word is in Arabic news at large, from `config/background.tsv`: what a small corpus cannot tell.

One article says nothing about which of its words are rare; with weights from outside, one threshold serves one
article and a whole archive alike.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_NEARLY_NEVER = 1e-9


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
        # What fell below the list's end is at most half as frequent as its last entry.
        return cls(frequencies, min(frequencies.values(), default=1.0) / 2)

    def share(self, stem: str, passage_length: float) -> float:
        """Return the probability that a passage of so many words holds a stem, taking words as independent.

        It is never quite 0 or 1, even where passages hold no words or thousands: the logarithm of both is of use.
        """
        frequency = self.per_million.get(stem, self.unlisted) / 1e6
        share = -math.expm1(passage_length * math.log1p(-min(frequency, 0.5)))
        return min(max(share, _NEARLY_NEVER), 1 - _NEARLY_NEVER)
