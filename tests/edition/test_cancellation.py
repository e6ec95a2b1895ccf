"""A reload that somebody ends: the old edition serves, and the next reload is like any other."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.articles import ProgressCallback
from bot.articles.sources import DirectorySource, Fetched, Source, SourceError
from bot.edition import (
    Edition,
    Editions,
    GoldenOutcome,
    ReloadCancelledError,
    ReloadLimits,
    ReloadRunningError,
    Running,
    StageCallback,
    no_check,
)
from bot.edition.reload_lock import ReloadLock
from tests.edition.samples import BRIDGE, MUSEUM, Counted, PlayedSource, build, ids, write


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return write(tmp_path / "town", "bridge.md", BRIDGE).parent


class Cancelling:
    """Does some work of a reload, and has that cancelled in its middle."""

    def __init__(self) -> None:
        self.editions: Editions
        self.is_on = False

    def cancel(self) -> None:
        if self.is_on:
            assert self.editions.cancel("سلمى")

    def build(self, path: Path, progress: StageCallback | None = None) -> Edition:
        self.cancel()
        return build(path, progress)

    def check(self, edition: Edition, *_: object) -> GoldenOutcome:
        del edition
        self.cancel()
        return GoldenOutcome()


class StubbornSource(PlayedSource):
    """A source whose library makes errors of its own of whatever it meets."""

    cancel: Callable[[], None] = staticmethod(lambda: None)

    def fetch(self, progress: ProgressCallback = lambda *_: None, *, force: bool = False) -> Fetched:
        try:
            self.cancel()
            return super().fetch(progress, force=force)
        except Exception as error:
            raise SourceError("source.store", url=self.name, words=type(error).__name__) from error


def refused(editions: Editions) -> None:
    before = editions.current
    with pytest.raises(ReloadCancelledError, match="سلمى"):
        editions.reload(by="عمر")
    assert editions.current is before
    assert editions.running is None


@pytest.mark.parametrize("stage", ["fetching", "reading", "checking"])
def test_a_reload_is_cancelled_at_any_stage(town: Path, stage: str) -> None:
    work = Cancelling()
    source: Source = PlayedSource(town)
    if stage == "fetching":
        source = StubbornSource(town)
        source.cancel = work.cancel
    check = work.check if stage == "checking" else no_check
    editions = work.editions = Editions(source, work.build if stage == "reading" else build, check=check)
    editions.reload()
    write(town, "museum.md", MUSEUM)
    source.version = "two"  # type: ignore[attr-defined]
    work.is_on = True
    refused(editions)
    assert editions.source_error is None
    work.is_on = False
    editions.reload(by="عمر")
    assert ids(editions) == ["bridge", "museum"]


def test_where_no_reload_runs_there_is_nothing_to_cancel(town: Path) -> None:
    stopped: list[None] = []
    editions = Editions(DirectorySource(town), build, stop=lambda: stopped.append(None))
    assert not editions.cancel("سلمى")
    editions.reload()
    assert not editions.cancel("سلمى")
    assert stopped == []


def test_a_build_that_waits_is_stopped(town: Path) -> None:
    begun, stop = threading.Event(), threading.Event()

    def wait(*_: object) -> Edition:
        begun.set()
        assert stop.wait(30)
        raise OSError("ended")

    editions = Editions(DirectorySource(town), build, build_in_process=wait, stop=stop.set)
    editions.start()
    write(town, "museum.md", MUSEUM)
    canceller = threading.Thread(target=lambda: begun.wait(30) and editions.cancel("سلمى"))
    canceller.start()
    refused(editions)
    canceller.join()


def test_what_is_built_while_an_edition_serves_or_comes_from_outside_is_built_apart(town: Path) -> None:
    for source, alone in ((DirectorySource(town), 1), (PlayedSource(town), 0)):
        here, apart = Counted(), Counted()
        editions = Editions(source, here, build_in_process=apart)
        editions.start()
        assert (here.builds, apart.builds) == (alone, 1 - alone)
        write(town, "museum.md", f"{MUSEUM} {alone}")
        if isinstance(source, PlayedSource):
            source.version = "two"
        editions.reload()
        assert (here.builds, apart.builds) == (alone, 2 - alone)


def test_the_next_reload_waits_for_the_end_of_a_cancelled_one(town: Path) -> None:
    begun, end = threading.Event(), threading.Event()

    def hang(*_: object) -> Edition:
        begun.set()
        assert end.wait(30)
        raise OSError("ended")

    editions = Editions(DirectorySource(town), build, build_in_process=hang)
    editions.start()
    write(town, "museum.md", MUSEUM)
    errors: list[Exception] = []

    def reload() -> None:
        try:
            editions.reload(by="عمر")
        except ReloadCancelledError as error:
            errors.append(error)

    cancelled = threading.Thread(target=reload)
    cancelled.start()
    assert begun.wait(30)
    with pytest.raises(ReloadRunningError):
        editions.reload(by="عمر")
    assert editions.cancel("سلمى")
    editions._build_in_process = build
    threading.Timer(0.2, end.set).start()
    editions.reload(by="عمر")
    cancelled.join()
    assert len(errors) == 1
    assert ids(editions) == ["bridge", "museum"]


@pytest.mark.parametrize(("stage", "limit"), [("fetching", 80.0), ("reading", 380.0), ("checking", 380.0)])
def test_a_reload_that_outlives_its_limit_is_overdue(stage: str, limit: float) -> None:
    lock = ReloadLock(ReloadLimits(fetch=20.0, build=300.0))
    with lock.hold("سلمى") as note:
        note(stage, 0, 0)
        running = lock.running
        assert running is not None
        assert (running.limit, running.is_overdue) == (limit, False)
        assert replace(running, since=running.since - timedelta(seconds=limit + 1)).is_overdue
    assert not Running(None, datetime.now(UTC) - timedelta(days=9)).is_overdue  # of no limit
