"""The program with short waits, and points where a test halts it: `python -m tests.e2e.prepared run`.

PREPARED_HALTS names a folder: while a file there has the name of a point, whoever comes to that point stays there.
PREPARED_FILES, when set, has editions of small corpora kept in files too, each built by a child.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from bot.__main__ import main
from bot.answering import SelfTest
from bot.articles.sources import snapshots
from bot.articles.sources.limits import Limits
from bot.articles.sources.snapshot import write_manifest
from bot.edition import EditionBuilder, child, editions, refresh
from bot.edition.changes import changes

P = ParamSpec("P")
T = TypeVar("T")

MODULE = "tests.e2e.prepared"
POINTS = ("publishing", "reading", "checking", "swapping")
_LOOK_EVERY, _LONGEST = 0.02, 60.0


class Halts:
    """What a test does with the points of a program that it has started."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder

    @property
    def settings(self) -> dict[str, str]:
        """What the program has to be told."""
        return {"PREPARED_HALTS": str(self._folder)}

    def set(self, point: str) -> None:
        """Halt whoever comes to a point from now on."""
        assert point in POINTS
        (self._folder / point).touch()

    def release(self, point: str) -> None:
        """Let those who wait at a point go on."""
        (self._folder / point).unlink()

    def is_reached(self, point: str) -> bool:
        """Tell whether somebody waits there, or has waited."""
        return _reached(self._folder / point).exists()


def _reached(place: Path) -> Path:
    return place.with_suffix(".reached")


def _halt(point: str) -> None:
    place = Path(os.environ["PREPARED_HALTS"]) / point
    if place.exists():
        _reached(place).touch()
        until = time.monotonic() + _LONGEST
        while place.exists() and time.monotonic() < until:
            time.sleep(_LOOK_EVERY)


def _halting(point: str, work: Callable[P, T]) -> Callable[P, T]:
    """Halt at a point behind some work."""

    def halting(*arguments: P.args, **options: P.kwargs) -> T:
        outcome = work(*arguments, **options)
        _halt(point)
        return outcome

    return halting


def build() -> None:
    """Be the child, with a point behind each report of its progress."""
    child._report_progress = _halting("reading", child._report_progress)
    child.main()


def _replace(owner: object, name: str, value: object) -> None:
    """Replace what must be there."""
    assert hasattr(owner, name), f"{owner} has no {name}"
    setattr(owner, name, value)


def _set_last_default(function: Callable[..., None], value: object) -> None:
    defaults = function.__defaults__ or ()
    _replace(function, "__defaults__", (*defaults[:-1], value))


def _prepare() -> None:
    """Shorten waits, and set up the points."""
    _replace(refresh, "_CATCH_UP", 1.0)
    _set_last_default(Limits.__init__, 0.01)
    if os.environ.get("PREPARED_FILES"):
        _set_last_default(EditionBuilder.__init__, 0)
    if os.environ.get("PREPARED_HALTS"):
        _replace(snapshots, "write_manifest", _halting("publishing", write_manifest))
        _replace(child, "_START", f"from {MODULE} import build; build()")
        _replace(child, "_INHERITED", child._INHERITED | {"PREPARED_HALTS"})
        _replace(SelfTest, "__call__", _halting("checking", SelfTest.__call__))
        _replace(editions, "changes", _halting("swapping", changes))


if __name__ == "__main__":
    _prepare()
    sys.exit(main())
