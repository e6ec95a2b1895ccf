import asyncio
import logging
import threading
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

import discord
import pytest

from bot.answering import Gap, Gaps, Reason
from bot.chat.buttons import Vote
from bot.chat.cards import Card
from bot.chat.moderation import GapCounter, Reports
from bot.chat.moderation.reports import UNANSWERED, UNHELPFUL, ReportPage, question_line, refused_line, vote_line
from bot.texts import Texts
from bot.threads import Worker
from tests.chat.doubles import http_error
from tests.chat.measures import lines, within_limits
from tests.chat.samples import ARABIC, ENGLISH, refusal
from tests.patience import PATIENCE

INTERVAL = 0.05
URL = "https://discord.example/channels/1/2/3"

REPORT_PAGE_URL = "https://discord.com/channels/1/2/3"


def vote(question: str | None = None, titles: tuple[str, ...] = (), *, helpful: bool = False) -> Vote:
    return Vote(question, helpful, titles, public_guild_id=1, url=URL)


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
        async with asyncio.timeout(PATIENCE):
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
    reports = Reports(channel := Channel(), ARABIC, interval=10 * PATIENCE)
    for _ in range(2):
        for _ in range(300):
            reports.note_refusal(refusal(), is_public=True)
        await channel.has_sent(1)
    for _ in range(20):
        await asyncio.sleep(0)
    assert channel.tries == 1
    await reports.flush()
    assert channel.tries == 2
    assert "لم يتّسع لها المكان" in channel.sent[0]


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


def report_page_vote(*titles: str) -> Vote:
    return Vote(None, helpful=False, titles=titles, public_guild_id=1, url=REPORT_PAGE_URL)


def test_lines_stand_under_their_headings() -> None:
    page = ReportPage(ARABIC)
    page.add(UNHELPFUL, vote_line(report_page_vote("افتتاح المكتبة", "News"), ARABIC))
    page.add(UNANSWERED, question_line("متى افتتح المتحف؟", ARABIC))
    assert lines(page.card()) == [
        "أسئلة لم تُجب عنها المقالات",
        "**أسئلة بلا جواب**",
        "السؤال: «متى افتتح المتحف؟»",
        "**أجوبة قيل إنها لم تُفِد**",
        f"جواب من: «افتتاح المكتبة»، «\u2068News\u2069»، وهذا [الجواب]({REPORT_PAGE_URL}).",
    ]


def test_what_is_private_is_counted_under_its_heading() -> None:
    assert ReportPage(ARABIC).is_empty
    page = ReportPage(ARABIC)
    for heading in (UNANSWERED, UNHELPFUL, UNANSWERED):
        page.count(heading)
    page.add(UNANSWERED, "س")
    assert not page.is_empty
    assert lines(page.card())[1:] == [
        "**أسئلة بلا جواب**",
        "س",
        ARABIC("report.private", count=2),
        "**أجوبة قيل إنها لم تُفِد**",
        ARABIC("report.private_votes", count=1),
    ]


def test_a_question_that_leans_on_another_is_told_with_it() -> None:
    line = refused_line(replace(refusal(), question="ومن بناه؟", completed_from="متى افتتح المتحف؟"), ARABIC)
    assert line == "السؤال: «ومن بناه؟»، تتمةً لسؤال: «متى افتتح المتحف؟»"


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH], ids=["ar", "en"])
def test_what_finds_no_room_is_counted(texts: Texts) -> None:
    page = ReportPage(texts)
    page.add(UNHELPFUL, vote_line(report_page_vote("a" * 500, "ب" * 500, "c", "d"), texts))
    while not page.is_full:
        page.add(UNANSWERED, question_line("كلمة " * 20, texts))
    for _ in range(2):
        page.add(UNHELPFUL, "س")
    for heading in (UNANSWERED, UNHELPFUL):
        page.count(heading)
    card = page.card()
    assert within_limits(card)
    assert lines(card)[-1] == texts("report.left_out", count=3)


def test_nothing_in_a_question_does_anything() -> None:
    page = ReportPage(ARABIC)
    page.add(UNANSWERED, question_line("@everyone <@1>\n# عنوان [x](https://evil.example) \u202eعكس", ARABIC))
    text = lines(page.card())[-1]
    assert text.startswith("السؤال: «\u2068\\@everyone \\<\\@1\\> # عنوان \\[x\\](")
    assert "https\\:" in text
    assert "\u202e" not in text


class Noted:
    """Gaps that keep what they are told, and by which thread."""

    since = datetime(2026, 11, 24, tzinfo=UTC)
    noted = private = 0

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.threads: set[int] = set()

    def note(self, question: str, missing: object, kind: Reason, *, is_public: bool) -> None:
        del missing, kind
        self.threads.add(threading.get_ident())
        self.asked.append(question if is_public else f"({question})")

    def most_frequent(self, limit: int) -> list[Gap]:
        del limit
        self.threads.add(threading.get_ident())
        return []


async def test_one_thread_that_is_not_the_loops_counts_and_lists_in_order() -> None:
    gaps = Noted()
    notes = GapCounter(cast("Gaps", gaps), Worker())
    for number in range(3):
        notes.note(replace(refusal(), question=f"س{number}"), is_public=number < 2)
    notes.note(replace(refusal(), question="ومتى؟", completed_from="من افتتح المكتبة؟"), is_public=True)
    card = await notes.card(ARABIC)
    assert gaps.asked == ["س0", "س1", "(س2)", "من افتتح المكتبة؟ ومتى؟"]
    assert len(gaps.threads) == 1
    assert threading.get_ident() not in gaps.threads
    assert card.title == ARABIC("gaps.title")
