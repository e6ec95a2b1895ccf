"""The program with short waits, and points where a test halts it: `python -m tests.e2e.prepared run`.

PREPARED_HALTS names a folder: while a file there has the name of a point, whoever comes to that point stays there.
PREPARED_MINUTE says how many seconds the minute of the limits lasts. PREPARED_PAUSES, when set, has what Discord does
not take repeated soon. PREPARED_RECOVERY says how many seconds a gateway session may be gone.
PREPARED_NEWS says how many seconds lie between two posts of what is new.
PREPARED_DAY says how many seconds a day has for those who follow something.
PREPARED_PACE says how many seconds pass between two late answers, and between two members who are told of one.
PREPARED_BEAT says how many seconds lie between two heartbeats. PREPARED_WITHOUT names a library that is not installed.
PREPARED_SEARCH names a file: editions are on a server, which fails as long as the file names an error.
PREPARED_PATIENCE says how many seconds a question waits for that server.
PREPARED_ILL says for how many seconds a source may fail, and has sources looked at ten times as often.
PREPARED_HANG, when set, has a feed with the word HANGING hang the child that reads it.
PREPARED_FILES, when set, has editions of small corpora kept in files too, each built by a child.
"""

import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from bot import retrieval
from bot.__main__ import main
from bot.answering import SelfTest
from bot.articles.sources import snapshots
from bot.articles.sources.limits import FetchLimits
from bot.articles.sources.snapshots import write_snapshot
from bot.edition import Edition, EditionBuilder, build_process, history, refresh, rhythm
from bot.edition.reload_outcomes import compare_editions
from bot.ops import health
from bot.storage import atomic_write
from bot.workers import child_process
from tests.patience import wait_until
from tests.retrieval.opensearch.outage import Outage, on_server

P = ParamSpec("P")
T = TypeVar("T")

MODULE = "tests.e2e.prepared"
HANGING = "يعلّق"
POINTS = ("publishing", "reading", "checking", "swapping")
_OF_CHAT = {
    *("PREPARED_MINUTE", "PREPARED_PAUSES", "PREPARED_NEWS", "PREPARED_PACE", "PREPARED_RECOVERY", "PREPARED_PATIENCE"),
    *("PREPARED_DAY", "PREPARED_ILL"),
}


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

    def forget(self, point: str) -> None:
        """Forget that somebody came to a point."""
        _reached(self._folder / point).unlink()

    def is_reached(self, point: str) -> bool:
        """Tell whether somebody waits there, or has waited."""
        return _reached(self._folder / point).exists()

    def whom(self, point: str) -> int:
        """Return the process that waits there, or has waited."""
        return int(_reached(self._folder / point).read_bytes())


def _reached(place: Path) -> Path:
    return place.with_suffix(".reached")


def _halt(point: str) -> None:
    place = Path(os.environ["PREPARED_HALTS"]) / point
    if place.exists():
        atomic_write(_reached(place), str(os.getpid()).encode())
        wait_until(lambda: not place.exists(), f"leave to go on at {point!r}")


def _halting(point: str, work: Callable[P, T]) -> Callable[P, T]:
    """Halt at a point behind some work."""

    def halting(*arguments: P.args, **options: P.kwargs) -> T:
        outcome = work(*arguments, **options)
        _halt(point)
        return outcome

    return halting


def build() -> None:
    """Be the child, with a point behind each report of its progress, and one behind the test of an edition."""
    _replace(SelfTest, "test", _halting("checking", SelfTest.test))
    build_process._report_progress = _halting("reading", build_process._report_progress)
    build_process.main()


def read() -> None:
    """Be the child that reads what hosts send, and hang over some of it."""
    document_parser = import_module("bot.articles.feeds.document_parser")
    read_feed = document_parser.read_feed

    def hanging(data: bytes, *more: Any) -> Any:
        while HANGING.encode() in data:
            pass
        return read_feed(data, *more)

    _replace(document_parser, "read_feed", hanging)
    child_process.main()


def _replace(owner: object, name: str, value: object) -> None:
    """Replace what must be there."""
    assert hasattr(owner, name), f"{owner} has no {name}"
    setattr(owner, name, value)


def _set_last_default(function: Callable[..., object], value: object) -> None:
    defaults = function.__defaults__ or ()
    _replace(function, "__defaults__", (*defaults[:-1], value))


def _prepare() -> None:
    """Shorten waits, and set up the points."""
    _replace(refresh, "_CATCH_UP", 1.0)
    _set_last_default(FetchLimits.__init__, 0.01)
    if os.environ.keys() & _OF_CHAT:
        _prepare_chat()
    if without := os.environ.get("PREPARED_WITHOUT"):
        sys.modules[without] = None  # type: ignore[assignment]  # so Python notes that there is none
    if every := os.environ.get("PREPARED_BEAT"):
        _replace(health, "_BEAT_EVERY", float(every))
    if file := os.environ.get("PREPARED_SEARCH"):
        _put_on_server(Path(file))
    if os.environ.get("PREPARED_HANG"):
        _replace(child_process, "_START", f"from {MODULE} import read; read()")
    if os.environ.get("PREPARED_FILES"):
        _set_last_default(EditionBuilder.__init__, 0)
    if os.environ.get("PREPARED_HALTS"):
        _replace(snapshots, "write_snapshot", _halting("publishing", write_snapshot))
        _replace(build_process, "_START", f"from {MODULE} import build; build()")
        _replace(child_process, "_INHERITED", child_process._INHERITED | {"PREPARED_HALTS"})
        _replace(SelfTest, "test", _halting("checking", SelfTest.test))
        _replace(history, "compare_editions", _halting("swapping", compare_editions))


def _put_on_server(file: Path) -> None:
    """Put editions on a search server."""

    class Named(Outage):
        def check(self) -> None:
            kind = file.read_text(encoding="utf-8") if file.exists() else ""
            self.error = getattr(retrieval, kind)("as the test says") if kind else None
            super().check()

    put_together, outage = Edition.from_arrays, Named()
    _replace(Edition, "from_arrays", lambda *materials: on_server(put_together(*materials), outage))


def _prepare_chat() -> None:
    """Shorten waits of the chat room, which takes longer to import than all else and which children do without."""
    from bot.chat import admission, session, waiting_room  # noqa: PLC0415
    from bot.chat.exchange.delivery import deliver  # noqa: PLC0415
    from bot.chat.following import follow_post  # noqa: PLC0415
    from bot.chat.news import news_post, source_watch, weekly_report  # noqa: PLC0415
    from bot.chat.open_refusals import card_places  # noqa: PLC0415
    from bot.ops import rate_limits, watchdog  # noqa: PLC0415
    from bot.records import follows  # noqa: PLC0415

    if minute := float(os.environ.get("PREPARED_MINUTE", "0")):
        for module, name in ((rate_limits, "_MINUTE"), (admission, "PATIENCE")):
            _replace(module, name, minute)
        _replace(waiting_room, "_WORTH_A_SIGN", 0.0)
    if recovery := float(os.environ.get("PREPARED_RECOVERY", "0")):
        _replace(watchdog, "RECOVERY", recovery)
        _replace(session, "_LOOK_EVERY", recovery / 10)
    if between := int(os.environ.get("PREPARED_NEWS", "0")):
        _replace(news_post, "_PACE", between)
        for module in (news_post, weekly_report, follow_post):
            _replace(module, "LONGEST_SEND", between)
    _replace(follows, "DAY_OF_CARDS", int(os.environ.get("PREPARED_DAY", follows.DAY_OF_CARDS)))
    # The card of the week comes on Mondays too, however early.
    _replace(weekly_report, "_HOUR", 0)
    if pace := float(os.environ.get("PREPARED_PACE", "0")):
        for module in (card_places, follow_post):
            _replace(module, "PACE", pace)
    _look_at_sources(source_watch)
    if os.environ.get("PREPARED_PAUSES"):
        _set_last_default(deliver, (0.05, 0.1))
        _replace(waiting_room, "PAUSES", (0.3,) * 5)
    # None at all is a patience, too.
    if patience := os.environ.get("PREPARED_PATIENCE"):
        _replace(waiting_room, "SEARCH_PATIENCE", float(patience))


def _look_at_sources(source_watch: object) -> None:
    if patience := float(os.environ.get("PREPARED_ILL", "0")):
        _replace(source_watch, "_LOOK_EVERY", patience / 10)
        for name in ("_FIRST_PATIENCE", "_LONGEST_PATIENCE", "_USUAL_PATIENCE", "_NEW_PATIENCE"):
            _replace(rhythm, name, patience)


if __name__ == "__main__":
    _prepare()
    sys.exit(main())
