"""The command line as users meet it: called, or as a process of its own, in pipes or in a terminal."""

import io
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import pytest

from bot.__main__ import main
from bot.settings import CONFIG
from bot.texts import Texts
from tests.e2e.fork_server import ForkServer
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


def complaint(key: str, texts: Texts = ARABIC, **values: object) -> Finished:
    """What a command leaves that cannot do what it is asked to: a text on standard error, and exit code 2."""
    return Finished(2, "", texts(key, **values) + "\n")


def run(
    *arguments: str, stdin: str | bytes | None = "", forked_by: ForkServer | None = None, **environment: str
) -> Finished:
    """Run the program as a process, with pipes on all sides, or with nothing to read.

    A fork server starts it in a tenth of the time; without one it is a process of its own from the beginning.
    """
    given = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    data = stdin.encode() if isinstance(stdin, str) else stdin
    if forked_by is None:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "bot", *arguments],
            stdin=subprocess.DEVNULL if data is None else None,
            input=data,
            capture_output=True,
            env=given,
            timeout=PATIENCE,
            check=False,
        )
        return Finished(done.returncode, done.stdout.decode(), done.stderr.decode())
    with TemporaryFile() as out, TemporaryFile() as err, _to_read(data) as given_in:
        streams = (given_in.fileno(), out.fileno(), err.fileno())
        code = forked_by.start_with(("bot", *arguments), given, streams, Path.cwd()).wait(PATIENCE)
        for stream in (out, err):
            stream.seek(0)
        return Finished(code, out.read().decode(), err.read().decode())


def _to_read(data: bytes | None) -> IO[bytes]:
    """Return the end of a pipe that has few bytes in it, or nothing."""
    if data is None:
        return Path(os.devnull).open("rb")
    end, beginning = os.pipe()
    with open(beginning, "wb") as pipe:  # noqa: PTH123
        pipe.write(data)
    return open(end, "rb")  # noqa: PTH123


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
