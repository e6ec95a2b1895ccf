"""An edition that serves or served, with the state of the source that it was built from, and what is recorded of it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.articles.sources import Version
from bot.edition.edition import Edition
from bot.edition.gates import GoldenQuestion
from bot.edition.reload_outcomes import EditionFigures, GoldenOutcome


@dataclass(frozen=True, slots=True)
class SourceState:
    """A state of the source: its version, the key of its files, the fingerprint of its edition; None is unknown."""

    version: Version | None
    key: str | None
    fingerprint: str | None = None

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "SourceState":
        """Read what `to_record` wrote; raise KeyError or TypeError where it is something else."""
        version = record["version"]
        return cls(Version(**version) if version else None, record["key"], record["fingerprint"])

    def to_record(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return asdict(self)

    def matches(self, other: "SourceState") -> bool:
        """Tell whether two of these name one state; unknown parts are not compared."""
        pairs = (self.version, other.version), (self.key, other.key), (self.fingerprint, other.fingerprint)
        return any(one is not None and one == another for one, another in pairs)


@dataclass(frozen=True, slots=True)
class Served:
    """An edition, the state of the source that it was built from, and the golden questions that it was asked."""

    edition: Edition
    state: SourceState
    questions: Sequence[GoldenQuestion] = ()
    golden: GoldenOutcome | None = None

    @property
    def figures(self) -> EditionFigures:
        """The figures that an outcome shows."""
        return EditionFigures(
            fingerprint=self.edition.fingerprint,
            passages=len(self.edition.index),
            folded=self.edition.folded,
            version=self.state.version.label if self.state.version else "",
            golden=self.golden if self.golden != GoldenOutcome() else None,
        )
