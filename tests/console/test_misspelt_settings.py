from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.console.misspelt_settings import read_env_file, unknown_settings
from bot.settings import ENV_FILE, setting_names


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_names_are_read_and_lines_that_are_none_are_numbered(directory: Path, newline: str) -> None:
    lines = ["# settings", "PORT=1", "", "", "two words", "export LOG_FORMAT='a", "b'", "EMPTY", "  CORPUS URL=x", ""]
    (directory / ENV_FILE).write_bytes(("\ufeff" + newline.join(lines)).encode())
    assert read_env_file() == (["PORT", "LOG_FORMAT", "EMPTY"], [5, 9])


def test_a_file_that_is_not_there_or_no_text_has_nothing(directory: Path) -> None:
    assert read_env_file() == ([], [])
    (directory / ENV_FILE).write_bytes("PORT=1".encode("utf-16"))
    assert read_env_file() == ([], [])


def found(environment: Sequence[str] = (), in_file: Sequence[str] = ()) -> dict[str, str | None]:
    return dict(unknown_settings(environment, in_file, setting_names()))


@pytest.mark.parametrize(
    ("variable", "nearest"),
    [
        ("CORPUS_URLL", "CORPUS_URL"),
        ("CORPUS_REFERSH", "CORPUS_REFRESH"),
        ("DISCORD_GUILD_ID", "DISCORD_GUILD_IDS"),
        ("DISCORD_CHANNEL", "DISCORD_CHANNEL_IDS"),
        ("DISCORD_BOT_TOKEN", "DISCORD_TOKEN"),
        ("SEARCH_URI", "SEARCH_URL"),
        ("CORPUS_CACHE_DIR", "CORPUS_CACHE"),
        ("SENTRY_DNS", "SENTRY_DSN"),
        ("HEALTH_PORT", "PORT"),
        ("discord_tokn", "DISCORD_TOKEN"),
        ("ANSWER_RISKS", "ANSWER_RISK"),
        ("REPLY_LANG", "REPLY_LANGUAGE"),
        ("LIMIT_MEMBERS_PER_MINUTE", "LIMIT_MEMBER_PER_MINUTE"),
        ("LOG_FORMATS", "LOG_FORMAT"),
        ("TOKEN", "DISCORD_TOKEN"),
        ("Bot_Token", "DISCORD_TOKEN"),
        ("CORPUS", "CORPUS_URL"),
        ("CORPUS_PATH", "CORPUS_URL"),
        ("RECORD_DAYS", "RECORDS_DAYS"),
        ("LOGFORMAT", "LOG_FORMAT"),
        ("DATABASEURL", "DATABASE_URL"),
        ("HEALTHHOST", "HEALTH_HOST"),
        ("ANSWERS_RISK", "ANSWER_RISK"),
        ("HEARTBEAT", "HEARTBEAT_URL"),
        ("DiscordToken", "DISCORD_TOKEN"),
    ],
)
def test_a_slip_is_named_with_the_setting_that_is_near(variable: str, nearest: str) -> None:
    assert found([variable]) == found([], [variable]) == {variable: nearest}


@pytest.mark.parametrize("variable", sorted(setting_names()))
def test_a_setting_is_none_in_letters_of_either_case(variable: str) -> None:
    assert found([variable, variable.lower()], [variable]) == {}


@pytest.mark.parametrize(
    "variable",
    [
        *("LOG_LEVEL", "LOG_FILE", "LOG_DIR", "DISCORD_CLIENT_ID", "DISCORD_WEBHOOK_URL", "REPLY_TO", "TOKENS"),
        *("DATABASE_PASSWORD", "DATABASE_USER", "DATABASE_NAME", "APP_DATABASE_URL", "PGDATABASE", "PORTAL", "PORTS"),
        *("HOST", "HOSTNAME", "LANGUAGE", "SENTRY_RELEASE", "SENTRY_ENVIRONMENT", "RECORD", "HEALTHCHECK_URL"),
        *("GITHUB_TOKEN", "POSTGRES_URL", "REDIS_URL", "PATH", "HOME", "USER", "LOGNAME", "XDG_CACHE_HOME", "_"),
    ],
)
def test_what_other_programs_have_is_none_in_the_environment(variable: str) -> None:
    assert found([variable]) == {}


def test_a_file_is_the_bots_own_but_for_what_compose_reads_from_it() -> None:
    names = ["LOG_LEVEL", "HOST", "REPEAT", "COMPOSE_PROJECT_NAME", "POSTGRES_PASSWORD", "EXTRAS"]
    assert found([], names) == {"LOG_LEVEL": None, "HOST": None, "REPEAT": None}


def test_who_has_set_what_is_meant_means_something_else() -> None:
    assert found(["TOKEN", "DISCORD_TOKEN"]) == found(["TOKEN"], ["DISCORD_TOKEN"]) == {}
    assert found(["CORPUS_PATH", "CORPUS_URL"]) == {}
    assert found(["RECORD_DAYS", "LOGFORMAT"], ["RECORDS_DAYS", "LOG_FORMAT"]) == {}
