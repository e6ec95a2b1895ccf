"""How the program starts with articles from the web, with and without their host."""

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from bot.articles.feeds import HostPace
from bot.errors import SettingsError
from bot.settings import read_settings
from bot.texts import Texts
from tests.articles.combined.conftest import rss
from tests.articles.sources.archives import tar_gz
from tests.articles.sources.web_server import Answer, WebServer, reply, web_server
from tests.console.command_line import ANSWERED, ARABIC, ENGLISH, CommandLine, Finished, complaint
from tests.console.conftest import LIBRARY, Write
from tests.edition.samples import MUSEUM
from tests.edition.samples import write as write_article

SECRET = "not-a-token-but-secret"

ARCHIVE = tar_gz({"library.md": LIBRARY}, "town-main/")


def test_all_is_well_without_a_token(isnad: CommandLine) -> None:
    done = isnad("check")
    assert done.code == 0
    settings, corpus, golden, *odd, folders = done.out.splitlines()
    assert settings == ARABIC("check.settings_fine")
    counts = {name: ARABIC(f"counted.{name}", count=count) for name, count in (("articles", 2), ("passages", 3))}
    before, behind = ARABIC("check.corpus_fine", **counts, fingerprint="@").split("@")
    assert re.fullmatch("[0-9a-f]{16}", corpus.removeprefix(before).removesuffix(behind))
    assert golden == ARABIC("check.no_golden")
    assert odd == [
        ARABIC("check.odd", what=ARABIC("suspicion.no_date"), count=1, names="bridge"),
        ARABIC("check.odd", what=ARABIC("suspicion.short"), count=2, names="bridge, library"),
    ]
    assert folders == ARABIC("check.folders_fine", variables="CORPUS_CACHE")
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
    assert done.out.splitlines()[3:-1] == [
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
    assert done.out.splitlines()[3:-1] == [
        ARABIC("check.odd_all", what=ARABIC("suspicion.future_date"), count=30),
        *(f"  {number:02}" for number in range(30)),
    ]
    assert [f"spoilt{number:02}.md" in done.err for number in range(30)] == [True] * 30
    assert "--all" not in done.err
    short = isnad("check", "--corpus", "odd")
    assert (short.code, short.out.splitlines()[-2]) == (done.code, ARABIC("check.rest"))
    assert ARABIC("corpus.more_rejections", count=10) in short.err


def test_all_rejections_are_named_where_no_article_is_left(isnad: CommandLine, write: Write) -> None:
    for number in range(30):
        write(f"spoilt/{number:02}.md", b"")
    assert sum(".md" in line for line in isnad("check", "--corpus", "spoilt", "--all").err.splitlines()) == 30


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


def test_an_unknown_language_is_complained_about_in_english(
    isnad: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPLY_LANGUAGE", "es")
    assert isnad("check") == complaint("settings.language", ENGLISH, variable="REPLY_LANGUAGE", words="")


def test_a_file_of_settings_that_is_no_text_is_named(isnad: CommandLine, write: Write) -> None:
    write(".env", "PORT=1".encode("utf-16"))
    done = isnad("check")
    assert done.code == 2
    assert done.err.startswith(ENGLISH("settings.env_file", variable=".env", words="@").split("@")[0])
    assert done.err.count("\n") == 1


def test_mistakes_are_named_in_the_language_of_the_replies(
    isnad: CommandLine, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REPLY_LANGUAGE")
    write(".env", "REPLY_LANGUAGE=en\nPORT=x\n")
    assert isnad("check") == complaint("settings.port", ENGLISH, variable="PORT", words="")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, directory: Path) -> Iterator[WebServer]:
    with web_server() as serving:
        monkeypatch.setenv("CORPUS_URL", serving.url)
        monkeypatch.setenv("CORPUS_ALLOW_PRIVATE", "true")
        monkeypatch.setenv("CORPUS_CACHE", str(directory / "cache"))
        yield serving


def test_articles_come_from_the_web(isnad: CommandLine, server: WebServer) -> None:
    server.answers = [reply(200, ARCHIVE)]
    done = isnad("ask", ANSWERED)
    assert (done.code, done.err) == (0, "")
    assert "«افتتحت البلدية المكتبة العامة صباح الأحد" in done.out


def test_a_path_on_the_command_line_comes_before_the_web(isnad: CommandLine, server: WebServer) -> None:
    assert isnad("ask", ANSWERED, "--corpus", "coverage").code == 0
    assert server.seen == []


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("command", [["ask", ANSWERED], ["chat"], ["check"], []])
def test_a_host_that_refuses_and_nothing_kept_is_2_with_a_sentence(
    isnad: CommandLine, server: WebServer, monkeypatch: pytest.MonkeyPatch, language: str, command: list[str]
) -> None:
    monkeypatch.setenv("REPLY_LANGUAGE", language)
    server.answers = [reply(403)]
    texts = ARABIC if language == "ar" else ENGLISH
    assert isnad(*command) == complaint("source.forbidden", texts, url=server.url)


def test_what_was_kept_serves_while_the_host_refuses_and_says_so(isnad: CommandLine, server: WebServer) -> None:
    server.answers = [reply(200, ARCHIVE), reply(403)]
    assert isnad("ask", ANSWERED).code == 0
    done = isnad("ask", ANSWERED)
    assert done.code == 0
    words = ARABIC("source.forbidden", url=server.url)
    assert done.err == ARABIC("console.stale", words=words) + "\n"
    checked = isnad("check")
    assert checked.code == 2
    assert ARABIC("console.stale", words=words) in checked.err


def test_a_source_of_several_that_is_away_is_named_and_the_others_serve(
    isnad: CommandLine, server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORPUS_URL", f"./coverage,{server.url}")
    server.answers = [reply(403)]
    words = ARABIC("console.away", source=server.url, reason=ARABIC("source.forbidden", url=server.url))
    done = isnad("ask", ANSWERED)
    assert (done.code, done.err) == (0, words + "\n")
    checked = isnad("check")
    assert checked.code == 2
    assert words in checked.err


def test_pages_of_feeds_that_fail_are_named_by_check_alone(
    isnad: CommandLine, server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = server.url.replace("corpus.tar.gz", "feed")
    monkeypatch.setenv("CORPUS_URL", f"./coverage,{link}")
    monkeypatch.setattr("bot.articles.feeds.HostPace", partial(HostPace, pause=0.0))
    pages = [f"{link}/{number}" for number in range(7)]
    feed = rss(link, "سفينة").replace(
        b"</channel>", "".join(f"<item><link>{page}</link></item>" for page in pages).encode() + b"</channel>"
    )

    def body(target: str) -> Answer:
        return reply(200, feed) if target == "/news/feed" else reply(404)

    server.answers = [by_target(server, body)]
    assert isnad("ask", ANSWERED).err == ""
    checked = isnad("check")
    assert checked.code == 0
    assert checked.err.count(link + "/") == 5
    assert ARABIC("check.more_problems", count=2) in checked.out
    assert isnad("check", "--all").err.count(link + "/") == 7


def by_target(server: WebServer, answer: Callable[[str], Answer]) -> Answer:
    """Answer each request by what it asks for."""

    def choose(handler: BaseHTTPRequestHandler) -> None:
        answer(server.seen[-1].target)(handler)

    return choose


def test_what_moderators_added_is_asked_unless_a_path_is_named(
    isnad: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CORPUS_KEEP", str(tmp_path / "kept"))
    write_article(tmp_path / "kept" / "additions", "museum.md", MUSEUM)
    question = "كم سفينة نقلت الجامعة إلى متحف التراث البحري؟"
    assert isnad("ask", question).code == 0
    assert isnad("ask", question, "--corpus", "coverage").code == 3


def test_an_empty_archive_goes_by_its_address(isnad: CommandLine, server: WebServer) -> None:
    server.answers = [reply(200, tar_gz({"spoilt.md": b"\x00"}))]
    done = isnad("ask", ANSWERED)
    assert done.code == 2
    assert done.err.splitlines()[-1] == ARABIC("console.empty_corpus", path=server.url)


def test_check_asks_the_golden_questions(isnad: CommandLine, write: Write) -> None:
    write("coverage/questions.yaml", f"- question: {ANSWERED}\n  article: library\n")
    done = isnad("check")
    assert (done.code, ARABIC("reload.golden", count=1) in done.out) == (0, True)
    write("coverage/questions.yaml", "# none yet\n")
    assert ARABIC("check.no_golden") in isnad("check").out
    write("coverage/questions.yaml", f"- question: {ANSWERED}\n  article: bridge\n")
    done = isnad("check")
    assert done.code == 2
    expected, outcome = (ARABIC("golden.quote", articles=name) for name in ("bridge", "library"))
    assert ARABIC("golden.failure", question=ANSWERED, expected=expected, outcome=outcome) in done.err
    assert not re.search("WARNING|gate|golden", done.err)
    assert isnad("ask", ANSWERED).code == 0


def test_imports_need_a_directory_where_the_corpus_is_elsewhere(isnad: CommandLine, server: WebServer) -> None:
    assert isnad("import", "page.html") == complaint("import.elsewhere")
    assert server.seen == []


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_line_that_cannot_be_read_is_told_once_and_hinders_nothing(
    run_forked: Callable[..., Finished], write: Write, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.delenv("REPLY_LANGUAGE")
    write(".env", f"# settings\n\nthe corpus\nREPLY_LANGUAGE={language}\n")
    # A process of its own: how loud a log is that nobody has set up is seen only there.
    done = run_forked("ask", ANSWERED)
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
    # With these `run` would not start a server.
    assert (done.code, done.out) == (2, silent.out.removeprefix(ARABIC("check.settings_fine") + "\n"))
    assert done.err.removesuffix(silent.err).splitlines() == [
        ARABIC("slip.misspelt", variable="CORPUS_URLL", nearest="CORPUS_URL"),
        ARABIC("slip.unknown", variable="DISCORD_APPLICATION"),
        ARABIC("slip.misspelt", variable="DISCORD_GUILD_ID", nearest="DISCORD_GUILD_IDS"),
        ARABIC("start.misnamed"),
    ]
    assert isnad("ask", ANSWERED).err == ""


def test_a_slip_is_named_beside_a_mistake(isnad: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_SHARD_IDS", "0")
    monkeypatch.setenv("DISCORD_SHARDS_COUNT", "1")
    done = isnad("check")
    assert done.code == 2
    slip = ARABIC("slip.misspelt", variable="DISCORD_SHARDS_COUNT", nearest="DISCORD_SHARD_COUNT")
    assert done.err.splitlines() == [slip, ARABIC("settings.shard_ids", variable="DISCORD_SHARD_IDS")]


def record(isnad: CommandLine, *arguments: str) -> dict[str, Any]:
    done = isnad("check", "--json", *arguments)
    assert (done.err, done.out.count("\n")) == ("", 1)
    gathered = json.loads(done.out)
    assert isinstance(gathered, dict)
    assert gathered["code"] == done.code
    return gathered


def test_a_record_has_what_is_told_and_the_names_of_all(isnad: CommandLine, write: Write) -> None:
    for number in range(7):
        write(
            f"coverage/odd{number}.md", f"---\ntitle: خبر {number}\npublished: 2999-01-01\n---\n\n{'نص الخبر. ' * 19}"
        )
    for number in range(30):
        write(f"coverage/spoilt{number:02}.md", b"")
    write("coverage/questions.yaml", f"- question: {ANSWERED}\n  article: library\n")
    gathered = record(isnad)
    assert (gathered["code"], gathered["articles"], gathered["golden"]) == (2, 9, 1)
    assert gathered["passages"] == 10
    assert gathered["edition"]
    assert [rejected["path"] for rejected in gathered["rejections"]] == [
        f"spoilt{number:02}.md" for number in range(30)
    ]
    assert {tuple(rejected) for rejected in gathered["rejections"]} == {("path", "line", "reason", "text")}
    assert {each["kind"]: each["articles"] for each in gathered["look_at"]}["future_date"] == [
        f"odd{number}" for number in range(7)
    ]
    findings = {(finding["level"], finding["key"]): finding["text"] for finding in gathered["findings"]}
    assert findings["info", "check.settings_fine"] == ARABIC("check.settings_fine")
    assert findings["warning", "check.no_token"] == ARABIC("check.no_token")


def test_a_record_has_what_stops_a_check_too(isnad: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = record(isnad, "--corpus", "nowhere")
    assert (nowhere["code"], nowhere["edition"], nowhere["articles"]) == (2, None, 0)
    assert [rejected["reason"] for rejected in nowhere["rejections"]] == ["missing"]
    monkeypatch.setenv("PORT", "x")
    assert [finding["key"] for finding in record(isnad, "--language", "en")["findings"]] == ["settings.port"]


def test_a_token_by_another_name_is_noticed_where_the_bot_would_be_a_console(
    isnad: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_BOT_TOKEN", "x")
    slip = ARABIC("slip.misspelt", variable="DISCORD_BOT_TOKEN", nearest="DISCORD_TOKEN")
    assert isnad("run", stdin=ANSWERED).err.splitlines() == [slip, ARABIC("console.no_token")]
    assert isnad("chat").err == ""


@pytest.mark.parametrize(("language", "texts"), [("ar", ARABIC), ("en", ENGLISH)])
def test_what_is_wrong_is_said_in_the_language_of_the_terminal_and_not_of_the_replies(
    isnad: CommandLine, monkeypatch: pytest.MonkeyPatch, language: str, texts: Texts
) -> None:
    monkeypatch.setenv("REPLY_LANGUAGE", "en" if language == "ar" else "ar")
    monkeypatch.setenv("LANG", f"{language}_XX.UTF-8")
    assert isnad("check").out.splitlines()[0] == texts("check.settings_fine")
    monkeypatch.setenv("PORT", "x")
    assert isnad("check").err == texts("settings.port", variable="PORT", words="") + "\n"
    monkeypatch.setenv("LANG", "C")
    assert isnad("check", "--language", language).err == texts("settings.port", variable="PORT", words="") + "\n"
