"""Starts programs by forking a process that has imported them and read their word lists: most of what a start takes.

`ForkServer` is the side of the tests; `python -m tests.e2e.fork_server DESCRIPTOR` is the process, which takes orders
and tells of each program's start and end.
"""

import functools
import json
import os
import runpy
import selectors
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Set
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from tests.leash import end_with_parent
from tests.patience import PATIENCE
from tests.processes import leashed

ROOT = Path(__file__).resolve().parents[2]
_MOST_BYTES = 1 << 17


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


class ForkServer:
    """Starts programs, and hears of their end."""

    def __init__(self) -> None:
        self._channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = leashed("-m", "tests.e2e.fork_server", str(theirs.fileno()))
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
        self._started = Future()
        order = {"argv": [module, command], "environment": dict(environment), "log": str(log)}
        self._channel.send(json.dumps(order).encode())
        return self._started.result(PATIENCE)

    def running(self) -> frozenset[int]:
        """Return the numbers of the programs that run."""
        return frozenset(self._running)

    def end_those_left(self, before: Set[int] = frozenset()) -> list[int]:
        """Kill the programs that still run, but those from before, and return their numbers."""
        left = [process for pid, process in self._running.copy().items() if pid not in before]
        for process in left:
            process.send_signal(signal.SIGKILL)
        for process in left:
            process.ended.result(PATIENCE)
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
        while data := self._channel.recv(_MOST_BYTES):
            match json.loads(data):
                case {"started": int(pid)}:
                    self._running[pid] = ForkedProcess(pid)
                    self._started.set_result(self._running[pid])
                case {"ended": int(pid), "code": int(code)}:
                    self._running.pop(pid).ended.set_result(code)


def _serve(channel: socket.socket) -> dict[str, Any] | None:
    """Fork for each order; return the order in the process that is to carry it out, None in the server at its end."""
    woken, waking = socket.socketpair()
    waking.setblocking(False)
    signal.set_wakeup_fd(waking.fileno())
    signal.signal(signal.SIGCHLD, lambda *_: None)
    with selectors.DefaultSelector() as selector, woken, waking:
        selector.register(channel, selectors.EVENT_READ)
        selector.register(woken, selectors.EVENT_READ)
        while True:
            ready = [key.fileobj for key, _ in selector.select()]
            if woken in ready:
                woken.recv(_MOST_BYTES)
                _tell_of_ends(channel)
            if channel in ready:
                data = channel.recv(_MOST_BYTES)
                if not data:
                    return None
                if not (pid := os.fork()):
                    signal.set_wakeup_fd(-1)
                    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                    order: dict[str, Any] = json.loads(data)
                    return order
                _tell(channel, started=pid)


def _tell_of_ends(channel: socket.socket) -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        _tell(channel, ended=pid, code=os.waitstatus_to_exitcode(status))


def _tell(channel: socket.socket, **facts: int) -> None:
    channel.send(json.dumps(facts).encode())


def _carry_out(order: Mapping[str, Any]) -> None:
    """Be the program, with nothing of this process's environment and output."""
    os.environ.clear()
    os.environ.update(order["environment"])
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for descriptor in (1, 2):
        os.dup2(log, descriptor)
    os.close(log)
    module, *arguments = order["argv"]
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def main() -> None:
    """Import what programs need, read the lists that all of them read, serve, and be each of the programs."""
    import alembic.command  # noqa: F401, PLC0415 (each program makes its own tables)

    import bot.chat.service  # noqa: F401, PLC0415 (the tests themselves do without)
    from bot import composition  # noqa: PLC0415
    from bot.answering import Risk  # noqa: PLC0415
    from bot.settings import CONFIG, read_config  # noqa: PLC0415

    read_once = functools.cache(read_config)
    read_once(CONFIG, Risk.NORMAL)
    vars(composition).update(read_config=read_once)
    channel, server = socket.socket(fileno=int(sys.argv[1])), os.getpid()
    with channel:
        order = _serve(channel)
    if order is not None:
        end_with_parent(server)
        _carry_out(order)


if __name__ == "__main__":
    main()
