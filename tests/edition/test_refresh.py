"""The schedule: what it asks for, how long it waits, and whom it tells."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from bot.articles.sources import SourceError, SourceProblem, Version
from bot.edition import (
    BuildError,
    Edition,
    Editions,
    HeldBack,
    Reloaded,
    ReloadOutcome,
    Schedule,
    Unchanged,
    keep_fresh,
)
from bot.workers.threads import in_daemon_thread
from tests.edition.samples import PlayedSource, bring, build, ids


class Clock:
    """Pauses that pass at once and are noted; before each, something may happen; after the last, the schedule ends."""

    def __init__(self, *happenings: Callable[[], object]) -> None:
        self._happenings = list(happenings)
        self.waits: list[float] = []

    async def pause(self, seconds: float) -> None:
        self.waits.append(seconds)
        if not self._happenings:
            raise asyncio.CancelledError
        self._happenings.pop(0)()


class Heard:
    def __init__(self) -> None:
        self.outcomes: list[ReloadOutcome] = []
        self.errors: list[Exception] = []

    def note(self, outcome: ReloadOutcome) -> None:
        self.outcomes.append(outcome)

    def error(self, error: Exception) -> None:
        self.errors.append(error)
        raise RuntimeError("nobody listens")


def nothing() -> None:
    """Happen not."""


async def fresh(editions: Editions, seconds: Schedule, clock: Clock) -> Heard:
    heard = Heard()
    with suppress(asyncio.CancelledError):
        await keep_fresh(editions, seconds, in_daemon_thread, heard.note, heard.error, pause=clock.pause)
    return heard


def put(source: PlayedSource, **values: Any) -> None:
    for name, value in values.items():
        setattr(source, name, value)


async def test_what_is_new_comes_on_schedule(editions: Editions, source: PlayedSource) -> None:

    clock = Clock(nothing, lambda: bring(source))
    heard = await fresh(editions, 60, clock)
    assert [type(outcome) for outcome in heard.outcomes] == [Unchanged, Reloaded]
    assert clock.waits == [60, 60, 60]
    assert "museum" in ids(editions)
    assert heard.outcomes[1].by is None


async def test_failures_are_told_and_tried_again_less_often(
    editions: Editions, source: PlayedSource, caplog: pytest.LogCaptureFixture
) -> None:
    serving = editions.current
    clock = Clock(lambda: put(source, away=True), nothing, nothing, lambda: put(source, away=False))
    heard = await fresh(editions, 60, clock)
    assert [type(error) for error in heard.errors] == [SourceError] * 3
    assert clock.waits == [60, 60, 120, 240, 60]
    assert editions.current is serving
    assert "could not be announced" in caplog.text


async def test_waits_end_at_six_hours_or_at_the_schedule(town: Path) -> None:
    for seconds, longest in ((3600.0, 6 * 3600.0), (86_400.0, 86_400.0)):
        editions = Editions(source := PlayedSource(town), build)
        editions.reload()
        clock = Clock(lambda source=source: put(source, away=True), *[nothing] * 20)  # type: ignore[misc]
        await fresh(editions, seconds, clock)
        assert max(clock.waits) == longest


async def test_what_is_gone_back_from_stays_away(editions: Editions, source: PlayedSource) -> None:
    bring(source)
    editions.reload()
    editions.rollback("عمر")
    heard = await fresh(editions, 60, Clock(nothing, nothing))
    assert [type(outcome) for outcome in heard.outcomes] == [HeldBack, HeldBack]
    assert "museum" not in ids(editions)


async def test_without_a_schedule_a_source_that_was_away_is_caught_up_with(town: Path) -> None:
    source = PlayedSource(town)
    source.away, source.served = True, Version(revision="one")
    editions = Editions(source, build)
    editions.reload()
    clock = Clock(nothing, lambda: put(source, away=False, version="two"), nothing)
    heard = await fresh(editions, None, clock)
    assert (len(heard.errors), len(heard.outcomes)) == (1, 1)
    assert clock.waits == [300, 300]
    clock = Clock(nothing)
    await fresh(editions, None, clock)
    assert clock.waits == []


async def test_feeds_are_asked_of_their_own_accord_unless_that_is_off(editions: Editions, source: PlayedSource) -> None:
    source.usual_refresh = 900.0
    schedules: list[tuple[Schedule, list[float]]] = [(None, [900, 900]), (60.0, [60, 60]), ("off", [])]
    for schedule, waits in schedules:
        clock = Clock(nothing)
        await fresh(editions, schedule, clock)
        assert clock.waits == waits


async def test_a_part_that_is_away_is_asked_on_schedule_or_less_and_less_often(
    editions: Editions, source: PlayedSource
) -> None:
    away = (SourceProblem("feed", SourceError("source.unreachable"), is_away=True),)
    schedules: list[tuple[Schedule, list[float]]] = [
        (3600.0, [3600, 3600, 3600, 3600, 3600]),
        (None, [300, 300, 600, 1200]),
        ("off", [300, 300, 600, 1200]),
    ]
    for schedule, waits in schedules:
        source.problems = away
        clock = Clock(nothing, nothing, nothing, lambda: put(source, problems=()))
        await fresh(editions, schedule, clock)
        assert clock.waits == waits
    source.problems = (SourceProblem("feed", SourceError("feed.page.status")),)
    clock = Clock(nothing)
    await fresh(editions, "off", clock)
    assert clock.waits == []


async def test_a_source_that_the_start_did_not_wait_for_is_asked_at_once(
    editions: Editions, source: PlayedSource
) -> None:
    editions.needs_fetch = True
    clock = Clock()
    heard = await fresh(editions, None, clock)
    assert (len(heard.outcomes), clock.waits) == (1, [])
    editions.needs_fetch = source.away = True
    heard = await fresh(editions, None, clock)
    assert (len(heard.errors), clock.waits) == (1, [300])


@pytest.mark.parametrize("fault", [SourceError("source.corrupt"), OverflowError(), MemoryError()])
async def test_whatever_a_fetch_raises_it_is_tried_again(
    editions: Editions, source: PlayedSource, fault: Exception
) -> None:
    editions.needs_fetch, source.fault = True, fault
    clock = Clock(nothing, lambda: put(source, fault=None, version="two"))
    heard = await fresh(editions, None, clock)
    assert (len(heard.errors), len(heard.outcomes)) == (2, 1)
    assert clock.waits == [300, 600]


async def test_what_could_not_be_built_is_tried_again_without_a_schedule(
    editions: Editions, source: PlayedSource
) -> None:
    bring(source)
    editions.needs_fetch = True

    def fail(*_: object) -> Edition:
        raise BuildError("memory ran out")

    editions._build_in_process = fail
    clock = Clock(nothing, lambda: setattr(editions, "_build_in_process", build))
    heard = await fresh(editions, None, clock)
    assert (len(heard.errors), len(heard.outcomes)) == (2, 1)
    assert "museum" in ids(editions)


async def test_what_does_not_pass_the_gates_is_not_asked_for_again(
    editions: Editions, source: PlayedSource, town: Path
) -> None:
    source.path = town / "empty"
    source.path.mkdir()
    editions.needs_fetch, source.version = True, "two"
    clock = Clock(nothing)
    heard = await fresh(editions, None, clock)
    assert (len(heard.errors), clock.waits) == (1, [])


async def test_a_reload_that_runs_is_left_to_run(editions: Editions) -> None:
    with editions._lock.hold("سلمى"):
        heard = await fresh(editions, 60, Clock(nothing))
    assert (heard.outcomes, heard.errors) == ([], [])
