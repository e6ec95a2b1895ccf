"""A search server that is away holds questions up, is told, and is never taken for a refusal."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from unittest.mock import patch

import pytest

from bot.answering import Answer, Refusal
from bot.chat import waiting_room
from bot.chat.admission import Admission
from bot.chat.request_handler import RequestHandler
from bot.chat.waiting_room import WAITING, RequestStatus
from bot.edition import Edition
from bot.retrieval import (
    IndexGoneError,
    SearchAwayError,
    SearchDeniedError,
    SearchError,
    SearchMissingError,
    SearchUnknownError,
)
from tests.answering.coverage import ANSWERER, TOWN
from tests.chat.doubles import Recorder, editions
from tests.chat.samples import ARABIC
from tests.patience import eventually, waiting_for
from tests.retrieval.opensearch.outage import Failures, Outage, on_server

QUESTION, QUOTED = "متى افتتحت بلدية المنارة المكتبة العامة؟", "> افتتحت بلدية المنارة المكتبة العامة"
UNKNOWN = "من فاز بكأس العالم لكرة القدم عام 1998؟"
AWAY = ARABIC("error.search")


class Bot:
    """A handler whose index is on a server, and what it tells those who count refusals."""

    def __init__(self, outage: Outage, admission: Admission | None = None) -> None:
        self.refused: list[Refusal] = []
        self.told: list[Answer | Refusal] = []
        admission = admission or Admission(on_unanswered=lambda refusal, _: self.refused.append(refusal))
        current = editions(on_server(TOWN, outage))
        self.handler = RequestHandler(current, ANSWERER, ARABIC, asyncio.Event(), admission=admission)
        self.handler.outcome_listeners.append(lambda _, outcome: self.told.append(outcome))

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[RequestHandler]:
        """Watch for the server's return, without the second between two looks."""
        task = asyncio.create_task(self.handler.search.run())
        with patch("bot.ops.search_watch._ASK_EVERY", 0.001):
            async with waiting_for("answers once the server is back"):
                yield self.handler
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    def count(self, kind: str) -> float | None:
        """Return how many requests came to nothing for a reason."""
        registry = self.handler.metrics._registry
        return registry.get_sample_value("isnad_errors_total", {"kind": kind})


@pytest.mark.parametrize("count", [1, 2, 7])
@pytest.mark.parametrize("kind", [SearchAwayError, IndexGoneError])
async def test_a_question_waits_with_a_sign_and_is_answered_once(kind: type[SearchError], count: int) -> None:
    bot = Bot(Failures(count, kind("refused")))
    async with bot.watching() as handler:
        assert await handler.ask(exchange := Recorder(), QUESTION) is RequestStatus.DONE
    assert [reply.startswith(QUOTED) for reply in exchange.replies] == [True]
    assert (exchange.marks, exchange.unmarked) == ([WAITING], [WAITING])
    assert (len(bot.told), bot.refused) == (1, [])


async def test_a_question_that_the_coverage_does_not_answer_is_refused_when_that_is_known() -> None:
    bot = Bot(Failures(3))
    async with bot.watching() as handler:
        await handler.ask(exchange := Recorder(), UNKNOWN)
    assert len(exchange.replies) == len(bot.refused) == len(bot.told) == 1
    assert isinstance(bot.told[0], Refusal)


async def test_nobody_who_waits_is_lost_whoever_else_waits() -> None:
    outage = Outage(SearchAwayError("refused"))
    bot, exchanges = Bot(outage), [Recorder() for _ in range(21)]
    for number, exchange in enumerate(exchanges):
        exchange.channel_id = number % 7
    async with bot.watching() as handler:
        asked = [asyncio.create_task(handler.ask(exchange, QUESTION)) for exchange in exchanges]
        await eventually(lambda: all(exchange.marks for exchange in exchanges), "a sign at each question")
        assert not any(exchange.replies for exchange in exchanges)
        outage.error = None
        assert set(await asyncio.gather(*asked)) == {RequestStatus.DONE}
    assert all([reply.startswith(QUOTED) for reply in exchange.replies] == [True] for exchange in exchanges)
    assert bot.refused == []


@pytest.fixture
def little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting_room, "SEARCH_PATIENCE", 0.0)


@pytest.mark.usefixtures("little_patience")
async def test_whoever_waits_too_long_is_told_that_nothing_follows_from_it() -> None:
    bot = Bot(outage := Outage(SearchAwayError("refused")))
    assert await bot.handler.ask(exchange := Recorder(), QUESTION) is RequestStatus.FAILED
    assert exchange.replies == [AWAY]
    assert exchange.unmarked == exchange.marks
    assert (bot.told, bot.refused, bot.count("search")) == ([], [], 1)
    outage.error = None
    await bot.handler.ask(again := Recorder(), QUESTION)
    assert again.replies[0].startswith(QUOTED)


@pytest.mark.usefixtures("little_patience")
async def test_a_question_that_came_to_nothing_costs_no_answer_of_the_limit() -> None:
    outage = Outage(SearchAwayError())
    bot = Bot(outage, admission=Admission(member_per_minute=1))
    await bot.handler.ask(Recorder(), QUESTION)
    outage.error = None
    await bot.handler.ask(again := Recorder(), QUESTION)
    assert again.marks == []
    assert again.replies[0].startswith(QUOTED)


@pytest.mark.parametrize("kind", [SearchDeniedError, SearchUnknownError, SearchMissingError])
async def test_what_a_minute_does_not_mend_is_told_at_once_in_the_same_words(kind: type[SearchError]) -> None:
    bot = Bot(Outage(kind("the password of isnad")))
    await bot.handler.ask(exchange := Recorder(), QUESTION)
    assert exchange.replies == [AWAY]
    assert exchange.marks == []
    assert bot.handler.search.state is not None
    assert type(bot.handler.search.state.error) is kind


async def test_whoever_waits_while_the_bot_stops_is_read_back_or_told() -> None:
    bot = Bot(Outage(SearchAwayError()))
    kept, lost = Recorder(can_be_read_back=True), Recorder()
    asked = [asyncio.create_task(bot.handler.ask(exchange, QUESTION)) for exchange in (kept, lost)]
    await eventually(lambda: kept.marks and lost.marks, "a sign at both questions")
    bot.handler.waiting.release_all()
    assert await asyncio.gather(*asked) == [RequestStatus.DEFERRED, RequestStatus.FAILED]
    assert (kept.replies, kept.unmarked) == ([], [])
    assert (lost.replies, lost.unmarked) == ([ARABIC("error.stopping")], [WAITING])


async def test_small_talk_needs_no_server() -> None:
    bot = Bot(outage := Outage(SearchAwayError()))
    await bot.handler.ask(exchange := Recorder(), "شكراً جزيلاً")
    assert exchange.replies
    assert exchange.replies != [AWAY]
    assert outage.failed == 0


async def test_of_too_many_who_wait_the_last_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.ops.search_watch._MOST_WAITING", 1)
    bot = Bot(Outage(SearchAwayError()))
    first = asyncio.create_task(bot.handler.ask(waiting := Recorder(), QUESTION))
    await eventually(lambda: bot.handler.search.is_full, "a question that waits")
    await bot.handler.ask(exchange := Recorder(), QUESTION)
    assert (exchange.replies, waiting.replies) == ([AWAY], [])
    bot.handler.waiting.release_all()
    await first


@pytest.mark.usefixtures("little_patience")
async def test_many_questions_that_come_to_nothing_are_one_line_of_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    bot = Bot(Outage(SearchAwayError("refused")))
    with caplog.at_level(logging.INFO):
        for _ in range(100):
            await bot.handler.ask(Recorder(), QUESTION)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert caplog.records[0].exc_info is None
    assert bot.count("search") == 100


async def test_the_server_is_asked_through_the_edition_that_serves_now() -> None:
    """An index that was removed never comes back; the edition that takes its place has another one."""
    bot = Bot(Outage(IndexGoneError("isnad-1")))
    async with bot.watching() as handler:
        asked = asyncio.create_task(handler.ask(exchange := Recorder(), QUESTION))
        await eventually(lambda: exchange.marks, "a sign at the question")
        handler.editions.current = on_server(TOWN, Outage())  # type: ignore[misc]
        await asked
    assert exchange.replies[0].startswith(QUOTED)


@pytest.mark.parametrize(("is_away", "told"), [(True, AWAY), (False, ARABIC("error.slow"))])
async def test_a_deadline_that_a_hanging_server_took_up_is_no_fault_of_discord(is_away: bool, told: str) -> None:
    async def never(_: Edition) -> None:
        await asyncio.Event().wait()

    bot = Bot(Outage())
    if is_away:
        bot.handler.search.failed(SearchAwayError("timed out"))
    await bot.handler.serve(exchange := Recorder(), never, deadline=0.001)
    assert exchange.replies == [told]
