"""Sets of questions put to the unmodified program, and how its records are scored."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.machine import bare_environment
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


def run(corpus: str, file: str, **environment: str) -> list[Asked]:
    """Ask a file of questions in a process of its own, from the root of the checkout."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "bot", "ask", "--corpus", corpus, "--questions", file, "--json"],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env=bare_environment() | environment,
        timeout=PATIENCE,
        check=True,
    )
    records = [json.loads(line) for line in done.stdout.splitlines()]
    return [Asked(question, record) for question, record in zip(read_questions(file), records, strict=True)]


def failures(asked: list[Asked], expect: str) -> list[str]:
    """List the questions that were expected so and went wrong."""
    return [one.question["question"] for one in asked if one.question["expect"] == expect and not one.is_right]
