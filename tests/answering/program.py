"""Sets of questions put to the unmodified program, and how its records are scored."""

import json
import subprocess
import sys
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

import bot.__main__ as program
from bot import composition
from tests.answering.coverage import read_config_once
from tests.machine import bare_environment, forget_machine, kept_log
from tests.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
Record = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """A question of a set, and the program's record of its outcome."""

    question: Record
    record: Record

    @property
    def is_answered(self) -> bool:
        return bool(self.record["outcome"] == "answer")

    @property
    def is_right(self) -> bool:
        """Tell whether it was refused as expected, or any quote holds any text that answers."""
        if self.question["expect"] == "refuse":
            return not self.is_answered
        texts = [quote["text"] for quote in self.record["quotes"]]
        return any(accepted in text for accepted in self.question["accept"] for text in texts)


def read_questions(file: str) -> list[Record]:
    return [json.loads(line) for line in (ROOT / file).read_text(encoding="utf-8").splitlines()]


def ask(corpus: Path, file: str, directory: Path) -> list[Asked]:
    """Ask a file of questions in this process, where nothing but a directory of its own is known of the machine."""
    stdout = redirect_stdout(TextIOWrapper(BytesIO(), "utf-8"))
    with pytest.MonkeyPatch.context() as monkeypatch, kept_log(), stdout as out:
        forget_machine(monkeypatch, directory)
        monkeypatch.setattr(composition, "read_config", read_config_once)
        assert program.main(_command(corpus, file)) == 0
        out.seek(0)
        return _asked(file, out.read())


def ask_in_process(corpus: Path, file: str, **environment: str) -> list[Asked]:
    """Ask a file of questions in a process of its own."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "bot", *_command(corpus, file)],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env=bare_environment() | environment,
        timeout=PATIENCE,
        check=True,
    )
    return _asked(file, done.stdout)


def _command(corpus: Path, file: str) -> list[str]:
    return ["ask", "--corpus", str(corpus), "--questions", str(ROOT / file), "--json"]


def _asked(file: str, records: str) -> list[Asked]:
    return [
        Asked(question, json.loads(line))
        for question, line in zip(read_questions(file), records.splitlines(), strict=True)
    ]


def failures(asked: list[Asked], expect: str) -> list[str]:
    """List the questions that were expected so and went wrong."""
    return [one.question["question"] for one in asked if one.question["expect"] == expect and not one.is_right]
