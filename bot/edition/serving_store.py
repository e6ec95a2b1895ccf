"""What remembers over restarts which edition serves, and makes one serve: a file of this machine, or a cluster."""

from dataclasses import dataclass

from bot.edition.build import StageCallback
from bot.edition.served import Served, SourceState


@dataclass(frozen=True, slots=True)
class ServingRecord:
    """The record of an edition: its articles by number, and the state that somebody rolled back from.

    `served` is None where its file is damaged, or of another version of this program: then only the facts are known.
    """

    served: Served | None
    articles: int
    rolled_back_from: SourceState | None


class ServingStore:
    """Remembers which edition serves, and makes one serve; this one remembers nothing."""

    is_shared = False
    """Whether other processes serve the same edition, and may make another one serve."""
    shown = ""
    """Where that is, without what is secret."""

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

    def roll_back(self, old: Served, new: Served) -> None:
        """Make the edition before serve again, and remember that somebody did not want the old one."""
        self.note(new, old.state)

    def lift(self) -> None:
        """Forget what was rolled back from: somebody wants what the source has."""

    def note(self, served: Served, rolled_back_from: SourceState | None) -> None:
        """Remember in which state of the source what serves was found last."""
