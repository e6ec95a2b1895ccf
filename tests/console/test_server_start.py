"""A server that would not do what somebody wanted is not started, and says what to change."""

from collections.abc import Callable

import pytest

from bot.console.edition_start import EXIT_MISNAMED
from tests.console.command_line import Finished

TOKEN = "MTA.loopback.token"
Start = Callable[..., tuple[int, str]]


@pytest.fixture
def start(run_forked: Callable[..., Finished]) -> Start:
    """Start the bot with settings and, as a platform does, nothing to read; or with a question in a pipe."""

    def started(*arguments: str, question: str | None = None, **settings: str) -> tuple[int, str]:
        done = run_forked("--language", "en", *arguments, stdin=question, **settings)
        return done.code, done.err

    return started


def test_a_misnamed_token_starts_no_console_that_nobody_sees(start: Start) -> None:
    code, told = start(DISCORD_BOT_TOKEN=TOKEN)
    assert code == EXIT_MISNAMED
    assert "Did you mean DISCORD_TOKEN?" in told
    assert "rename the variable" in told


@pytest.mark.parametrize("name", ["DISCORD_GUILD_ID", "CORPUS_REFERSH", "LIMIT_MEMBERS_PER_MINUTE"])
def test_with_a_token_any_near_miss_stops_the_start(start: Start, name: str) -> None:
    code, told = start(DISCORD_TOKEN=TOKEN, **{name: "5"})
    assert (code, "rename the variable" in told) == (EXIT_MISNAMED, True)


def test_without_a_token_a_server_says_what_it_needs(start: Start) -> None:
    code, told = start()
    assert (code, "put the bot's token into DISCORD_TOKEN" in told) == (EXIT_MISNAMED, True)


def test_questions_in_a_pipe_are_answered_whatever_other_bots_call_their_token(start: Start) -> None:
    code, told = start(question="ما عاصمة فرنسا؟\n", DISCORD_BOT_TOKEN=TOKEN)
    assert (code, "Did you mean DISCORD_TOKEN?" in told) == (0, True)


def test_a_check_where_no_server_would_start_without_a_token_fails(start: Start) -> None:
    code, told = start("check")
    assert (code, "put the bot's token into DISCORD_TOKEN" in told) == (2, True)


def test_a_check_in_a_pipe_needs_no_token(start: Start) -> None:
    code, told = start("check", question="")
    assert (code, "the bot will work in the terminal only" in told) == (0, True)
