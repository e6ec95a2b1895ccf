from collections.abc import Sequence

import pytest

from bot.settings import variables
from bot.unknown_settings import UnknownSetting, unknown_settings


def found(environment: Sequence[str] = (), in_file: Sequence[str] = ()) -> dict[str, str | None]:
    slips = list(unknown_settings(environment, in_file, variables()))
    assert all(isinstance(slip, UnknownSetting) for slip in slips)
    return {slip.variable: slip.nearest for slip in slips}


@pytest.mark.parametrize(
    ("variable", "nearest"),
    [
        ("CORPUS_URLL", "CORPUS_URL"),
        ("CORPUS_REFERSH", "CORPUS_REFRESH"),
        ("DISCORD_GUILD_ID", "DISCORD_GUILD_IDS"),
        ("DISCORD_CHANNEL", "DISCORD_CHANNEL_IDS"),
        ("DISCORD_BOT_TOKEN", "DISCORD_TOKEN"),
        ("discord_tokn", "DISCORD_TOKEN"),
        ("ANSWER_RISKS", "ANSWER_RISK"),
        ("REPLY_LANG", "REPLY_LANGUAGE"),
        ("LIMIT_MEMBERS_PER_MINUTE", "LIMIT_MEMBER_PER_MINUTE"),
        ("LOG_FORMATS", "LOG_FORMAT"),
    ],
)
def test_a_slip_is_named_with_the_setting_that_is_near(variable: str, nearest: str) -> None:
    assert found([variable]) == found([], [variable]) == {variable: nearest}


@pytest.mark.parametrize("variable", sorted(variables()))
def test_a_setting_is_none_in_letters_of_either_case(variable: str) -> None:
    assert found([variable, variable.lower()], [variable]) == {}


@pytest.mark.parametrize(
    "variable", ["LOG_LEVEL", "LOG_FILE", "LOG_DIR", "DISCORD_CLIENT_ID", "DISCORD_WEBHOOK_URL", "REPLY_TO", "CORPUS"]
)
def test_what_other_programs_have_is_none_in_the_environment(variable: str) -> None:
    assert found([variable]) == {}


def test_a_file_of_the_bots_own_has_no_variables_of_others_with_its_beginnings() -> None:
    assert found([], ["LOG_LEVEL", "PORTS", "PATH", "_", "DISCORD"]) == {"LOG_LEVEL": None}
