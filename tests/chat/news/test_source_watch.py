"""Sources that fail are told of once, and once when they are back, over restarts and beside other processes."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import discord
import pytest
from sqlalchemy import URL

from bot.articles import Origin
from bot.articles.sources import SourceError, SourceProblem
from bot.chat.exchange.delivery import EarlierTry, Sending
from bot.chat.news.source_watch import SourceWatch
from bot.chat.request_handler import RequestHandler
from bot.edition import StaleOutlet
from bot.records import Records
from bot.records.figures import claim_source_card
from bot.retrieval import SearchAwayError
from tests.chat.doubles import FixedEditions, answerer, edition
from tests.chat.samples import ARABIC, answer, article
from tests.records.driving import kept

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC).timestamp()
MINUTE, HOUR = 60, 3600
FEED, FOLDER = "https://news.example/feed", "corpus/"
ILL, BACK = ARABIC("alarm.ill", count=1), ARABIC("alarm.back", count=1)
# An article each day, so that a day without an answer is long.
DAILY = [article(f"خبر {number}", published=date(2026, 11, 24) - timedelta(number)) for number in range(20)]


class Discord:
    """Takes cards in place of Discord, and knows the time."""

    def __init__(self) -> None:
        self.cards: list[Any] = []
        self.earlier: list[EarlierTry | None] = []
        self.outcome = Sending.DONE
        self.now = NOON

    @property
    def titles(self) -> list[str]:
        return [card.title for card in self.cards]

    async def __call__(self, _: object, channel: int, card: Any, nonce: str, earlier: EarlierTry | None) -> Sending:
        assert channel == 5
        assert len(nonce) <= 25
        self.earlier.append(earlier)
        if self.outcome is Sending.DONE:
            self.cards.append(card)
        return self.outcome

    def is_ready(self) -> bool:
        return True

    def is_closed(self) -> bool:
        return False


@pytest.fixture
def platform(monkeypatch: pytest.MonkeyPatch) -> Discord:
    platform = Discord()
    monkeypatch.setattr("bot.chat.news.source_watch.send_once", platform)
    return platform


@asynccontextmanager
async def store(folder: Path) -> AsyncIterator[Records]:
    async with kept(URL.create("sqlite", database=str(folder / "store.sqlite"))) as records:
        yield records


class Bot:
    """A process with a folder and a feed."""

    def __init__(self, records: Records, platform: Discord, channel: int | None = 5, *, builds: bool = True) -> None:
        self.editions = FixedEditions(edition(*DAILY))
        self.editions.builds = builds
        self.editions.origins = {FOLDER: Origin(), FEED: Origin("feed", is_feed=True)}
        self.platform = platform
        found = answerer(lambda *_: answer(article()))
        self.handler = RequestHandler(cast("Any", self.editions), found, ARABIC, asyncio.Event())
        client = cast("discord.Client", platform)
        self.watch = SourceWatch(self.handler, records, channel, lambda: client, lambda: platform.now)

    async def fetch(self, *problems: SourceProblem, after: float = 0) -> None:
        """Let time pass, and a fetch that could not have some things; look then."""
        self.platform.now += after
        self.editions.away = problems
        self.editions.fetch_count += 1
        await self.watch.look()

    @property
    def ill(self) -> list[Path | str]:
        return [one.source for one in self.watch.ill]


def away(source: str = FEED, *, is_new: bool = False) -> SourceProblem:
    return SourceProblem(source, SourceError("source.timeout", url=source, seconds=9), is_away=True, is_new=is_new)


async def test_a_source_that_fails_for_long_is_told_of_once_and_once_when_it_is_back(
    tmp_path: Path, platform: Discord
) -> None:
    async with store(tmp_path) as records:
        bot = Bot(records, platform)
        await bot.fetch(away())
        await bot.fetch(away(), after=5 * HOUR)
        assert (platform.titles, bot.ill) == ([], [])
        await bot.fetch(away(), after=HOUR)
        assert (platform.titles, bot.ill) == ([ILL], [FEED])
        text = "\n".join(platform.cards[0].texts)
        assert "news.example/feed" in text
        assert ARABIC("alarm.advice") in text
        assert "12:00" in text
        await bot.fetch(away(), after=2 * 24 * HOUR)
        await bot.fetch()
        await bot.fetch(after=HOUR)
        assert (platform.titles, bot.ill) == ([ILL, BACK], [])
        assert 'isnad_source_failures_total{reason="source.timeout"} 4.0' in bot.handler.metrics.text().decode()
        await bot.fetch(away(), after=HOUR)
        await bot.fetch(away(), after=6 * HOUR)
        assert platform.titles == [ILL, BACK, ILL]


async def test_what_was_told_before_a_restart_is_not_told_again(tmp_path: Path, platform: Discord) -> None:
    async with store(tmp_path) as records:
        bot = Bot(records, platform)
        await bot.fetch(away())
        await bot.fetch(away(), after=4 * HOUR)
    async with store(tmp_path) as records:
        bot = Bot(records, platform)
        bot.editions.fetch_count = 0
        await bot.watch.look()
        # Since before the restart.
        await bot.fetch(away(), after=2 * HOUR)
        assert platform.titles == [ILL]
        assert bot.watch.ill[0].moment.timestamp() == NOON
    async with store(tmp_path) as records:
        bot = Bot(records, platform)
        bot.editions.fetch_count = 0
        # Nothing is known yet: neither that it fails, nor that it answers.
        await bot.watch.look()
        await bot.fetch(away(), after=HOUR)
        assert platform.titles == [ILL]
    async with store(tmp_path) as records:
        await Bot(records, platform).fetch()
        assert platform.titles == [ILL, BACK]
        await Bot(records, platform).fetch()
        assert platform.titles == [ILL, BACK]


async def test_of_two_processes_one_tells(tmp_path: Path, platform: Discord) -> None:
    async with store(tmp_path) as records:
        bots = [Bot(records, platform) for _ in range(2)]
        follower = Bot(records, platform, builds=False)
        for after in (0, 6 * HOUR, MINUTE):
            platform.now += after
            await asyncio.gather(*(bot.fetch(away()) for bot in bots))
            await follower.watch.look()
        assert platform.titles == [ILL]
        # One has its network back before the other.
        for _ in range(3):
            await bots[0].fetch(after=MINUTE)
            await bots[1].fetch(away(), after=MINUTE)
            await follower.watch.look()
        assert platform.titles == [ILL, BACK]


async def test_a_card_that_may_have_been_sent_is_looked_for(tmp_path: Path, platform: Discord) -> None:
    async with store(tmp_path) as records:
        bot = Bot(records, platform)
        await bot.fetch(away())
        platform.outcome = Sending.UNCLEAR
        await bot.fetch(away(), after=6 * HOUR)
        claimed = int(platform.now)
        await bot.fetch(away(), after=MINUTE)
        assert len(platform.earlier) == 1
        platform.outcome = Sending.DONE
        await bot.fetch(away(), after=MINUTE)
        assert platform.earlier == [None, EarlierTry(claimed, platform.cards[0].texts[:1])]
        assert platform.titles == [ILL]


async def test_a_channel_that_takes_nothing_is_tried_each_hour(tmp_path: Path, platform: Discord) -> None:
    async with store(tmp_path) as records:
        bot = Bot(records, platform)
        await bot.fetch(away())
        platform.outcome = Sending.REFUSED
        for _ in range(10):
            await bot.fetch(away(), after=6 * HOUR if not platform.earlier else MINUTE)
        assert len(platform.earlier) == 1
        assert bot.ill == [FEED]
        platform.outcome = Sending.DONE
        await bot.fetch(away(), after=HOUR)
        assert platform.titles == [ILL]


async def test_without_a_channel_the_log_says_it_once(
    tmp_path: Path, platform: Discord, caplog: pytest.LogCaptureFixture
) -> None:
    async with store(tmp_path) as records:
        bot = Bot(records, platform, channel=None)
        with caplog.at_level(logging.WARNING, "bot.chat.news.source_watch"):
            await bot.fetch(away())
            await bot.fetch(away(), after=6 * HOUR)
            await bot.fetch(away(), after=6 * HOUR)
            await bot.fetch()
        assert [record.getMessage() for record in caplog.records] == [
            f"A source has given nothing since 2026-11-24 12:00:00+00:00: source.timeout url={FEED} seconds=9",
            f"A source answers again that had given nothing since 2026-11-24 12:00:00+00:00: {FEED}",
        ]
        assert platform.titles == []


async def test_what_never_gave_anything_is_told_of_soon_and_what_is_no_source_any_more_not(
    tmp_path: Path, platform: Discord
) -> None:
    async with store(tmp_path) as records:
        bot = Bot(records, platform)
        await bot.fetch(away(is_new=True), away(FOLDER))
        await bot.fetch(away(is_new=True), away(FOLDER), after=HOUR / 2)
        assert bot.ill == [FEED]
        assert "لم تأتِ منه أي مقالة بعد" in "\n".join(platform.cards[0].texts)
        del bot.editions.origins[FEED]  # type: ignore[attr-defined]  # a dict, read by others as a mapping
        await bot.fetch(after=HOUR)
        assert platform.titles == [ILL]
        assert await records.ask(lambda one: claim_source_card(one, "ill", 1, 1)) is not None


async def test_a_search_server_that_is_away_is_told_of_too(tmp_path: Path, platform: Discord) -> None:
    async with store(tmp_path) as records:
        bot = Bot(records, platform, builds=False)
        bot.handler.search.failed(SearchAwayError("as the test says"))
        await bot.watch.look()
        platform.now += 10 * MINUTE
        await bot.watch.look()
        assert platform.titles == [ILL]
        bot.handler.search.state = None
        await bot.watch.look()
        assert platform.titles == [ILL, BACK]


async def test_silent_outlets_of_feeds_are_known_to_all_processes(tmp_path: Path, platform: Discord) -> None:
    async with store(tmp_path) as records:
        bot, follower = Bot(records, platform), Bot(records, platform, builds=False)
        bot.editions.origins = {FOLDER: Origin(is_feed=True)}
        await follower.watch.look()
        await bot.fetch()
        assert list(bot.handler.stale) == list(follower.handler.stale) == []
        platform.now += 30 * 24 * HOUR
        await bot.fetch()
        await follower.watch.look()
        silent = [StaleOutlet(str(DAILY[0].outlet), date(2026, 11, 24))]
        assert list(bot.handler.stale) == list(follower.handler.stale) == silent
        # A folder may be finished.
        bot.editions.origins = {FOLDER: Origin()}
        await bot.fetch(after=24 * HOUR)
        assert list(bot.handler.stale) == []
