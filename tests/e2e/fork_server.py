"""Starts programs by forking a process that has imported them and read their word lists: most of what a start takes.

`ForkServer` is the side of the tests; the process is that of tests/e2e/fork_process.py.
"""

import json
import os
import signal
import socket
import subprocess
import threading
from collections.abc import Mapping, Sequence, Set
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from tests.patience import PATIENCE, in_vain
from tests.processes import leashed

ROOT = Path(__file__).resolve().parents[2]
MOST_BYTES = 1 << 17

T = TypeVar("T")


class ForkedProcess:
    """A program that the server has started."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.ended: Future[int] = Future()

    @property
    def returncode(self) -> int | None:
        """The exit code, None for a program that runs."""
        return self.ended.result() if self.ended.done() else None

    def send_signal(self, number: int) -> None:
        """Send a signal, where it runs."""
        if not self.ended.done():
            os.kill(self.pid, number)

    def wait(self, timeout: float = PATIENCE) -> int:
        """Wait for its end, and return the exit code."""
        return _result(self.ended, "the end of a forked program", timeout)


def _result(future: Future[T], what: str, timeout: float = PATIENCE) -> T:
    try:
        return future.result(timeout)
    except TimeoutError as error:
        raise in_vain(what, timeout) from error


class ForkServer:
    """Starts programs, and hears of their end."""

    def __init__(self) -> None:
        self._channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = leashed("-m", "tests.e2e.fork_process", str(theirs.fileno()))
        self._process = subprocess.Popen(  # noqa: S603
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, pass_fds=[theirs.fileno()]
        )
        theirs.close()
        self._running: dict[int, ForkedProcess] = {}
        self._started: Future[ForkedProcess] = Future()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def start(self, module: str, command: str, environment: Mapping[str, str], log: Path) -> ForkedProcess:
        """Start `python -m MODULE COMMAND`, which writes into a log."""
        with Path(os.devnull).open() as nothing, log.open("wb") as stream:
            streams = (nothing.fileno(), stream.fileno(), stream.fileno())
            return self.start_with((module, command), environment, streams)

    def start_with(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        streams: Sequence[int],
        folder: Path = ROOT,
        *,
        in_terminal: bool = False,
    ) -> ForkedProcess:
        """Start `python -m ARGUMENTS` in a folder, with those three streams, the first of which may be its terminal."""
        self._started = Future()
        order = {"argv": [*arguments], "environment": dict(environment), "folder": str(folder), "terminal": in_terminal}
        socket.send_fds(self._channel, [json.dumps(order).encode()], streams)
        return _result(self._started, "a forked program")

    def running(self) -> frozenset[int]:
        """Return the numbers of the programs that run."""
        return frozenset(self._running)

    def end_those_left(self, before: Set[int] = frozenset()) -> list[int]:
        """Kill the programs that still run, but those from before, and return their numbers."""
        left = [process for pid, process in self._running.copy().items() if pid not in before]
        for process in left:
            process.send_signal(signal.SIGKILL)
        for process in left:
            process.wait()
        return [process.pid for process in left]

    def close(self) -> None:
        """End the server, and whatever runs of it; once more does nothing."""
        if self._process.returncode is not None:
            return
        self._channel.shutdown(socket.SHUT_WR)
        self._process.wait(PATIENCE)
        self._listener.join(PATIENCE)
        self._channel.close()

    def _listen(self) -> None:
        while data := self._channel.recv(MOST_BYTES):
            match json.loads(data):
                case {"started": int(pid)}:
                    self._running[pid] = ForkedProcess(pid)
                    self._started.set_result(self._running[pid])
                case {"ended": int(pid), "code": int(code)}:
                    self._running.pop(pid).ended.set_result(code)
