"""Posts by a clock of the test's own, into channels that take them or not."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, cast

import discord
import pytest

from bot.chat.cards.card import Card
from bot.chat.exchange.delivery import EarlierTry, Sending
from bot.chat.news.news_post import NewsPost
from bot.chat.permissions import HomeServers
from bot.records import Records
from bot.records.news.arrivals import CoverageChange, note_change
from bot.records.news.news_batches import choose_news_channel
from bot.settings import DiscordSettings
from tests.chat.doubles import http_error
from tests.chat.samples import ARABIC
from tests.records.stores import Store, arrival, open_store

NOW, HOUR = 1_790_000_000, 3600
HOME, CHANNEL = 7, 5
CLIENT = cast("discord.Client", object())
TODAY = date(2026, 9, 21)


class Channels:
    """Keeps what was sent to each channel, and what an earlier try would have left there."""

    def __init__(self) -> None:
        self.posts: list[tuple[int, str]] = []
        self.nonces: list[str] = []
        self.outcomes: dict[int, Sending] = {}

    async def __call__(self, _: object, channel: int, card: Card, nonce: str, earlier: EarlierTry | None) -> Sending:
        self.nonces.append(nonce)
        outcome = self.outcomes.get(channel, Sending.DONE)
        text = "\n".join(card.texts)
        if outcome is not Sending.REFUSED and not (earlier and (channel, text) in self.posts):
            self.posts.append((channel, text))
        return outcome


class Desk:
    """The posts of a server, with its store, its clock and what its moderators are told."""

    def __init__(self, store: Store, channels: Channels) -> None:
        self.store, self.channels = store, channels
        self.now = NOW
        self.edition = 1
        self.told: list[str] = []
        self.failure: Exception | None = None
        self.homes = HomeServers(DiscordSettings(token=None, home_guild_ids=(HOME,)))
        self.post = NewsPost(cast("Records", self), ARABIC, self.homes, self.tell, now=lambda: self.now)
        store(lambda one: note_change(one, CoverageChange(1, None, 0), self.now))

    async def ask(self, query: Any, **named: Any) -> Any:
        return self.store(lambda connection: query(connection, **named))

    async def ask_within(self, _: float, query: Any) -> Any:
        return self.store(query)

    async def choose(self, guild: int, channel: int | None) -> None:
        await self.ask(choose_news_channel, guild=guild, channel=channel)

    async def tell(self, card: Card) -> None:
        if self.failure:
            raise self.failure
        self.told += card.texts

    def bring(self, *names: str) -> None:
        self.edition += 1
        change = CoverageChange(self.edition, self.edition - 1, 0, [arrival(name, TODAY) for name in names])
        self.store(lambda one: note_change(one, change, self.now))

    async def look(self, seconds: int = 0) -> float | None:
        self.now += seconds
        return await self.post.post_due(CLIENT)

    def titles(self, channel: int = CHANNEL) -> list[list[str]]:
        return [re.findall(r"خبر \W*(\w+)\W*\]", text) for place, text in self.channels.posts if place == channel]


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    channels = Channels()
    monkeypatch.setattr("bot.chat.news.news_post.send_once", channels)
    with open_store() as store:
        yield Desk(store, channels)


async def test_the_first_comes_at_once_and_more_with_the_hour(desk: Desk) -> None:
    await desk.choose(HOME, CHANNEL)
    assert await desk.look() is None
    desk.bring("a")
    assert await desk.look() == 0
    assert await desk.look() is None
    desk.bring("b")
    assert await desk.look(600) == HOUR - 600
    desk.bring("c")
    assert await desk.look(HOUR - 600) == 0
    assert desk.titles() == [["a"], ["b", "c"]]


async def test_days_of_hourly_reloads_post_each_article_once(desk: Desk) -> None:
    await desk.choose(HOME, CHANNEL)
    expected = []
    for hour in range(2 * 24):
        names = [f"h{hour}n{number}" for number in range(hour % 4)]
        if names:
            desk.bring(*names)
            expected += names
        while await desk.look() == 0:
            pass
        # Another process, or the same after a restart, finds nothing to do.
        assert await desk.look() != 0
        desk.now += HOUR
    posted = [title for titles in desk.titles() for title in titles]
    assert sorted(posted) == sorted(expected)
    assert len(set(desk.channels.nonces)) == len(desk.channels.posts)


async def test_a_refusal_is_told_once_and_the_next_post_has_it_all(desk: Desk) -> None:
    await desk.choose(HOME, CHANNEL)
    desk.channels.outcomes[CHANNEL] = Sending.REFUSED
    for name in ("a", "b"):
        desk.bring(name)
        assert await desk.look(HOUR) == HOUR
    assert desk.told == [ARABIC("news.channel_closed", channel=f"<#{CHANNEL}>")]
    assert await desk.post.status(HOME) == desk.told[0]
    del desk.channels.outcomes[CHANNEL]
    assert await desk.look(HOUR) == 0
    assert desk.titles() == [["a", "b"]]
    assert await desk.post.status(HOME) == ARABIC("news.channel", channel=f"<#{CHANNEL}>")
    assert await desk.post.status(HOME + 1) is None


async def test_where_the_moderators_cannot_be_told_the_posts_go_on(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    await desk.choose(HOME, CHANNEL)
    desk.channels.outcomes[CHANNEL] = Sending.REFUSED
    desk.failure = http_error(403, 50001, discord.Forbidden)
    desk.bring("a")
    assert await desk.look() == HOUR
    assert "could not be told that the channel for news is closed" in caplog.text


async def test_what_may_have_arrived_is_looked_for_before_it_is_sent_again(desk: Desk) -> None:
    await desk.choose(HOME, CHANNEL)
    desk.channels.outcomes[CHANNEL] = Sending.UNCLEAR
    desk.bring("a")
    assert await desk.look() == 120
    desk.bring("b")
    del desk.channels.outcomes[CHANNEL]
    assert await desk.look(120) == 0
    assert await desk.look(HOUR) == 0
    assert desk.titles() == [["a"], ["b"]]


async def test_of_two_servers_each_has_it_and_none_that_is_not_home(desk: Desk) -> None:
    desk.homes = desk.post._homes = HomeServers(DiscordSettings(token=None, home_guild_ids=(HOME, 8)))
    for guild, channel in ((HOME, CHANNEL), (8, 6), (9, 66)):
        await desk.choose(guild, channel)
    desk.channels.outcomes[6] = Sending.REFUSED
    desk.bring("a")
    assert await desk.look() == 0
    del desk.channels.outcomes[6]
    desk.bring("b")
    assert await desk.look(HOUR) == 0
    assert (desk.titles(), desk.titles(6), desk.titles(66)) == ([["a"], ["b"]], [["b"]], [])


async def test_after_the_channel_was_given_up_nothing_is_posted(desk: Desk) -> None:
    await desk.choose(HOME, CHANNEL)
    desk.bring("a")
    await desk.choose(HOME, None)
    assert await desk.look() is None
    await desk.choose(HOME, CHANNEL)
    assert await desk.look() is None
    assert desk.channels.posts == []


async def test_a_batch_that_cannot_be_laid_out_holds_up_none_behind_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await desk.choose(HOME, CHANNEL)
    desk.bring("a")
    with monkeypatch.context() as broken:
        broken.setattr("bot.chat.news.news_post.news_card", lambda *_: 1 / 0)
        assert await desk.look() == 0
    assert "could not be laid out" in caplog.text
    desk.bring("b")
    assert await desk.look(HOUR) == 0
    assert desk.titles() == [["b"]]
