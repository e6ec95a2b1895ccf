"""What serves, and the store that remembers it over restarts and makes one serve: a file here, or a cluster."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.articles.sources import Version
from bot.edition.build import StageCallback
from bot.edition.edition import EarlierEdition, Edition
from bot.edition.gates import GoldenQuestion
from bot.edition.reload_outcomes import EditionFigures, GoldenOutcome


@dataclass(frozen=True, slots=True)
class SourceState:
    """A state of the source: its version, the key of its files, the fingerprint of its edition; None is unknown.

    `removals` is the digest of the list of what is kept out of it.
    """

    version: Version | None
    key: str | None
    fingerprint: str | None = None
    removals: str = ""

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "SourceState":
        """Read what `to_record` wrote; raise KeyError or TypeError where it is something else."""
        version = record["version"]
        known = Version(**version) if version else None
        return cls(known, record["key"], record["fingerprint"], record.get("removals", ""))

    def to_record(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return asdict(self)

    def matches(self, other: "SourceState") -> bool:
        """Whether two of these name one state, whatever is kept out of it; unknown parts are not compared."""
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


@dataclass(frozen=True, slots=True)
class ServingRecord:
    """The record of an edition: its articles by number, and the state that somebody rolled back from.

    `is_back` where it serves since a rollback; with others served since, that was another rollback.

    `served` is None where its file is damaged, or of another version of this program: then only the facts are known.
    """

    served: Served | None
    articles: int
    rolled_back_from: SourceState | None
    is_back: bool = False


class ServingStore:
    """Remembers which edition serves, and makes one serve; this one remembers nothing."""

    def recall(self, now: Served | None) -> ServingRecord | None:
        """Return what is to serve, None where nothing is known of it; where that is `now`, with this very one."""
        del now
        return None

    def prepare(self, built: Served, progress: StageCallback) -> Served:
        """Return an edition that was built as it is to serve, to be put to the gates."""
        del progress
        return built

    def serve(self, new: Served, old: Served | None, rolled_back_from: SourceState | None, by: str | None) -> None:
        """Make a prepared edition serve instead of the one that served, None without any, and remember it.

        `by` is who asked for it; `rolled_back_from` stays out.
        """
        del old, by
        self.note(new, rolled_back_from)

    def clear(self, broken: Served | None = None) -> None:
        """Take away what was prepared and is not to serve, at once what is broken."""

    def find_previous(self, now: Served) -> Served | None:
        """Return the edition that served before `now`, None where only the process knows it, if at all."""
        del now
        return None

    def earlier(self) -> Sequence[EarlierEdition]:
        """Return the editions that can be served again, the one that came to serve last first."""
        return ()

    def open_earlier(self, fingerprint: str) -> Served | None:
        """Return one of these, None where it is gone."""
        del fingerprint
        return None

    def roll_back(self, old: Served, new: Served, rolled_back_from: SourceState | None) -> None:
        """Make an earlier edition serve again instead of the old one; `rolled_back_from` stays out."""
        del old
        self.note(new, rolled_back_from)

    def note(self, served: Served, rolled_back_from: SourceState | None) -> None:
        """Remember in which state of the source what serves was found last."""
