"""What is remembered of questions, beside what the tests on the played Discord show."""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import aiohttp
import discord
import pytest

from bot.chat.conversations import Conversations, TrackedQuestion
from bot.chat.exchange.message_exchange import MessageExchange, SentAnswer
from bot.chat.exchange.message_filter import SeenIds
from bot.chat.request_handler import RequestHandler
from bot.ops.supervision import InFlight
from tests.chat.doubles import http_error

ME = 9
ASKED_AT = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)


class Standing:
    def __init__(self, log: list[str], words: str) -> None:
        self._log, self._words = log, words

    async def delete(self) -> None:
        self._log.append(f"gone: {self._words}")


class Asking:
    """A request handler that notes the questions, and whether their answers are new or edited."""

    texts = None

    def __init__(self) -> None:
        self.is_stopping = False
        self.in_flight = InFlight()
        self.log: list[str] = []
        self.deleted: list[int] = []
        self.deletion_listeners = [self.deleted.extend]

    async def ask(self, exchange: MessageExchange, words: str) -> None:
        if not exchange.withdrawn.is_set():
            self.log.append(f"{'changed' if exchange.answer else 'new'}: {words}")
            exchange.answer = cast("Any", Standing(self.log, words))


def said(words: str, edited: float | None = None, identity: int = 1) -> discord.Message:
    """Make a direct message, as it was so many minutes after it was written."""
    edited_at = None if edited is None else ASKED_AT + timedelta(minutes=edited)
    author = type("Author", (), {"bot": False, "id": 4})
    parts: dict[str, Any] = {"id": identity, "content": words, "edited_at": edited_at, "created_at": ASKED_AT}
    place: dict[str, Any] = {
        "guild": None,
        "channel": type("Direct", (), {"id": 3}),
        "reference": None,
        "role_mentions": [],
    }
    kind: dict[str, Any] = {"type": discord.MessageType.default, "webhook_id": None, "author": author}
    return cast("discord.Message", type("Said", (), parts | place | kind))


@pytest.fixture(autouse=True)
def nothing_below(monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(*_: object) -> None:
        return None

    monkeypatch.setattr("bot.chat.conversations.find_past_answer", nothing)


def conversations(handler: Asking, capacity: int = 2) -> Conversations:
    return Conversations(cast("RequestHandler", handler), SeenIds(), (), capacity)


async def test_versions_that_come_again_or_late_change_nothing() -> None:
    talk = conversations(handler := Asking())
    await talk.on_message(said("أ"), ME)
    for version in (said("ج", 2), said("ب", 1), said("ج", 2)):
        await talk.on_edit(version, ME)
    await talk.on_message(said("أ"), ME)
    assert handler.log == ["new: أ", "changed: ج"]


async def test_only_the_newest_questions_are_remembered() -> None:
    talk = conversations(handler := Asking(), capacity=2)
    for identity in (1, 2, 3):
        await talk.on_message(said(str(identity), identity=identity), ME)
    await talk.on_delete([1, 2, 3])
    assert handler.deleted == [1, 2, 3]
    assert handler.log == ["new: 1", "new: 2", "new: 3", "gone: 2", "gone: 3"]


async def test_a_bot_that_stops_takes_no_edit_but_lets_answers_go() -> None:
    talk = conversations(handler := Asking())
    await talk.on_message(said("أ"), ME)
    handler.is_stopping = True
    await talk.on_edit(said("ب", 1), ME)
    await talk.on_delete([1])
    assert handler.log == ["new: أ", "gone: أ"]


class StandingAnswer:
    """An answer whose deletion fails as it is told to."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.tries = 0

    async def delete(self) -> None:
        self.tries += 1
        if self.failures:
            raise self.failures.pop(0)


def answered(*failures: Exception) -> tuple[TrackedQuestion, StandingAnswer]:
    answer = StandingAnswer(*failures)
    return TrackedQuestion(words="متى؟", answer=cast("SentAnswer", answer)), answer


def test_only_newer_versions_count() -> None:
    question = TrackedQuestion()
    first, later = ASKED_AT, ASKED_AT + timedelta(microseconds=1)
    noted = [question.note_version(version) for version in (first, first, later, first, later)]
    assert noted == [True, False, True, False, False]


def test_a_deleted_question_ends_the_answer_that_is_made() -> None:
    exchange = MessageExchange(said("أ"), 1, cast("Any", None), None, was_deleted=False)
    question = TrackedQuestion(exchange=exchange)
    question.delete()
    assert question.exchange is not None
    assert question.exchange.withdrawn.is_set()


async def test_an_answer_is_withdrawn_once() -> None:
    question, answer = answered()
    await question.delete_answer()
    await question.delete_answer()
    assert answer.tries == 1
    assert question.words is None


@pytest.mark.parametrize("code", [10003, 10008])
async def test_an_answer_that_is_gone_is_no_fault(code: int, caplog: pytest.LogCaptureFixture) -> None:
    question, _ = answered(http_error(404, code, discord.NotFound))
    await question.delete_answer()
    assert not caplog.records


async def test_a_passing_fault_is_outlived() -> None:
    question, answer = answered(aiohttp.ClientError())
    await question.delete_answer()
    assert answer.tries == 2


async def test_an_answer_that_cannot_be_deleted_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    question, _ = answered(http_error(400, 50083))
    with caplog.at_level(logging.WARNING):
        await question.delete_answer()
    assert "could not be deleted" in caplog.text
