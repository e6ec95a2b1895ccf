"""The command line as users meet it: called, or as a process of its own, in pipes or in a terminal."""

import io
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.settings import CONFIG
from bot.texts import Texts
from tests.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
ARABIC = Texts.read(CONFIG / "texts", "ar")
ENGLISH = Texts.read(CONFIG / "texts", "en")
ANSWERED = "متى افتتحت البلدية المكتبة العامة؟"
REFUSED = "من اخترع الهاتف المحمول؟"


@dataclass(frozen=True)
class Finished:
    code: int
    out: str
    err: str


def run(*arguments: str, stdin: str | bytes = "", **environment: str) -> Finished:
    """Run the program as a process with pipes on all sides."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "bot", *arguments],
        input=stdin if isinstance(stdin, bytes) else stdin.encode(),
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        timeout=PATIENCE,
        check=False,
    )
    return Finished(done.returncode, done.stdout.decode(), done.stderr.decode())


class CommandLine:
    """Calls the command line within this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *arguments: str, stdin: str | bytes = "") -> Finished:
        data = stdin if isinstance(stdin, bytes) else stdin.encode()
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        try:
            code = main(arguments)
        except SystemExit as leaving:
            code = leaving.code if isinstance(leaving.code, int) else 1
        return Finished(code, *self._capsys.readouterr())
