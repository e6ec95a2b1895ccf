"""Why there is no edition."""

from collections.abc import Sequence
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
