"""An edition with what tells whether the source has another one by now."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.articles.sources import Version
from bot.edition.edition import Edition
from bot.edition.golden import GoldenQuestion
from bot.edition.report import GoldenOutcome


@dataclass(frozen=True, slots=True)
class Mark:
    """What the source called a state, the key of its files, and the fingerprint of its edition; None is unknown."""

    version: Version | None
    key: str | None
    fingerprint: str | None = None

    def is_of(self, other: "Mark") -> bool:
        """Tell whether two marks are of one state; what is unknown tells nothing."""
        pairs = (self.version, other.version), (self.key, other.key), (self.fingerprint, other.fingerprint)
        return any(one is not None and one == another for one, another in pairs)


@dataclass(frozen=True, slots=True)
class State:
    """An edition, the mark of what it was built from, and the golden questions that it was asked."""

    edition: Edition
    mark: Mark
    questions: Sequence[GoldenQuestion] = ()
    golden: GoldenOutcome | None = None
