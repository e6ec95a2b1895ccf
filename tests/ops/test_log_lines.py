import asyncio
import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ops.log_lines import JsonFormatter, RepeatFilter, TextFormatter, configure, error_line, redact
from tests.ops.clock import Clock

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GxYzAb.abcdefghijklmnopqrstuvwxyz0123456789AB"


def record(message: str, *values: object) -> logging.LogRecord:
    return logging.LogRecord("bot.chat", logging.INFO, __file__, 1, message, values, None)


def test_tokens_are_taken_out() -> None:
    assert TOKEN not in redact(f"Authorization: Bot {TOKEN}!")
    line = redact("POST https://discord.com/api/v10/interactions/123/aW50ZXJhY3Rpb24=/callback failed")
    assert line == "POST https://discord.com/api/v10/interactions/123/[token]/callback failed"
    assert "secret" not in redact("https://discord.com/api/v10/webhooks/1/secret/messages/@original")


def test_a_password_in_an_address_is_taken_out() -> None:
    line = redact("cannot connect to postgresql://isnad:p%40ss/w:rd@db.example:5432/name or http://host:80/path")
    assert line == "cannot connect to postgresql://isnad:[password]@db.example:5432/name or http://host:80/path"


def test_ordinary_lines_are_left_alone() -> None:
    line = "discord.gateway: Shard ID None has connected to gateway.discord.gg (bot/chat/client.py)"
    assert redact(line) == line


def test_json_lines_parse_and_hold_the_traceback() -> None:
    failure = record("لم ينجح %s", "شيء")
    failure.exc_info = (ValueError, ValueError(TOKEN), None)
    entry = json.loads(JsonFormatter().format(failure))
    assert (entry["level"], entry["logger"], entry["message"]) == ("info", "bot.chat", "لم ينجح شيء")
    assert "ValueError: [token]" in entry["exception"]


def test_text_lines_hold_level_logger_and_message() -> None:
    assert TextFormatter().format(record("ready")).endswith("INFO     bot.chat: ready")


async def test_a_line_at_every_turn_of_a_loop_does_not_fill_the_disk(capsys: pytest.CaptureFixture[str]) -> None:
    configure("text")
    told = {"message": "socket.accept() out of system resource", "exception": OSError(24, "Too many open files")}
    for _ in range(5000):
        asyncio.get_running_loop().call_exception_handler(told)
    assert 1 <= capsys.readouterr().err.count("socket.accept()") <= 25


def test_what_was_left_out_is_counted_in_the_next_line() -> None:
    clock = Clock()
    repeats = RepeatFilter(2, clock)
    assert [repeats.filter(record("no answer from %s", "a")) for _ in range(5)] == [True, True, False, False, False]
    assert repeats.filter(record("no answer from %s", "b"))
    clock.now += 61
    after = record("no answer from %s", "a")
    assert repeats.filter(after)
    assert after.getMessage() == "no answer from a (left out before: 3 like it)"
    again = record("no answer from %s", "a")
    assert repeats.filter(again)
    assert again.getMessage() == "no answer from a"


def test_lines_that_differ_are_all_written() -> None:
    repeats = RepeatFilter(1)
    assert all(repeats.filter(record("question %d", number)) for number in range(5000))


@given(st.text(max_size=2000))
def test_an_error_is_one_line_that_nobody_has_to_scroll(words: str) -> None:
    line = error_line(ValueError(words))
    assert line.startswith("ValueError")
    assert len(line.splitlines()) == 1
    assert len(line) <= 301
