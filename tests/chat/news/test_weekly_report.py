"""When the card of the week is sent, by a clock of the test's own."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest

from bot.articles import NO_REMOVALS
from bot.chat.exchange.delivery import EarlierTry, Sending
from bot.chat.news.weekly_report import WeeklyReport
from bot.edition import StaleOutlet
from bot.records import Records
from bot.records.figures import add_to_figure
from bot.records.news.week import ANSWERED
from tests.chat.samples import ARABIC
from tests.records.stores import Store, open_store

CLIENT = cast("discord.Client", object())
DAY, HOUR = 24 * 3600, 3600


def at(day: int, hour: int = 12) -> float:
    """A time in November 2026, whose Mondays are 2, 9, 16, 23 and 30."""
    return datetime(2026, 11, day, hour, tzinfo=UTC).timestamp()


class Sends:
    """Takes cards in place of Discord, and refuses them where it is told to."""

    def __init__(self) -> None:
        self.titles: list[str | None] = []
        self.earlier: list[EarlierTry | None] = []
        self.outcome = Sending.DONE

    async def __call__(self, _: object, channel: int, card: Any, nonce: str, earlier: EarlierTry | None) -> Sending:
        assert channel == 5
        assert len(nonce) <= 25
        self.earlier.append(earlier)
        if self.outcome is Sending.DONE:
            self.titles.append(card.title)
        return self.outcome


@pytest.fixture
def sends(monkeypatch: pytest.MonkeyPatch) -> Sends:
    sends = Sends()
    monkeypatch.setattr("bot.chat.news.weekly_report.send_once", sends)
    return sends


class AskedStore:
    def __init__(self, store: Store) -> None:
        self._store = store

    async def ask(self, query: Any, *values: Any, **named: Any) -> Any:
        return self._store(lambda connection: query(connection, *values, **named))


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store() as store:
        yield store


class Clock:
    def __init__(self, now: float) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


async def no_gaps() -> list[Any]:
    return []


def report(store: Store, clock: Clock, channel: int | None = 5, stale: Sequence[StaleOutlet] = ()) -> WeeklyReport:
    handler = SimpleNamespace(editions=SimpleNamespace(removals=NO_REMOVALS), texts=ARABIC, stale=stale)
    return WeeklyReport(cast("Any", handler), cast("Records", AskedStore(store)), channel, no_gaps, now=clock)


def count(store: Store, day: str) -> None:
    store(lambda one: add_to_figure(one, ANSWERED, day))


async def test_the_card_waits_for_monday_morning_and_is_sent_once(store: Store, sends: Sends) -> None:
    clock = Clock(at(23, 5))
    week = report(store, clock)
    count(store, "2026-11-18")
    assert await week.send_due(CLIENT) == HOUR
    assert sends.titles == []
    clock.now = at(23, 6)
    assert await week.send_due(CLIENT) == 7 * DAY
    assert await week.send_due(CLIENT) == 7 * DAY
    assert await report(store, clock).send_due(CLIENT) == 7 * DAY
    assert sends.titles == ["الأسبوع من 16 نوفمبر 2026 إلى 22 نوفمبر 2026"]


async def test_a_bot_that_is_back_on_sunday_still_tells_of_the_week_before(store: Store, sends: Sends) -> None:
    count(store, "2026-11-18")
    assert await report(store, Clock(at(29))).send_due(CLIENT) == 18 * HOUR
    assert len(sends.titles) == 1
    count(store, "2026-11-25")
    assert await report(store, Clock(at(30))).send_due(CLIENT) == 7 * DAY - 6 * HOUR
    assert len(sends.titles) == 2


async def test_a_quiet_week_has_no_card(store: Store, sends: Sends) -> None:
    count(store, "2026-11-25")
    assert await report(store, Clock(at(25))).send_due(CLIENT)
    assert sends.earlier == []


async def test_a_week_in_which_only_outlets_were_silent_has_one(store: Store, sends: Sends) -> None:
    silent = [StaleOutlet("صحيفة الضفة", date(2026, 10, 1))]
    assert await report(store, Clock(at(25)), stale=silent).send_due(CLIENT)
    assert len(sends.titles) == 1


async def test_without_a_channel_nothing_is_claimed(store: Store, sends: Sends) -> None:
    count(store, "2026-11-18")
    assert await report(store, Clock(at(25)), channel=None).send_due(CLIENT) is None
    assert await report(store, Clock(at(25))).send_due(CLIENT)
    assert len(sends.titles) == 1


@pytest.mark.parametrize("outcome", [Sending.REFUSED, Sending.UNCLEAR])
async def test_what_could_not_be_sent_is_tried_again_and_looked_for_first(
    store: Store, sends: Sends, outcome: Sending
) -> None:
    clock = Clock(at(25))
    count(store, "2026-11-18")
    sends.outcome = outcome
    week = report(store, clock)
    assert await week.send_due(CLIENT) == HOUR
    # Another process leaves it to this one meanwhile.
    assert await report(store, clock).send_due(CLIENT) == 120
    clock.now += HOUR
    sends.outcome = Sending.DONE
    assert await week.send_due(CLIENT)
    assert len(sends.titles) == 1
    assert [earlier and earlier.since for earlier in sends.earlier] == [int(at(25)), int(at(25))]
