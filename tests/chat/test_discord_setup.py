import logging

import pytest
from aiohttp import ClientConnectionError

from bot.chat.discord_setup import configure_discord, rest_base, shorten_loss
from bot.settings import DiscordSettings


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("http://proxy:3000/", "http://proxy:3000/api/v10"),
        ("http://proxy:3000", "http://proxy:3000/api/v10"),
        ("http://127.0.0.1:8000/api/v10/", "http://127.0.0.1:8000/api/v10"),
        ("https://proxy.example/discord/api/v10", "https://proxy.example/discord/api/v10"),
    ],
)
def test_an_address_without_path_stands_for_discords_own(url: str, base: str) -> None:
    assert rest_base(url) == base


def logged(error: Exception) -> logging.LogRecord:
    """Log an error as discord.py does where it connects once more."""
    what = ("Attempting a reconnect in %.2fs", (1.5,), (type(error), error, None))
    record = logging.LogRecord("discord.client", logging.ERROR, "client.py", 1, *what)
    assert shorten_loss(record)
    return record


@pytest.mark.parametrize(
    "error", [ClientConnectionError("no\nroute 100%s"), TimeoutError(), ConnectionResetError(104, "reset")]
)
def test_a_lost_connection_is_one_line(error: Exception) -> None:
    record = logged(error)
    assert (record.levelname, record.exc_info) == ("WARNING", None)
    line = logging.Formatter().format(record)
    assert line.startswith(f"Attempting a reconnect in 1.50s: {type(error).__name__}")
    assert "\n" not in line


def test_any_other_error_keeps_its_traceback() -> None:
    record = logged(AttributeError("nobody expects this"))
    assert record.levelname == "ERROR"
    assert "AttributeError: nobody expects this" in logging.Formatter().format(record)


def test_the_lines_of_both_kinds_of_clients_are_shortened() -> None:
    configure_discord(DiscordSettings())
    assert all(shorten_loss in logging.getLogger(f"discord.{name}").filters for name in ("client", "shard"))
