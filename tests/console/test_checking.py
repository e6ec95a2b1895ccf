import re

import pytest

from bot.settings import SettingsError, read_settings
from tests.console.command_line import ANSWERED, ARABIC, ENGLISH, CommandLine
from tests.console.conftest import Write

SECRET = "not-a-token-but-secret"


def test_all_is_well_without_a_token(isnad: CommandLine) -> None:
    done = isnad("check")
    assert done.code == 0
    settings, corpus, golden, *odd = done.out.splitlines()
    assert settings == ARABIC("check.settings_fine")
    assert re.fullmatch("التغطية: مقالتان و3 فقرات، البصمة [0-9a-f]{16}[.]", corpus)
    assert golden == ARABIC("check.no_golden")
    assert odd == [
        ARABIC("check.odd", what=ARABIC("suspicion.no_date"), count=1, names="bridge"),
        ARABIC("check.odd", what=ARABIC("suspicion.short"), count=2, names="bridge, library"),
    ]
    assert done.err == ARABIC("check.no_token") + "\n"


def test_files_that_cannot_be_read_are_a_problem(isnad: CommandLine, write: Write) -> None:
    write("coverage/spoilt.md", b"")
    done = isnad("check")
    assert done.code == 2
    assert done.err.splitlines()[:2] == [
        ARABIC("check.corpus_rejections", count=1),
        ARABIC("rejection.empty", place="spoilt.md", detail="").strip(),
    ]


def test_odd_articles_are_counted_the_first_are_named_and_no_exit_code_changes(
    isnad: CommandLine, write: Write
) -> None:
    for number in range(7):
        write(f"odd/{number}.md", f"---\ntitle: خبر {number % 6}\npublished: 2999-01-01\n---\n\n" + "نص الخبر. " * 19)
    done = isnad("check", "--corpus", "odd")
    assert done.code == 0
    assert done.out.splitlines()[3:] == [
        ARABIC("check.odd", what=ARABIC("suspicion.future_date"), count=7, names="0, 1, 2, 3, 4 …"),
        ARABIC("check.odd", what=ARABIC("suspicion.same_title"), count=2, names="0, 6"),
        ARABIC("check.rest"),
    ]


def test_all_odd_articles_and_all_rejections_are_named_where_that_is_asked_for(
    isnad: CommandLine, write: Write
) -> None:
    for number in range(30):
        write(f"odd/{number:02}.md", f"---\ntitle: خبر {number}\npublished: 2999-01-01\n---\n\n" + "نص الخبر. " * 19)
        write(f"odd/spoilt{number:02}.md", b"")
    done = isnad("check", "--corpus", "odd", "--all")
    assert done.out.splitlines()[3:] == [
        ARABIC("check.odd_all", what=ARABIC("suspicion.future_date"), count=30),
        *(f"  {number:02}" for number in range(30)),
    ]
    assert [f"spoilt{number:02}.md" in done.err for number in range(30)] == [True] * 30
    assert "--all" not in done.err
    short = isnad("check", "--corpus", "odd")
    assert (short.code, short.out.splitlines()[-1]) == (done.code, ARABIC("check.rest"))
    assert ARABIC("corpus.more_rejections", count=10) in short.err


def test_all_rejections_are_named_where_no_article_is_left(isnad: CommandLine, write: Write) -> None:
    for number in range(30):
        write(f"spoilt/{number:02}.md", b"")
    assert sum(".md" in line for line in isnad("check", "--corpus", "spoilt", "--all").err.splitlines()) == 30


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, {"ar": "مقالة واحدة وفقرة واحدة", "en": "one article, one paragraph"}),
        (11, {"ar": "11 مقالة و11 فقرة", "en": "11 articles, 11 paragraphs"}),
        (103, {"ar": "103 مقالات و103 فقرات", "en": "103 articles, 103 paragraphs"}),
    ],
)
def test_what_the_coverage_has_is_counted_as_the_language_does(
    isnad: CommandLine, write: Write, monkeypatch: pytest.MonkeyPatch, count: int, words: dict[str, str]
) -> None:
    for number in range(count):
        write(f"some/{number}.md", f"---\ntitle: خبر {number}\n---\n\nقرر المجلس بناء الجسر رقم {number}.")
    for language, counted in words.items():
        monkeypatch.setenv("REPLY_LANGUAGE", language)
        assert counted in isnad("check", "--corpus", "some").out


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
