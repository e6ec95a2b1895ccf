"""How the program starts with articles from the web, with and without their host."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.articles.sources.archives import tar_gz
from tests.articles.sources.web_server import WebServer, reply, web_server
from tests.console.command_line import ANSWERED, ARABIC, ENGLISH, CommandLine
from tests.console.conftest import LIBRARY, Write

ARCHIVE = tar_gz({"library.md": LIBRARY}, "town-main/")


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
    done = isnad(*command)
    assert (done.code, done.out) == (2, "")
    texts = ARABIC if language == "ar" else ENGLISH
    assert done.err == texts("source.forbidden", url=server.url) + "\n"


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
    assert f"«{ANSWERED}» المطلوب: اقتباس من bridge. النتيجة: اقتباس من library." in done.err
    assert not re.search("WARNING|gate|golden", done.err)
    assert isnad("ask", ANSWERED).code == 0


def test_imports_need_a_directory_where_the_corpus_is_elsewhere(isnad: CommandLine, server: WebServer) -> None:
    done = isnad("import", "page.html")
    assert (done.code, done.out, done.err) == (2, "", ARABIC("import.elsewhere") + "\n")
    assert server.seen == []
