import logging

import aiohttp
import discord
import pytest
from discord import app_commands

from bot.chat.chat_errors import ReplyError
from bot.chat.error_handler import call_each, judge, report_error
from tests.chat.doubles import Recorder, http_error
from tests.chat.samples import ARABIC


@pytest.mark.parametrize(
    ("error", "key", "level"),
    [
        (ReplyError("error.slow"), "error.slow", logging.DEBUG),
        (app_commands.CommandNotFound("قديم", []), "error.stale_command", logging.INFO),
        (TimeoutError(), "error.slow", logging.WARNING),
        (discord.RateLimited(90), "error.slow", logging.WARNING),
        (http_error(404, 10062, discord.NotFound), None, logging.DEBUG),
        (http_error(404, 10003, discord.NotFound), None, logging.DEBUG),
        (http_error(401, 50027), None, logging.DEBUG),
        (http_error(403, 50013, discord.Forbidden), None, logging.WARNING),
        (http_error(400, 50083), None, logging.WARNING),
        (http_error(503, 0, discord.DiscordServerError), "error.discord", logging.WARNING),
        (http_error(400, 50035), "error.discord", logging.WARNING),
        (aiohttp.ServerDisconnectedError(), "error.discord", logging.WARNING),
        # Of a client that was replaced; any other of its kind is a mistake of ours.
        (RuntimeError("Session is closed"), None, logging.INFO),
        (RuntimeError("generator raised StopIteration"), "error.unexpected", logging.ERROR),
        (ZeroDivisionError(), "error.unexpected", logging.ERROR),
    ],
    ids=repr,
)
async def test_each_error_has_its_sentence_and_its_level(error: Exception, key: str | None, level: int) -> None:
    judgement = judge(error, "abc123")
    assert (judgement.key, judgement.level) == (key, level)
    assert judgement.key is None or ARABIC(judgement.key, **judgement.values)


async def test_an_unexpected_error_is_found_by_the_number_that_the_asker_sees(
    caplog: pytest.LogCaptureFixture,
) -> None:
    exchange = Recorder()
    await report_error(ZeroDivisionError("سرّ"), exchange, ARABIC)
    record = caplog.records[-1]
    reference = record.getMessage().split(":")[0]
    assert reference in exchange.replies[0]
    assert "سرّ" not in exchange.replies[0]
    assert record.exc_info is not None


UNTOLD = [
    http_error(500),
    aiohttp.ClientOSError(),
    discord.RateLimited(90),
    TimeoutError(),
    RuntimeError("Session is closed"),
]


@pytest.mark.parametrize("failure", UNTOLD, ids=repr)
async def test_an_asker_who_cannot_be_told_does_no_harm(failure: Exception) -> None:
    await report_error(ZeroDivisionError(), Recorder(failure), ARABIC)


async def test_a_mistake_in_telling_is_no_fault_of_discord() -> None:
    with pytest.raises(RuntimeError, match="mistake"):
        await report_error(ZeroDivisionError(), Recorder(RuntimeError("a mistake of ours")), ARABIC)


async def test_silence_is_kept_where_nobody_would_read() -> None:
    exchange = Recorder()
    await report_error(http_error(404, 10003, discord.NotFound), exchange, ARABIC)
    assert not exchange.replies


def test_a_listener_that_fails_keeps_no_other_from_hearing(caplog: pytest.LogCaptureFixture) -> None:
    heard: list[int] = []

    def fails(_: int) -> None:
        raise KeyError("a mistake of ours")

    call_each([heard.append, fails, heard.append], 7)
    assert heard == [7, 7]
    assert "A listener failed" in caplog.text
