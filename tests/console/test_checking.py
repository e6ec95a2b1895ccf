import re

import pytest

from bot.settings import SettingsError, read_settings
from tests.console.command_line import ANSWERED, ARABIC, ENGLISH, CommandLine
from tests.console.conftest import Write

SECRET = "not-a-token-but-secret"


def test_all_is_well_without_a_token(isnad: CommandLine) -> None:
    done = isnad("check")
    assert done.code == 0
    settings, corpus = done.out.splitlines()
    assert settings == ARABIC("check.settings_fine")
    assert re.fullmatch(
        re.escape(ARABIC("check.corpus_fine", articles=2, passages=3, fingerprint="@")).replace("@", "[0-9a-f]{16}"),
        corpus,
    )
    assert done.err == ARABIC("check.no_token") + "\n"


def test_files_that_cannot_be_read_are_a_problem(isnad: CommandLine, write: Write) -> None:
    write("coverage/spoilt.md", b"")
    done = isnad("check")
    assert done.code == 2
    assert done.err.splitlines()[:2] == [
        ARABIC("check.corpus_rejections", count=1),
        ARABIC("rejection.empty", place="spoilt.md", detail="").strip(),
    ]


def test_another_corpus_can_be_checked(isnad: CommandLine) -> None:
    done = isnad("check", "--corpus", "nowhere")
    assert done.code == 2
    assert ARABIC("rejection.missing", place="nowhere", detail="").strip() in done.err


@pytest.mark.parametrize("command", [["check"], ["ask", ANSWERED], ["chat"], []], ids=["check", "ask", "chat", "none"])
def test_every_command_stops_at_settings_that_cannot_be_used(
    isnad: CommandLine, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    wrong = {"DISCORD_TOKEN": SECRET, "DISCORD_GUILD_IDS": "a,b", "DISCORD_API_URL": "discord.com", "PORT": "-"}
    for variable, value in wrong.items():
        monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError) as caught:
        read_settings()
    done = isnad(*command)
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines() == [
        ARABIC(mistake.key, variable=mistake.variable, words=mistake.words) for mistake in caught.value.mistakes
    ]
    assert len(done.err.splitlines()) == len(wrong)
    assert SECRET not in done.err


def test_an_unknown_language_is_complained_about_in_arabic(isnad: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPLY_LANGUAGE", "fr")
    done = isnad("check")
    assert done.code == 2
    assert done.err == ARABIC("settings.language", variable="REPLY_LANGUAGE", words="") + "\n"


def test_a_file_of_settings_that_is_no_text_is_named(isnad: CommandLine, write: Write) -> None:
    write(".env", "PORT=1".encode("utf-16"))
    done = isnad("check")
    assert done.code == 2
    assert done.err.startswith(ARABIC("settings.env_file", variable=".env", words="@").split("@")[0])
    assert done.err.count("\n") == 1


def test_mistakes_are_named_in_the_language_of_the_replies(isnad: CommandLine, write: Write) -> None:
    write(".env", "REPLY_LANGUAGE=en\nPORT=x\n")
    done = isnad("check")
    assert (done.code, done.err) == (2, ENGLISH("settings.port", variable="PORT", words="") + "\n")
