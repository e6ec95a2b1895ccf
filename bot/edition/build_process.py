"""Builds or tests an edition in a process of its own, which gives its memory back and leaves the answers alone.

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
from bot.articles import NO_REMOVALS, BoilerplatePhrases, Removals, read_rejections
from bot.edition.build import StageCallback, write_corpus
from bot.edition.edition_errors import BuildError, BuildTimeoutError, EmptyCorpusError
from bot.storage import ArrayFile
from bot.workers.child_process import child_command, child_environment, function_named, killed_after, yield_to_parent

MOST_SECONDS = 1800.0
"""Three times what a million passages take."""
_LAST_WORDS = 2000  # bytes
# The arrays of a chunk of passages stay below: the system takes a quarter of a build to give and take back each alone.
_MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(4 << 20), "MALLOC_TRIM_THRESHOLD_": str(8 << 20)}
_START = f"from {__name__} import main; main()"


class BuildProcess:
    """Works on editions in processes of their own, one at a time, and ends one that takes too long."""

    def __init__(self, seconds: float = MOST_SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[str] | None = None

    def build(  # noqa: PLR0913 (from what, into what, and what to report)
        self,
        file: Path,
        path: Path,
        phrases: BoilerplatePhrases,
        analyser: Analyser,
        progress: StageCallback | None,
        *,
        previous: Path | None = None,
        removals: Removals = NO_REMOVALS,
    ) -> None:
        """Build the edition of a corpus into a file, upon the edition in another one where that helps.

        Raise EmptyCorpusError, OSError where the file cannot be written, BuildTimeoutError, and BuildError where the
        child fails otherwise. What `progress` raises ends the child.
        """
        order = {
            "file": str(file),
            "path": str(path.absolute()),
            "previous": str(previous) if previous else None,
            "phrases": asdict(phrases),
            "stop_words": sorted(analyser.stop_words),
            "removals": removals.to_record(),
        }
        outcome = self.run(f"{__name__}:carry_out", order, progress, folder=file.parent, stage="reading")
        if "empty" in outcome:
            raise EmptyCorpusError(path, read_rejections(outcome["empty"]))
        if "error" in outcome:
            raise OSError(outcome["error"])

    def run(  # noqa: PLR0913 (what, on what, and what to report)
        self,
        work: str,
        order: dict[str, Any],
        progress: StageCallback | None,
        *,
        folder: Path,
        stage: str,
        seconds: float | None = None,
    ) -> dict[str, Any]:
        """Return what a function, `module:function`, makes of an order in a child; `stage` is its first.

        Raise BuildTimeoutError, BuildError where the child ends otherwise without that, OSError where it has no
        `folder` to write its words to, and what `progress` raises, which ends the child.
        """
        # A pipe that nobody empties while there is progress to read would hold up a child that has much to say.
        with tempfile.TemporaryFile(dir=folder) as errors:
            with self._started(errors, seconds or self._seconds) as child:
                if progress:
                    # A build that was stopped before there was a child to end raises here.
                    progress(stage, 0, 0)
                outcome = _followed(child, {**order, "work": work, "parent": os.getpid()}, progress)
            errors.seek(max(0, errors.seek(0, os.SEEK_END) - _LAST_WORDS))
            words = errors.read().decode("utf-8", "replace").strip()
        if not outcome or "stage" in outcome:
            raise BuildError(words or f"exit code {child.returncode}")
        return outcome

    def stop(self) -> None:
        """End the child, wherever it is in its work; where none runs, do nothing."""
        if (process := self._process) is not None:
            process.kill()

    @contextmanager
    def _started(self, errors: IO[bytes], seconds: float) -> Iterator[subprocess.Popen[str]]:
        """Start a child, which does not outlive the body, be that left by an exception, a signal or the clock."""
        with subprocess.Popen(  # noqa: S603 - the command is our own
            child_command(_START),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            encoding="utf-8",
            env=child_environment() | _MEMORY,
        ) as child:
            try:
                self._process = child
                with killed_after(child, seconds) as is_late:
                    yield child
            except BaseException:
                child.kill()
                # Behind Ctrl-C, Popen waits for a quarter of a second only, and what the child was writing would stay.
                child.wait()
                raise
            finally:
                self._process = None
        if is_late.is_set():
            raise BuildTimeoutError(round(seconds))


def _followed(child: subprocess.Popen[str], order: dict[str, Any], progress: StageCallback | None) -> dict[str, Any]:
    """Give a child its order, pass its progress on, and return the last that it reports."""
    assert child.stdin and child.stdout  # noqa: S101, PT018 - for the type checker
    outcome: dict[str, Any] = {}
    with suppress(BrokenPipeError):
        child.stdin.write(json.dumps(order) + "\n")
        child.stdin.flush()
    for line in child.stdout:
        outcome = json.loads(line)
        if progress and "stage" in outcome:
            progress(outcome["stage"], outcome["done"], outcome["total"])
    return outcome


def main() -> None:
    """Do what the parent orders."""
    order = json.loads(sys.stdin.readline())

    def end_with_parent() -> None:
        # As soon as the interpreter is free.
        sys.stdin.read()
        os._exit(1)

    threading.Thread(target=end_with_parent, daemon=True).start()
    yield_to_parent(order["parent"])
    _report(**function_named(order["work"])(order, _report_progress))


def carry_out(order: dict[str, Any], progress: StageCallback | None) -> dict[str, Any]:
    """Build what the parent orders, and say how that went."""
    file, phrases = Path(order["file"]), BoilerplatePhrases.from_lists(order["phrases"])
    previous, analyser = Path(order["previous"]) if order["previous"] else None, Analyser(order["stop_words"])
    removals = Removals.from_record(order["removals"])
    try:
        with ArrayFile(file) as writer:
            facts = write_corpus(
                *(Path(order["path"]), phrases, analyser, writer),
                progress=progress,
                folder=file.parent,
                previous=previous,
                removals=removals,
            )
            writer.finish(facts)
    except EmptyCorpusError as error:
        return {"empty": [astuple(rejection) for rejection in error.rejections]}
    except OSError as error:
        return {"error": str(error)}
    return {"done": True}


def _report_progress(stage: str, done: int, total: int) -> None:
    _report(stage=stage, done=done, total=total)


def _report(**outcome: object) -> None:
    sys.stdout.write(json.dumps(outcome) + "\n")
    sys.stdout.flush()
