"""Measures in processes of their own, one after the other, each with one thread."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

_ROOT = str(Path(__file__).resolve().parents[2])
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


class MissingError(Exception):
    """What was to be measured is not installed: a package."""

    def __init__(self, package: str) -> None:
        super().__init__(package)
        self.package = package


class FailedError(Exception):
    """A process ended without figures; `words` are its last ones, or the signal that ended it."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def measure(task: str, **values: Any) -> dict[str, Any]:
    """Do a task of `bot.benchmark.child` in a new process; return its figures, or raise MissingError or FailedError."""
    done = subprocess.run(
        [sys.executable, "-m", "bot.benchmark.child"],
        input=json.dumps({"task": task} | values),
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        env=_environment(),
        check=False,
    )
    if done.returncode:
        raise FailedError(_last_words(done))
    result: dict[str, Any] = json.loads(done.stdout)
    if "missing" in result:
        raise MissingError(result["missing"])
    figures: dict[str, Any] = result["figures"]
    return figures


def _environment() -> dict[str, str]:
    """Return the environment with one thread to each library, and this project to be found from everywhere."""
    path = os.pathsep.join(filter(None, (os.environ.get("PYTHONPATH"), _ROOT)))
    return os.environ | dict.fromkeys(_THREADS, "1") | {"PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}


def _last_words(done: "subprocess.CompletedProcess[str]") -> str:
    lines = done.stderr.strip().splitlines()
    return lines[-1] if lines and done.returncode > 0 else f"exit code {done.returncode}"
