"""Child processes: how they start without secrets and end with their parent, and one that works on strangers' texts."""

import asyncio
import ctypes
import json
import math
import os
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from bot.workers.threads import Worker

# Languages and encodings of names, where temporary files go, how Python and numpy are set up, and what Windows needs.
_INHERITED = {
    *("LANG", "LANGUAGE", "TZ", "TMPDIR", "TEMP", "TMP", "PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"),
    *("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "PYTHONHOME", "PYTHONUTF8", "PYTHONIOENCODING"),
    *("PYTHONWARNINGS", "PYTHONVERBOSE", "PYTHONDEVMODE", "PYTHONHASHSEED", "PYTHONFAULTHANDLER"),
    *("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"),
}
# The C library keeps large blocks that are free, and ever larger ones, unless it is given a bound.
_MEMORY = {"MALLOC_MMAP_THRESHOLD_": "131072", "MALLOC_TRIM_THRESHOLD_": "131072", "MALLOC_ARENA_MAX": "1"}
# A thread for each core would take the memory that a child may have, and compute nothing.
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
_START = f"from {__name__} import main; main()"
_FOLDER = Path(__file__).resolve().parents[2]
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux's prctl
# Answers come first.
_NICENESS = 10
_MOST_ANSWER = 64 * 1024 * 1024  # bytes; twice a feed of sixteen megabytes
_MOST_MEMORY = 768 * 1024 * 1024  # bytes of its own; the largest feeds and sitemaps take a third
_LAST_WORDS = 2000  # characters


def child_environment() -> dict[str, str]:
    """Return the variables that a child needs: it reads what strangers wrote, and gets no token."""
    kept = {name: value for name, value in os.environ.items() if name in _INHERITED or name.startswith("LC_")}
    return {**kept, "PYTHONPATH": str(_FOLDER), **_MEMORY}


def child_command(start: str) -> list[str]:
    """Return the command of a child that runs a line of Python."""
    # Without -P the working directory stands before everything else on the path.
    return [sys.executable, "-P", "-c", start]


def yield_to_parent(parent: int) -> None:
    """Let answers come before this process, and end it at once where its parent is gone, on Linux.

    Where memory is short, this process ends rather than the one that answers.
    """
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != parent:  # it was gone before that
            os._exit(1)


@contextmanager
def killed_after(child: "subprocess.Popen[Any]", seconds: float) -> Iterator[threading.Event]:
    """Kill a child that is not done with the body after so many seconds; yield whether that was so."""
    is_late = threading.Event()

    def end() -> None:
        is_late.set()
        child.kill()

    clock = threading.Timer(seconds, end)
    clock.daemon = True
    clock.start()
    try:
        yield is_late
    finally:
        clock.cancel()


def function_named(name: str) -> Callable[..., dict[str, Any]]:
    """Return the function of a name, `module:function`."""
    module, _, function = name.partition(":")
    found: Callable[..., dict[str, Any]] = getattr(import_module(module), function)
    return found


class ChildError(Exception):
    """A call ended its child: it took more time or memory than it was given, or a library crashed."""


class ChildBusyError(ChildError):
    """A call was not begun, since those before it took all the time that it could wait."""


class CallError(ChildError):
    """A function failed in a way that nobody foresaw; the message is the traceback of the child."""


class ChildProcess:
    """Calls functions on strangers' bytes in one child, which starts with the first call and ends with the last user.

    A function is named `module:function`, takes a record that JSON can hold and bytes, and returns such a record. One
    that takes too long, or too much memory, ends with the child; the next call starts another. Calls wait for each
    other, and `stop` ends the one under way.
    """

    def __init__(self) -> None:
        # A child dies with the thread that started it, so one thread starts it and talks to it.
        self._worker = Worker()
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._users = 0
        self._served: object = None

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Keep the child from one call to the next, until nobody uses it."""
        with self._lock:
            self._users += 1
        try:
            yield
        finally:
            with self._lock:
                self._users -= 1
                if not self._users:
                    self._end()

    async def call(
        self, function: str, record: dict[str, Any], data: bytes, seconds: float, *, wait: float = math.inf
    ) -> dict[str, Any]:
        """Return what a function returns within so many seconds, and others before it within `wait`; raise ChildError.

        A caller that is cancelled ends the child that works for it.
        """
        caller, end = object(), time.monotonic() + wait
        try:
            with self.in_use():
                return await self._worker.run(self._call, caller, {**record, "function": function}, data, seconds, end)
        except asyncio.CancelledError:
            with self._lock:
                if self._served is caller:
                    self._end()
            raise

    def _call(self, caller: object, record: dict[str, Any], data: bytes, seconds: float, end: float) -> dict[str, Any]:
        """Send a call, and wait for its answer."""
        seconds = min(seconds, end - time.monotonic())
        if seconds <= 0:
            raise ChildBusyError("others took its time")
        with self._lock:
            child = self._child if self._child and self._child.poll() is None else None
            if child is None:
                self._end()
                child = self._child = _start()
            self._served = caller
        answer = b""
        try:
            with killed_after(child, seconds), suppress(OSError, ValueError):  # closed by who ends it
                assert child.stdin and child.stdout  # noqa: S101, PT018 - for the type checker
                child.stdin.write(_line({**record, "bytes": len(data)}))
                child.stdin.write(data)
                child.stdin.flush()
                answer = child.stdout.readline(_MOST_ANSWER)
        finally:
            with self._lock:
                self._served = None
                if not answer.endswith(b"\n") and self._child is child:
                    self._end()
        if not answer.endswith(b"\n"):
            raise ChildError(f"exit code {child.wait()}")
        found: dict[str, Any] = json.loads(answer.decode("utf-8", "surrogatepass"))
        if "failed" in found:
            raise CallError(str(found["failed"]))
        return found

    def _end(self) -> None:
        """End the child, if there is one."""
        if (child := self._child) is not None:
            self._child = None
            child.kill()
            # What it still had to read is for nobody.
            for stream in (child.stdin, child.stdout):
                with suppress(OSError):
                    if stream is not None:
                        stream.close()
            child.wait()


def _start() -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 - the command is our own
        [*child_command(_START), str(os.getpid())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**child_environment(), **_ONE_THREAD},
    )


def _line(record: dict[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"


def main() -> None:
    """Answer the calls of the parent, until there is none."""
    yield_to_parent(int(sys.argv[1]))
    # This process ends where it takes more memory than any document needs.
    with suppress(ImportError, OSError, ValueError):
        resource = import_module("resource")
        resource.setrlimit(resource.RLIMIT_DATA, (_MOST_MEMORY, _MOST_MEMORY))
    # What a library prints is no answer.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    calls = sys.stdin.buffer
    while line := calls.readline():
        answers.write(_line(_answer(json.loads(line.decode("utf-8", "surrogatepass")), calls)))
        answers.flush()


def _answer(record: dict[str, Any], calls: BinaryIO) -> dict[str, Any]:
    try:
        return function_named(record["function"])(record, calls.read(record["bytes"]))
    except Exception:  # noqa: BLE001 (the parent hears of it, and the next call may go well)
        return {"failed": traceback.format_exc()[-_LAST_WORDS:]}
