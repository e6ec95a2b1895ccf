import subprocess
import sys
from pathlib import Path

import pytest

from tests.console.command_line import ANSWERED, ARABIC, REFUSED, ROOT, CommandLine
from tests.console.conftest import Write
from tests.patience import PATIENCE


def test_an_answer_is_0(isnad: CommandLine) -> None:
    done = isnad("ask", ANSWERED)
    assert (done.code, done.err) == (0, "")
    assert "«افتتحت البلدية المكتبة العامة صباح الأحد" in done.out


def test_a_refusal_is_3(isnad: CommandLine) -> None:
    done = isnad("ask", REFUSED)
    assert (done.code, done.err) == (3, "")
    assert done.out.startswith(ARABIC("refusal.off_topic"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask"],
        ["ask", ""],
        ["ask", " ", "\t"],
        ["ask", ANSWERED, "--questions", "-"],
        ["ask", "--unknown", ANSWERED],
        ["ask", ANSWERED, "--corpus"],
        ["chat", ANSWERED],
        ["chat", "--json"],
        ["answer", ANSWERED],
        ["--corpus", "x", "ask", ANSWERED],
    ],
    ids=" ".join,
)
def test_bad_usage_is_2_with_a_sentence_and_no_output(isnad: CommandLine, arguments: list[str]) -> None:
    done = isnad(*arguments)
    assert (done.code, done.out) == (2, "")
    assert ARABIC("usage.error") in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    "corpus", ["nowhere", "nowhere/article.md", "empty", "library.odt", "spoilt.md", "no\x1bescape"]
)
def test_a_corpus_without_articles_is_2_and_says_why(isnad: CommandLine, write: Write, corpus: str) -> None:
    write("empty/readme.txt", "")
    write("library.odt", "x")
    write("spoilt.md", b"\x00")
    done = isnad("ask", ANSWERED, "--corpus", corpus)
    assert (done.code, done.out) == (2, "")
    *rejections, last = done.err.splitlines()
    assert last == ARABIC("console.empty_corpus", path=corpus)
    assert len(rejections) == (corpus != "empty")
    assert all(Path(corpus).name in line or "\x1b" in corpus for line in rejections)


def test_every_rejection_of_a_corpus_is_named_up_to_a_limit(isnad: CommandLine, write: Write) -> None:
    for number in range(25):
        write(f"spoilt/{number:02}.md", b"")
    done = isnad("ask", ANSWERED, "--corpus", "spoilt")
    lines = done.err.splitlines()
    assert lines[:20] == [ARABIC("rejection.empty", place=f"{number:02}.md", detail="").strip() for number in range(20)]
    assert lines[20] == ARABIC("corpus.more_rejections", count=5)


def test_rejections_beside_articles_are_named_and_hinder_nothing(isnad: CommandLine, write: Write) -> None:
    write("coverage/spoilt.md", b"")
    done = isnad("ask", ANSWERED)
    assert done.code == 0
    assert done.err == ARABIC("rejection.empty", place="spoilt.md", detail="") + "\n"


def test_several_rejections_beside_articles_are_one_line_and_the_list_is_checks(
    isnad: CommandLine, write: Write
) -> None:
    for number in range(4):
        write(f"coverage/spoilt{number}.md", b"")
    for command in (["ask", ANSWERED], ["chat"], ["articles"]):
        assert isnad(*command).err == ARABIC("corpus.rejections", count=4, first="spoilt0.md") + "\n"
    assert isnad("check").err.count("spoilt") == 4


def test_an_id_twice_is_told(isnad: CommandLine, write: Write) -> None:
    lines = [f'{{"id": "j1", "title": "{title}", "paragraphs": ["أغلقت البلدية الجسر."]}}' for title in ("جسر", "نهر")]
    write("coverage/town.jsonl", "\n".join(lines))
    done = isnad("ask", ANSWERED)
    assert done.code == 0
    assert done.err == ARABIC("rejection.duplicate_id", place="town.jsonl:2", detail="j1") + "\n"


@pytest.mark.parametrize("help_", ["--help", "-h", "--version"])
def test_help_and_version_are_0(isnad: CommandLine, help_: str) -> None:
    done = isnad(help_)
    assert done.code == 0
    assert done.out.startswith("isnad " if help_ == "--version" else ARABIC("usage.usage"))


@pytest.mark.parametrize("arguments", [("--help",), ("ask", "--help"), ("ask",), ("answer",)], ids=" ".join)
def test_help_and_mistakes_wait_for_no_room(arguments: tuple[str, ...]) -> None:
    told = (
        "import atexit, runpy, sys; atexit.register(lambda: print(*sys.modules));"
        "runpy.run_module('bot', run_name='__main__', alter_sys=True)"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", told, *arguments],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == (0 if "--help" in arguments else 2)
    modules = done.stdout.splitlines()[-1].split()
    assert {module for module in modules if module.startswith("bot.")} == {
        *("bot.console", "bot.console.arguments", "bot.console.command_arguments", "bot.console.argument_parser"),
        *("bot.console.terminal_language", "bot.ops", "bot.ops.typography"),
        *({"bot.__main__"} & set(modules)),
    }
    assert not {"numpy", "pydantic", "rich"} & set(modules)


def test_a_question_needs_no_quotes(isnad: CommandLine) -> None:
    assert isnad("ask", *ANSWERED.split()).out == isnad("ask", ANSWERED).out


def test_one_file_is_a_corpus(isnad: CommandLine, coverage: Path) -> None:
    assert isnad("ask", ANSWERED, "--corpus", str(coverage / "library.md")).code == 0
    assert isnad("ask", ANSWERED, "--corpus", str(coverage / "bridge.md")).code == 3


def test_the_option_goes_before_the_setting(
    isnad: CommandLine, monkeypatch: pytest.MonkeyPatch, coverage: Path
) -> None:
    monkeypatch.setenv("CORPUS_URL", "nowhere")
    assert isnad("ask", ANSWERED, "--corpus", str(coverage)).code == 0
    assert isnad("ask", ANSWERED).code == 2
