"""The program as a process of its own, between other programs."""

import json
import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from bot.console.edition_start import EXIT_MISNAMED
from tests.console.command_line import ANSWERED, ARABIC, REFUSED, ROOT, Finished, run
from tests.console.conftest import Write
from tests.patience import PATIENCE

Run = Callable[..., Finished]


def test_questions_in_answers_out_without_colour(run_forked: Run) -> None:
    done = run_forked("chat", stdin=f"{ANSWERED}\n{REFUSED}\n")
    assert (done.code, done.err) == (0, "")
    assert "«افتتحت البلدية المكتبة العامة" in done.out
    assert "\x1b" not in done.out


def test_warnings_are_without_colour_too(run_forked: Run) -> None:
    done = run_forked("check", TERM="xterm-256color")
    assert (done.code, done.err) == (0, ARABIC("check.no_token") + "\n")
    assert "\x1b" not in done.out


@pytest.mark.parametrize(
    "encoding", ["ascii", *(pytest.param(name, marks=pytest.mark.slow) for name in ("cp1252", "utf-8:strict"))]
)
def test_text_is_utf_8_whatever_the_locale_says(encoding: str) -> None:
    done = run("chat", stdin=b"\xff " + ANSWERED.encode(), PYTHONIOENCODING=encoding)
    assert (done.code, done.err) == (0, "")
    assert "«افتتحت البلدية المكتبة العامة" in done.out


def test_an_argument_that_is_no_text_is_no_harm(run_forked: Run) -> None:
    done = run_forked("ask", os.fsdecode(b"\xff " + ANSWERED.encode()), "--json")
    assert done.code == 0
    assert json.loads(done.out)["outcome"] == "answer"


@pytest.mark.parametrize("form", [[], pytest.param(["--json"], marks=pytest.mark.slow)], ids=["text", "json"])
def test_the_next_program_may_stop_reading(write: Write, form: list[str]) -> None:
    write("questions", f"{ANSWERED}\n" * 500)
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "bot", "ask", "--questions", "questions", *form],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(PATIENCE) == 0


def test_a_server_without_any_input_and_token_ends() -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", '"$1" -m bot <&-', "sh", sys.executable],
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stdout) == (EXIT_MISNAMED, b"")
    assert done.stderr.decode() == ARABIC("start.no_token") + "\n"
