"""Slips in the settings that hinder nothing are told, once and in the language of the replies."""

import pytest

from tests.console.command_line import ANSWERED, ARABIC, ENGLISH, CommandLine, run
from tests.console.conftest import Write


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_line_that_cannot_be_read_is_told_once_and_hinders_nothing(write: Write, language: str) -> None:
    write(".env", f"# settings\n\nthe corpus\nREPLY_LANGUAGE={language}\n")
    # A process of its own: how loud a log is that nobody has set up is seen only there.
    done = run("ask", ANSWERED)
    texts = ARABIC if language == "ar" else ENGLISH
    assert (done.code, done.err) == (0, texts("slip.unread", file=".env", line="3") + "\n")


def test_check_names_what_is_nearly_a_setting(
    isnad: CommandLine, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = isnad("check")
    write(".env", "CORPUS_URLL=x\nDISCORD_APPLICATION=1\n")
    monkeypatch.setenv("DISCORD_GUILD_ID", "1")
    monkeypatch.setenv("LOG_LEVEL", "debug")
    done = isnad("check")
    assert (done.code, done.out) == (silent.code, silent.out)
    assert done.err.removesuffix(silent.err).splitlines() == [
        ARABIC("slip.misspelt", variable="CORPUS_URLL", nearest="CORPUS_URL"),
        ARABIC("slip.unknown", variable="DISCORD_APPLICATION"),
        ARABIC("slip.misspelt", variable="DISCORD_GUILD_ID", nearest="DISCORD_GUILD_IDS"),
    ]
    assert isnad("ask", ANSWERED).err == ""


def test_a_slip_is_named_beside_a_mistake(isnad: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_SHARD_IDS", "0")
    monkeypatch.setenv("DISCORD_SHARDS_COUNT", "1")
    done = isnad("check")
    assert done.code == 2
    slip = ARABIC("slip.misspelt", variable="DISCORD_SHARDS_COUNT", nearest="DISCORD_SHARD_COUNT")
    assert done.err.splitlines() == [slip, ARABIC("settings.shard_ids", variable="DISCORD_SHARD_IDS")]
