"""A server that would not do what somebody wanted is not started, and says what to change."""

import os
import subprocess
import sys

import pytest

from bot.console import EXIT_MISNAMED
from tests.e2e.program import ROOT

CLEAN = {name: value for name, value in os.environ.items() if not name.startswith(("DISCORD_", "CORPUS_"))}
TOKEN = "MTA.loopback.token"


def start(*arguments: str, question: str | None = None, **settings: str) -> tuple[int, str]:
    """Start the bot with settings and, as a platform does, nothing to read; or with a question in a pipe."""
    nothing = subprocess.DEVNULL if question is None else None
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "bot", "--language", "en", *arguments],
        cwd=ROOT,
        env=CLEAN | settings,
        stdin=nothing,
        input=question,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


def test_a_misnamed_token_starts_no_console_that_nobody_sees() -> None:
    code, told = start(DISCORD_BOT_TOKEN=TOKEN)
    assert code == EXIT_MISNAMED
    assert "Did you mean DISCORD_TOKEN?" in told
    assert "rename the variable" in told


@pytest.mark.parametrize("name", ["DISCORD_GUILD_ID", "CORPUS_REFERSH", "LIMIT_MEMBERS_PER_MINUTE"])
def test_with_a_token_any_near_miss_stops_the_start(name: str) -> None:
    code, told = start(DISCORD_TOKEN=TOKEN, **{name: "5"})
    assert (code, "rename the variable" in told) == (EXIT_MISNAMED, True)


def test_without_a_token_a_server_says_what_it_needs() -> None:
    code, told = start()
    assert (code, "put the bot's token into DISCORD_TOKEN" in told) == (EXIT_MISNAMED, True)


def test_questions_in_a_pipe_are_answered_whatever_other_bots_call_their_token() -> None:
    code, told = start(question="ما عاصمة فرنسا؟\n", DISCORD_BOT_TOKEN=TOKEN)
    assert (code, "Did you mean DISCORD_TOKEN?" in told) == (0, True)


def test_a_check_where_no_server_would_start_without_a_token_fails() -> None:
    code, told = start("check")
    assert (code, "put the bot's token into DISCORD_TOKEN" in told) == (2, True)


def test_a_check_in_a_pipe_needs_no_token() -> None:
    code, told = start("check", question="")
    assert (code, "the bot will work in the terminal only" in told) == (0, True)
