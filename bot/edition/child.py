"""Builds an edition in a process of its own, which gives its memory back and leaves the interpreter to the answers.

The parent writes an order to the child's standard input and keeps it open; the child reports on standard output, a line
of JSON each: progress, then the outcome. Where the parent is gone, so is the child.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from dataclasses import asdict, astuple
from pathlib import Path
from typing import IO, Any

from bot.arabic import Analyser
from bot.articles import Marks, read_rejections
from bot.edition.building import Progress, write_corpus
from bot.edition.errors import BuildError, EmptyCorpusError
from bot.storage import ArrayFile

# Answers come first.
_NICENESS = 10
_LAST_WORDS = 2000  # bytes
# The C library keeps large blocks that are free, and ever larger ones, unless it is told where to stop.
_MEMORY = {"MALLOC_MMAP_THRESHOLD_": "131072", "MALLOC_TRIM_THRESHOLD_": "131072", "MALLOC_ARENA_MAX": "1"}
_START = f"from {__name__} import main; main()"
_PACKAGE = Path(__file__).resolve().parent.parent


def build_in_child(  # noqa: PLR0913 (from what, into what, and what to tell)
    file: Path,
    path: Path,
    marks: Marks,
    analyser: Analyser,
    progress: Progress | None,
    *,
    base: Path | None = None,
) -> None:
    """Build the edition of a corpus into a file, upon the edition in another one where that helps.

    Raise EmptyCorpusError, OSError where the file cannot be written, and BuildError where the child fails otherwise.
    """
    order = {
        "file": str(file),
        "path": str(path),
        "base": str(base) if base else None,
        "marks": asdict(marks),
        "stop_words": sorted(analyser.stop_words),
    }
    command = [sys.executable, "-c", _START]
    # A pipe that nobody empties while there is progress to read would hold up a child that has much to say.
    with tempfile.TemporaryFile(dir=file.parent) as errors:
        with subprocess.Popen(  # noqa: S603 - the command is our own
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(_PACKAGE.parent), **_MEMORY},
        ) as child:
            assert child.stdin and child.stdout  # noqa: S101, PT018 - for the type checker
            outcome: dict[str, Any] = {}
            with suppress(BrokenPipeError):
                child.stdin.write(json.dumps(order) + "\n")
                child.stdin.flush()
            for line in child.stdout:
                outcome = json.loads(line)
                if progress and "stage" in outcome:
                    progress(outcome["stage"], outcome["done"], outcome["total"])
        words = _last_words(errors)
    _raise_failure(outcome, path, words or f"exit code {child.returncode}")


def _last_words(errors: IO[bytes]) -> str:
    """Read the end of what a child had to say, which may be long."""
    errors.seek(max(0, errors.seek(0, os.SEEK_END) - _LAST_WORDS))
    return errors.read().decode("utf-8", "replace").strip()


def _raise_failure(outcome: dict[str, Any], path: Path, words: str) -> None:
    """Raise what the child met instead of an edition."""
    if "empty" in outcome:
        raise EmptyCorpusError(path, read_rejections(outcome["empty"]))
    if "error" in outcome:
        raise OSError(outcome["error"])
    if "done" not in outcome or "stage" in outcome:
        raise BuildError(words)


def main() -> None:
    """Build what the parent orders."""
    order = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    file, marks = Path(order["file"]), Marks.from_lists(order["marks"])
    base = Path(order["base"]) if order["base"] else None
    try:
        with ArrayFile(file) as sink:
            analyser = Analyser(order["stop_words"])
            facts = write_corpus(
                Path(order["path"]), marks, analyser, sink, progress=_report_progress, folder=file.parent, base=base
            )
            sink.finish(facts)
    except EmptyCorpusError as error:
        _report(empty=[astuple(rejection) for rejection in error.rejections])
    except OSError as error:
        _report(error=str(error))
    else:
        _report(done=True)


def _end_with_parent() -> None:
    sys.stdin.read()
    os._exit(1)


def _report_progress(stage: str, done: int, total: int) -> None:
    _report(stage=stage, done=done, total=total)


def _report(**outcome: object) -> None:
    sys.stdout.write(json.dumps(outcome) + "\n")
    sys.stdout.flush()
