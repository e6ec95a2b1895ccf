"""A server that would not do what somebody wanted is not started, and says what to change."""

from collections.abc import Callable

import pytest

from bot.console.edition_start import EXIT_MISNAMED
from tests.console.command_line import ENGLISH, Finished

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
    assert ENGLISH("slip.misspelt", variable="DISCORD_BOT_TOKEN", nearest="DISCORD_TOKEN") in told
    assert ENGLISH("start.misnamed") in told


@pytest.mark.parametrize("name", ["DISCORD_GUILD_ID", "CORPUS_REFERSH", "LIMIT_MEMBERS_PER_MINUTE"])
def test_with_a_token_any_near_miss_stops_the_start(start: Start, name: str) -> None:
    code, told = start(DISCORD_TOKEN=TOKEN, **{name: "5"})
    assert (code, ENGLISH("start.misnamed") in told) == (EXIT_MISNAMED, True)


@pytest.mark.parametrize(
    ("arguments", "question", "code", "key"),
    [
        ([], None, EXIT_MISNAMED, "start.no_token"),
        (["check"], None, 0, "check.no_token"),
        (["check"], "", 0, "check.no_token"),
    ],
    ids=["run", "check", "check in a pipe"],
)
def test_without_a_token_a_server_says_what_it_needs(
    start: Start, arguments: list[str], question: str | None, code: int, key: str
) -> None:
    ended, told = start(*arguments, question=question)
    assert (ended, ENGLISH(key) in told) == (code, True)
