"""Why there is no edition."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from bot.articles import Rejection


class EmptyCorpusError(Exception):
    """The corpus has no article that can be read; `rejections` says why."""

    def __init__(self, path: Path, rejections: Sequence[Rejection]) -> None:
        super().__init__(f"no readable article in {path}")
        self.path = path
        self.rejections = tuple(rejections)


class BuildError(Exception):
    """The process that builds an edition ended without one; the message has its last words."""


class ReloadRunningError(Exception):
    """Another reload runs: who began it and when, and how far it is."""

    def __init__(self, by: str | None, since: datetime, stage: str, done: int, total: int) -> None:
        super().__init__(f"a reload of {by} runs since {since}: {stage} {done}/{total}")
        self.by = by
        self.since = since
        self.stage = stage
        self.done = done
        self.total = total


class GateError(Exception):
    """An edition must not serve: the gate that it did not pass, with what to fill into the text `gate.<gate>`."""

    def __init__(self, gate: str, values: Mapping[str, object]) -> None:
        super().__init__(" ".join([gate, *(f"{name}={value}" for name, value in values.items())]))
        self.gate = gate
        self.values = values


class NothingBeforeError(Exception):
    """There is no edition before the one that serves."""
