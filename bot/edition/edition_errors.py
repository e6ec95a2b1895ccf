"""Errors of builds, gates, reloads and rollbacks."""

from collections.abc import Sequence
from pathlib import Path

from bot.articles import Rejection
from bot.errors import TextError


class GateError(TextError):
    """An edition failed a gate and may not serve; its text is `gate.<gate>`."""

    def __init__(self, gate: str, **values: object) -> None:
        super().__init__(f"gate.{gate}", **values)

    def __str__(self) -> str:
        """Name the gate, and what was wrong."""
        return super().__str__().removeprefix("gate.")


class EmptyCorpusError(GateError):
    """The corpus has no article that can be read; `rejections` says why."""

    def __init__(self, name: Path | str, rejections: Sequence[Rejection]) -> None:
        """Take the path of the corpus, or the name of its source."""
        super().__init__("empty", source=name)
        self.name = str(name)
        self.rejections = tuple(rejections)


class BuildError(Exception):
    """The process that builds an edition ended without one; the message has its last words."""


class BuildTimeoutError(BuildError):
    """The process that builds an edition was ended, since it took longer than so many seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"not done in {seconds} s")
        self.seconds = seconds


class ReloadCancelledError(Exception):
    """Somebody ended a reload before it was done; `by` is None where the program ended."""

    def __init__(self, by: str | None) -> None:
        super().__init__(f"cancelled by {by or 'the end of the program'}")
        self.by = by


class NothingBeforeError(Exception):
    """There is no edition before the one that serves."""

    def __init__(self) -> None:
        super().__init__("there is no edition before")


class UnknownEditionError(TextError):
    """An edition that was chosen to roll back to is not kept; of a cluster only the one before is."""

    def __init__(self, *, is_shared: bool = False) -> None:
        super().__init__("rollback.only_before" if is_shared else "rollback.unknown")


class RemovedBeforeError(TextError):
    """The edition before has an article that a moderator removed since, or its source withdrew."""

    def __init__(self, title: str, *, is_withdrawn: bool) -> None:
        super().__init__("rollback.withdrawn" if is_withdrawn else "rollback.removed", title=title)


class NothingPublishedError(TextError):
    """Nothing serves under the name at which this version of the program looks, and this process does not build."""

    def __init__(self, name: str) -> None:
        super().__init__("search.nothing_published", name=name)
