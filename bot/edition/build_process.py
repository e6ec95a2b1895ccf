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
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, astuple
from pathlib import Path
from typing import IO, Any

from bot.arabic import Analyser
from bot.articles import BoilerplatePhrases, read_rejections
from bot.child_process import child_environment, yield_to_parent
from bot.edition.build import StageCallback, write_corpus
from bot.edition.edition_errors import BuildError, BuildTimeoutError, EmptyCorpusError
from bot.storage import ArrayFile

MOST_SECONDS = 1800.0
"""Three times what a million passages take."""
_LAST_WORDS = 2000  # bytes
_START = f"from {__name__} import main; main()"


class BuildProcess:
    """Builds editions in processes of their own, one at a time, and ends one that takes too long."""

    def __init__(self, seconds: float = MOST_SECONDS) -> None:
        """Give a build so many seconds."""
        self._seconds = seconds
        self._process: subprocess.Popen[str] | None = None

    def build(  # noqa: PLR0913 (from what, into what, and what to tell)
        self,
        file: Path,
        path: Path,
        phrases: BoilerplatePhrases,
        analyser: Analyser,
        progress: StageCallback | None,
        *,
        previous: Path | None = None,
    ) -> None:
        """Build the edition of a corpus into a file, upon the edition in another one where that helps.

        Raise EmptyCorpusError, OSError where the file cannot be written, BuildTimeoutError, and BuildError where the
        child fails otherwise. What `progress` raises ends the child.
        """
        order = {
            "parent": os.getpid(),
            "file": str(file),
            "path": str(path.absolute()),
            "previous": str(previous) if previous else None,
            "phrases": asdict(phrases),
            "stop_words": sorted(analyser.stop_words),
        }
        # A pipe that nobody empties while there is progress to read would hold up a child that has much to say.
        with tempfile.TemporaryFile(dir=file.parent) as errors:
            with self._started(errors) as child:
                outcome = _followed(child, order, progress)
            words = _last_words(errors)
        _raise_failure(outcome, path, words or f"exit code {child.returncode}")

    def stop(self) -> None:
        """End the child, wherever it is in its work; where none runs, do nothing."""
        if (process := self._process) is not None:
            process.kill()

    @contextmanager
    def _started(self, errors: IO[bytes]) -> Iterator[subprocess.Popen[str]]:
        """Start a child, which does not outlive the body, be that left by an exception, a signal or the clock."""
        is_late = threading.Event()
        with subprocess.Popen(  # noqa: S603 - the command is our own
            # Without -P the working directory stands before everything else on the path.
            [sys.executable, "-P", "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            encoding="utf-8",
            env=child_environment(),
        ) as child:

            def end() -> None:
                is_late.set()
                child.kill()

            clock = threading.Timer(self._seconds, end)
            clock.daemon = True
            try:
                self._process = child
                clock.start()
                yield child
            except BaseException:
                child.kill()
                # Behind Ctrl-C, Popen waits for a quarter of a second only, and what the child was writing would stay.
                child.wait()
                raise
            finally:
                clock.cancel()
                self._process = None
        if is_late.is_set():
            raise BuildTimeoutError(round(self._seconds))


def _followed(child: subprocess.Popen[str], order: dict[str, Any], progress: StageCallback | None) -> dict[str, Any]:
    """Give a child its order, pass its progress on, and return the last that it reports."""
    assert child.stdin and child.stdout  # noqa: S101, PT018 - for the type checker
    outcome: dict[str, Any] = {}
    if progress:
        # Who was told to stop before there was a child to end says so here.
        progress("reading", 0, 0)
    with suppress(BrokenPipeError):
        child.stdin.write(json.dumps(order) + "\n")
        child.stdin.flush()
    for line in child.stdout:
        outcome = json.loads(line)
        if progress and "stage" in outcome:
            progress(outcome["stage"], outcome["done"], outcome["total"])
    return outcome


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


def build_file(  # noqa: PLR0913 (from what, into what, and what to tell)
    file: Path,
    path: Path,
    phrases: BoilerplatePhrases,
    analyser: Analyser,
    progress: StageCallback | None,
    *,
    previous: Path | None = None,
) -> None:
    """Build in this process what `BuildProcess.build` does in another; raise EmptyCorpusError and OSError."""
    with ArrayFile(file) as writer:
        writer.finish(
            write_corpus(path, phrases, analyser, writer, progress=progress, folder=file.parent, previous=previous)
        )


def main() -> None:
    """Build what the parent orders."""
    order = json.loads(sys.stdin.readline())
    threading.Thread(target=_wait_for_parent, daemon=True).start()
    yield_to_parent(order["parent"])
    file, phrases = Path(order["file"]), BoilerplatePhrases.from_lists(order["phrases"])
    previous = Path(order["previous"]) if order["previous"] else None
    try:
        build_file(
            file, Path(order["path"]), phrases, Analyser(order["stop_words"]), _report_progress, previous=previous
        )
    except EmptyCorpusError as error:
        _report(empty=[astuple(rejection) for rejection in error.rejections])
    except OSError as error:
        _report(error=str(error))
    else:
        _report(done=True)


def _wait_for_parent() -> None:
    """End this process where its parent is gone, as soon as the interpreter is free."""
    sys.stdin.read()
    os._exit(1)


def _report_progress(stage: str, done: int, total: int) -> None:
    _report(stage=stage, done=done, total=total)


def _report(**outcome: object) -> None:
    sys.stdout.write(json.dumps(outcome) + "\n")
    sys.stdout.flush()
