"""What is waited for, and what is given up, when Discord does not take what is sent."""

from typing import Any, cast

import aiohttp
import discord
import pytest

from bot.chat.discord_errors import is_passing
from bot.chat.open_refusals import late_answers
from bot.chat.open_refusals.late_answers import LateAnswers, OutageError, outlast
from bot.ops.rate_limits import FairQueue
from bot.records.refusals import OpenRefusal, RefusedQuestion
from tests.chat.doubles import http_error


class Fails:
    """Fails with each error in turn, then succeeds."""

    def __init__(self, *errors: Exception) -> None:
        self.left = list(errors)

    async def act(self) -> str:
        if self.left:
            raise self.left.pop(0)
        return "done"


OUTAGES = [
    http_error(503),
    http_error(500),
    http_error(429),
    aiohttp.ClientError(),
    ConnectionResetError(),
    discord.RateLimited(60.0),
    RuntimeError("Session is closed"),
]


@pytest.mark.parametrize("error", OUTAGES, ids=repr)
async def test_an_outage_is_waited_out_until_patience_ends(error: Exception) -> None:
    assert is_passing(error)
    assert await outlast(Fails(error, error).act, pauses=(0, 0, 0)) == "done"
    with pytest.raises(OutageError):
        await outlast(Fails(error, error, error).act, pauses=(0, 0, 0))


REFUSALS = [http_error(403, 50001), http_error(404, 10008), http_error(400, 50083), RuntimeError("a mistake of ours")]


@pytest.mark.parametrize("error", REFUSALS, ids=repr)
async def test_a_refusal_of_discord_is_not_repeated(error: Exception) -> None:
    assert not is_passing(error)
    failing = Fails(error)
    with pytest.raises(type(error)):
        await outlast(failing.act, pauses=(0, 0, 0))
    assert failing.left == []


class Answering:
    """A handler whose answers are made at once, and are wrong for some questions."""

    is_stopping = False

    def __init__(self, *faulty: str) -> None:
        self.asked: list[str] = []
        self.answer_worker = self
        self._faulty = faulty

    async def run(self, _: object, refused: RefusedQuestion) -> None:
        self.asked.append(refused.question)
        if refused.question in self._faulty:
            raise KeyError("a mistake of ours")


async def test_what_is_wrong_with_one_refusal_keeps_no_other_from_being_asked(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(late_answers, "PACE", 0)
    handler = Answering("b")
    parts = cast("Any", handler), cast("Any", None), cast("Any", None), FairQueue(), cast("Any", None)
    cards = [
        OpenRefusal(RefusedQuestion(5, number, 1, word, "off_topic"), is_gap=True) for number, word in enumerate("abc")
    ]
    await LateAnswers(*parts).ask_again(cards)
    assert handler.asked == ["a", "b", "c"]
    assert "could not be asked again" in caplog.text
