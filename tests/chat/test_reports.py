import asyncio
import logging

import discord
import pytest

from bot.chat.buttons.vote import Vote
from bot.chat.card import Card
from bot.chat.reports import Reports
from tests.chat.doubles import http_error
from tests.chat.samples import ARABIC, refusal

INTERVAL = 0.05
URL = "https://discord.example/channels/1/2/3"


def vote(question: str | None = None, titles: tuple[str, ...] = (), *, helpful: bool = False) -> Vote:
    return Vote(question, helpful, titles, public_in=1, url=URL)


class Channel:
    """Keeps what was sent, and when; fails as often as it is told to."""

    def __init__(self, *failures: Exception) -> None:
        self.sent: list[str] = []
        self.times: list[float] = []
        self.tries = 0
        self._failures = list(failures)
        self._news = asyncio.Event()

    async def __call__(self, card: Card) -> None:
        self.tries += 1
        if self._failures:
            raise self._failures.pop(0)
        self.sent.append("\n".join(card.texts))
        self.times.append(asyncio.get_running_loop().time())
        self._news.set()

    async def has_sent(self, count: int) -> None:
        async with asyncio.timeout(2):
            while len(self.sent) < count:
                self._news.clear()
                await self._news.wait()


async def test_what_comes_together_is_one_message() -> None:
    reports = Reports(channel := Channel(), ARABIC, INTERVAL)
    began = asyncio.get_running_loop().time()
    reports.note_refusal(refusal(), is_public=True)
    reports.note_vote(vote("كم كلفت المكتبة؟"), is_public=True)
    await channel.has_sent(1)
    assert channel.times[0] - began >= INTERVAL
    assert channel.sent[0].count("متى افتتح المتحف؟") == channel.sent[0].count("كم كلفت المكتبة؟") == 1


async def test_a_full_card_goes_at_once_and_the_next_one_waits() -> None:
    reports = Reports(channel := Channel(), ARABIC, interval=0.2)
    began = asyncio.get_running_loop().time()
    for _ in range(2):
        for _ in range(300):
            reports.note_refusal(refusal(), is_public=True)
        await channel.has_sent(len(channel.sent) + 1)
    assert channel.times[0] - began < 0.2
    assert channel.times[1] - channel.times[0] >= 0.2
    assert "وغيرها" in channel.sent[0]


@pytest.mark.parametrize("cast", [vote("متى؟", helpful=True), vote()], ids=["helpful", "of nothing known"])
async def test_votes_without_a_complaint_that_can_be_read_are_not_told(cast: Vote) -> None:
    reports = Reports(channel := Channel(), ARABIC, INTERVAL)
    reports.note_vote(cast, is_public=True)
    await reports.flush()
    assert not channel.tries


async def test_an_answer_whose_question_is_gone_goes_by_its_articles() -> None:
    reports = Reports(channel := Channel(), ARABIC, INTERVAL)
    reports.note_vote(vote(titles=("افتتاح المكتبة",)), is_public=True)
    await reports.flush()
    assert f"جواب من: «افتتاح المكتبة»، وهذا [الجواب]({URL})" in channel.sent[0]


async def test_of_what_is_not_public_there_are_numbers_alone() -> None:
    reports = Reports(channel := Channel(), ARABIC, INTERVAL)
    for _ in range(2):
        reports.note_refusal(refusal(), is_public=False)
    reports.note_vote(vote("كم كلفت المكتبة؟", ("افتتاح المكتبة",)), is_public=False)
    reports.note_vote(vote(helpful=True), is_public=False)
    await reports.flush()
    [told] = channel.sent
    assert ARABIC("report.private", count=2) in told
    assert ARABIC("report.private_votes", count=1) in told
    assert not any(word in told for word in ("المتحف", "المكتبة", URL))
    await reports.flush()
    assert channel.tries == 1


async def test_a_flush_sends_what_waits_and_nothing_is_sent_twice() -> None:
    reports = Reports(channel := Channel(), ARABIC, INTERVAL)
    reports.note_refusal(refusal(), is_public=True)
    await asyncio.gather(reports.flush(), reports.flush())
    await asyncio.sleep(2 * INTERVAL)
    assert channel.tries == 1


async def test_a_closed_channel_is_worth_one_line_until_it_was_open(caplog: pytest.LogCaptureFixture) -> None:
    closed = http_error(403, 50001, discord.Forbidden)
    reports = Reports(channel := Channel(closed, closed, http_error(404, 10003)), ARABIC, INTERVAL)
    for _ in range(4):
        reports.note_refusal(refusal(), is_public=True)
        await reports.flush()
    assert (channel.tries, len(channel.sent)) == (4, 1)
    [record] = caplog.records
    assert record.levelno == logging.WARNING
    assert refusal().question not in record.getMessage()
    assert channel.sent[0].count("متى افتتح المتحف؟") == 1
