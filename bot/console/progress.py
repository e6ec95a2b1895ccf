"""A progress bar while an edition builds; it shows itself only on a terminal, and only when building takes a while."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn

from bot.edition import StageCallback
from bot.texts import Texts

# A small corpus is ready before a bar could be read.
_PATIENCE_SECONDS = 0.4


@contextmanager
def progress_bar(texts: Texts) -> Iterator[StageCallback | None]:
    """Give a reporter to build an edition with, or None where nobody would see its bar."""
    if not sys.stderr.isatty():
        yield None
        return
    bar = _Bar(texts)
    try:
        yield bar.report
    finally:
        bar.stop()


class _Bar:
    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._began = time.monotonic()
        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._tasks: dict[str, TaskID] = {}

    def report(self, stage: str, done: int, total: int) -> None:
        """Move the bar of a stage."""
        if time.monotonic() - self._began < _PATIENCE_SECONDS:
            return
        if stage not in self._tasks:
            self._progress.start()
            self._tasks[stage] = self._progress.add_task(self._texts(f"console.{stage}"))
        self._progress.update(self._tasks[stage], completed=done, total=total)

    def stop(self) -> None:
        """Take the bar off the screen."""
        if self._tasks:
            self._progress.stop()
