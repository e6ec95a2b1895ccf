"""The machine that tests run on: its own settings, which are kept out of them, and its ports."""

import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_OURS = (
    *("DISCORD_", "CORPUS_", "REPLY_", "ANSWER_", "LIMIT_", "SEARCH_", "PORT", "HEALTH_", "LOG_FORMAT"),
    *("DATABASE_", "RECORDS_", "HEARTBEAT_", "SENTRY_"),
)
# What says which language a person reads.
_LOCALE = ("LANG", "LC_", "LANGUAGE")
# What makes a program colour its output where it otherwise would not, or the other way round.
_COLOURS = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "COLORTERM", "TTY_", "TERM", "COLUMNS", "PYTHONIOENCODING")


def bare_environment() -> dict[str, str]:
    """Return the environment without settings of the bot, but for its language, and without wishes about colour."""
    kept = (name for name in os.environ if not name.upper().startswith(_OURS + _COLOURS + _LOCALE))
    return {**{name: os.environ[name] for name in kept}, "REPLY_LANGUAGE": "ar"}


def forget_machine(monkeypatch: pytest.MonkeyPatch, directory: Path) -> None:
    """Work with that environment, in a directory that has no `.env`, and without editions that are built already."""
    bare = bare_environment()
    for name in os.environ.keys() - bare.keys():
        monkeypatch.delenv(name)
    monkeypatch.setenv("REPLY_LANGUAGE", bare["REPLY_LANGUAGE"])
    monkeypatch.setenv("XDG_CACHE_HOME", str(directory / "cache"))
    monkeypatch.chdir(directory)


@contextmanager
def kept_log() -> Iterator[None]:
    """Put the log back as it was: the program takes over that of its process, and this process goes on."""
    handlers, level = logging.root.handlers[:], logging.root.level
    try:
        yield
    finally:
        logging.root.handlers[:] = handlers
        logging.root.setLevel(level)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        port: int = held.getsockname()[1]
        return port
