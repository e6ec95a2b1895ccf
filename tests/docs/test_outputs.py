"""What the pages show of the terminal is what it prints: the commands are given, and compared line by line."""

import os
import re
import shlex
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import pytest

from bot import composition
from bot.console.arguments import parse_arguments
from tests.answering.coverage import read_config_once
from tests.console.command_line import CommandLine
from tests.docs.pages import Page
from tests.e2e.program import ROOT
from tests.machine import forget_machine

ANSWERING, ARTICLES, COMMAND_LINE = (
    Page(ROOT / "docs" / f"{name}.md") for name in ("answering", "articles", "command-line")
)
MEMBERS, README = Page(ROOT / "docs" / "members.md"), Page(ROOT / "README.md")
# The others measure this machine, fit to sets or need a page of the web.
SHOWN = {"ask", "articles", "chat", "check"}
_DIRECTIONS = re.compile("[\u200e\u2066-\u2069]")


def plain(text: str) -> list[str]:
    return _DIRECTIONS.sub("", text).splitlines()


def blocks(page: Page, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", page.text, re.MULTILINE | re.DOTALL)


def arguments_of(command: str) -> list[str]:
    words = shlex.split(command)
    return list(takewhile(lambda word: word not in {"|", ">", "<"}, words[words.index("bot") + 1 :]))


def sessions() -> Iterator[tuple[str, str, list[str]]]:
    """Yield the commands of the pages that can be given anywhere, with the lines that they are said to print."""
    for page in (ANSWERING, ARTICLES, COMMAND_LINE):
        for block in blocks(page, "console"):
            for session in block.removeprefix("$ ").split("\n$ "):
                command, *lines = session.splitlines()
                if "-m bot" in command and parse_arguments(arguments_of(command)).command in SHOWN:
                    yield page.name, command, [line for line in lines if line.strip() not in {"", "…"}]


@pytest.fixture
def isnad(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> CommandLine:
    """Call the command line beside the articles that are written on the page about them."""
    cache = os.environ["XDG_CACHE_HOME"]
    forget_machine(monkeypatch, tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", cache)
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "library.md").write_text(blocks(ARTICLES, "markdown")[0], encoding="utf-8")
    (articles / "questions.yaml").write_text(blocks(ARTICLES, "yaml")[0], encoding="utf-8")
    monkeypatch.setattr(composition, "read_config", read_config_once)
    return CommandLine(monkeypatch, capsys)


def given(isnad: CommandLine, command: str) -> list[str]:
    """Give a command, with what is piped into it, and return the lines that it prints."""
    words = shlex.split(command)
    typed = words[1].replace("\\n", "\n") if words[0] == "printf" else ""
    done = isnad(*arguments_of(command), stdin=typed)
    return plain(done.out + done.err)


@pytest.mark.parametrize(("page", "command", "lines"), list(sessions()))
def test_a_command_prints_what_its_page_shows(isnad: CommandLine, page: str, command: str, lines: list[str]) -> None:
    printed = given(isnad, command)
    for line in lines:
        # What is left out of a line is at its end.
        shown = line.partition("…")[0].strip()
        assert any(shown in one for one in printed), f"{page}: {line}"


def test_the_first_command_of_the_readme_prints_what_it_shows(isnad: CommandLine) -> None:
    [(command, *lines)] = [
        block.removeprefix("$ ").splitlines() for block in blocks(README, "console") if "| make run" in block
    ]
    printed = given(isnad, command.replace("make run", "python -m bot --language en run"))
    for line in lines:
        shown = line.partition("…")[0].strip()
        assert any(shown in one for one in printed), line


def test_the_first_example_of_each_row_gets_what_members_are_told_of_it(isnad: CommandLine) -> None:
    rows = re.findall(r"^\| [^|]+ \| `([^`/]+)`[^|]* \| “([^”,.…:]+)[^|]* \|$", MEMBERS.text, re.MULTILINE)
    assert len(rows) >= 4
    for question, opening in rows:
        printed = plain(isnad("--language", "en", "ask", question).out)
        assert any(line.startswith(opening) for line in printed), question


def test_the_steps_of_an_answer_are_those_of_its_explanation(isnad: CommandLine) -> None:
    command = next(command for _, command, _ in sessions() if "--explain" in command)
    printed = given(isnad, command)
    for block in blocks(ANSWERING, "text"):
        for line in block.splitlines():
            shown = line.partition("…")[0].strip()
            assert any(shown in one for one in printed), line
