"""A measurement in a process of its own: a function and its arguments go there pickled, and its figures come back so.

One thread for each library, so that engines are compared and not cores.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from bot.retrieval import SearchError

P = ParamSpec("P")
Figures = TypeVar("Figures")

_ROOT = str(Path(__file__).resolve().parents[3])
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


class FailedError(Exception):
    """A measuring process failed; `words` are its last line of output or its exit code."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def measure(work: Callable[P, Figures], *values: P.args, **named: P.kwargs) -> Figures:
    """Let a new process call a function; return its figures, raise its ImportError or SearchError, or FailedError."""
    path = os.pathsep.join(filter(None, (os.environ.get("PYTHONPATH"), _ROOT)))
    done = subprocess.run(  # noqa: S603 - the program is our own
        [sys.executable, "-c", f"from {__name__} import main; main()"],
        input=pickle.dumps((work, values, named)),
        capture_output=True,
        env=os.environ | dict.fromkeys(_THREADS, "1") | {"PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        raise FailedError(lines[-1] if lines and done.returncode > 0 else f"exit code {done.returncode}")
    found: Any = pickle.loads(done.stdout)  # noqa: S301 - it comes from our own process
    if isinstance(found, Exception):
        raise found
    figures: Figures = found
    return figures


def main() -> None:
    """Call the function of standard input, and write its figures, or why there are none."""
    work, values, named = pickle.load(sys.stdin.buffer)  # noqa: S301 - it comes from `measure`
    try:
        found = work(*values, **named)
    except (ImportError, SearchError) as error:
        found = error
    sys.stdout.buffer.write(pickle.dumps(found))
