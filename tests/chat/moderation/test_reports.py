import asyncio
import itertools
import logging
from collections import Counter
from dataclasses import replace

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic.words import normal_words
from bot.chat.buttons.votes import Vote
from bot.chat.cards.card import Card
from bot.chat.moderation.reports import (
    UNANSWERED,
    UNHELPFUL,
    ReportPage,
    Reports,
    question_line,
    refused_line,
    vote_line,
)
from bot.ops.supervision import in_background
from bot.texts import Texts
from tests.chat.doubles import http_error
from tests.chat.measures import lines, within_limits
from tests.chat.samples import ARABIC, ENGLISH, refusal
from tests.patience import PATIENCE, waiting_for

# So long that nothing is sent but by a flush.
INTERVAL = 10 * PATIENCE
URL = "https://discord.example/channels/1/2/3"


def vote(question: str | None = None, titles: tuple[str, ...] = (), *, helpful: bool = False) -> Vote:
    return Vote(question, helpful, titles, public_guild_id=1, url=URL)


class Channel:
    """Keeps what was sent; fails as often as it is told to."""

    def __init__(self, *failures: Exception) -> None:
        self.sent: list[str] = []
        self.tries = 0
        self._failures = list(failures)
        self._news = asyncio.Event()

    async def __call__(self, card: Card) -> None:
        self.tries += 1
        if self._failures:
            raise self._failures.pop(0)
        self.sent.append("\n".join(card.texts))
        self._news.set()

    async def has_sent(self, count: int) -> None:
        async with waiting_for(f"{count} messages in the channel"):
            while len(self.sent) < count:
                self._news.clear()
                await self._news.wait()


async def test_what_comes_together_is_one_message() -> None:
    reports = Reports(channel := Channel(), ARABIC, interval=0.05)
    async with in_background(reports.run(), ""):
        reports.note_refusal(refusal(), is_public=True)
        reports.note_vote(vote("كم كلفت المكتبة؟"), is_public=True)
        await channel.has_sent(1)
    assert channel.sent[0].count("متى افتتح المتحف؟") == channel.sent[0].count("كم كلفت المكتبة؟") == 1


async def test_a_full_card_goes_at_once_and_the_next_one_waits() -> None:
    reports = Reports(channel := Channel(), ARABIC, INTERVAL)
    async with in_background(reports.run(), ""):
        for _ in range(2):
            for number in range(300):
                reports.note_refusal(replace(refusal(), question=f"متى افتتح المتحف {number}؟"), is_public=True)
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
    await reports.flush()
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


def test_lines_stand_under_their_headings() -> None:
    page = ReportPage(ARABIC)
    page.add(UNHELPFUL, vote_line(vote(titles=("افتتاح المكتبة", "News")), ARABIC))
    page.add(UNANSWERED, question_line("متى افتتح المتحف؟", ARABIC))
    assert lines(page.card()) == [
        "أسئلة لم تُجب عنها المقالات",
        "**أسئلة بلا جواب**",
        "السؤال: «متى افتتح المتحف؟»",
        "**أجوبة قيل إنها لم تُفِد**",
        f"جواب من: «افتتاح المكتبة»، «\u2068News\u2069»، وهذا [الجواب]({URL}).",
    ]


def test_a_question_that_leans_on_another_is_told_with_it() -> None:
    line = refused_line(replace(refusal(), question="ومن بناه؟", completed_from="متى افتتح المتحف؟"), ARABIC)
    assert line == "السؤال: «ومن بناه؟»، تتمةً لسؤال: «متى افتتح المتحف؟»"


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH], ids=["ar", "en"])
def test_what_finds_no_room_is_counted(texts: Texts) -> None:
    page = ReportPage(texts)
    page.add(UNHELPFUL, vote_line(vote(titles=("a" * 500, "ب" * 500, "c", "d")), texts))
    numbers = itertools.count()
    while not page.is_full:
        page.add(UNANSWERED, question_line("كلمة " * 20 + str(next(numbers)), texts))
    for _ in range(2):
        page.add(UNHELPFUL, "س")
    for heading in (UNANSWERED, UNHELPFUL):
        page.count(heading)
    card = page.card()
    assert within_limits(card)
    assert lines(card)[-1] == texts("report.left_out", count=3)


@given(st.lists(st.sampled_from(["متى افتتح المتحف؟", "متى افتُتح المتحف", "كم كلف؟", "من بناه؟"]), max_size=30))
def test_each_question_is_told_once_with_how_often_it_came(asked: list[str]) -> None:
    page = ReportPage(ENGLISH)
    for question in asked:
        page.add(UNANSWERED, question_line(question, ENGLISH))
    told = Counter(" ".join(normal_words(question)) for question in asked)
    expected = [f" ({count} times)" if count > 1 else "" for count in told.values()]
    written = lines(page.card())[2:] if asked else []
    assert [line.partition("”")[2] for line in written] == expected


def test_lines_that_repeat_others_need_no_room() -> None:
    page = ReportPage(ARABIC)
    for _ in range(1000):
        page.add(UNANSWERED, question_line("متى افتتح المتحف؟", ARABIC))
    assert not page.is_full
    assert lines(page.card())[-1] == "السؤال: «متى افتتح المتحف؟» (1,000 مرّة)"


async def test_votes_on_two_answers_to_a_question_stay_apart() -> None:
    reports = Reports(channel := Channel(), ENGLISH, INTERVAL)
    for number in (3, 4, 4):
        reports.note_vote(replace(vote("متى؟"), url=f"https://discord.example/{number}"), is_public=True)
    await reports.flush()
    assert [line.rpartition("/")[2] for line in channel.sent[0].splitlines()[-2:]] == ["3))", "4)) (2 times)"]


def test_nothing_in_a_question_does_anything() -> None:
    page = ReportPage(ARABIC)
    page.add(UNANSWERED, question_line("@everyone <@1>\n# عنوان [x](https://evil.example) \u202eعكس", ARABIC))
    text = lines(page.card())[-1]
    assert text.startswith("السؤال: «\u2068\\@everyone \\<\\@1\\> # عنوان \\[x\\](")
    assert "https\\:" in text
    assert "\u202e" not in text
