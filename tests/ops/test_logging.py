import json
import logging

from bot.ops.logging import JsonFormatter, TextFormatter, redact

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GxYzAb.abcdefghijklmnopqrstuvwxyz0123456789AB"


def record(message: str, *values: object) -> logging.LogRecord:
    return logging.LogRecord("bot.chat", logging.INFO, __file__, 1, message, values, None)


def test_tokens_are_taken_out() -> None:
    assert TOKEN not in redact(f"Authorization: Bot {TOKEN}!")
    line = redact("POST https://discord.com/api/v10/interactions/123/aW50ZXJhY3Rpb24=/callback failed")
    assert line == "POST https://discord.com/api/v10/interactions/123/[token]/callback failed"
    assert "secret" not in redact("https://discord.com/api/v10/webhooks/1/secret/messages/@original")


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
