"""A terminal to run the program in, with a person's hands on its keyboard."""

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

from tests.console.command_line import ROOT
from tests.e2e.fork_server import ForkedProcess, ForkServer
from tests.patience import PATIENCE, in_vain

CTRL_C, CTRL_D = "\x03", "\x04"
# After so many seconds without a sign a person presses a key again.
_A_WHILE = 1.0
UP, DOWN, LEFT = "\x1b[A", "\x1b[B", "\x1b[D"


class PseudoTerminal:
    """The program in a terminal, with its output there too or, in a pipe, nowhere.

    It is forked where there is a fork server, unless it is to be a process of its own from the beginning.
    """

    fork_server: ClassVar[ForkServer | None] = None

    def __init__(
        self,
        *arguments: str,
        pipe_out: bool = False,
        columns: int = 500,
        is_fresh: bool = False,
        **environment: str,
    ) -> None:
        self._keyboard, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        given = os.environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color"} | environment
        with Path(os.devnull).open("w") as nowhere:
            self._process: ForkedProcess | subprocess.Popen[bytes]
            streams = (terminal, nowhere.fileno() if pipe_out else terminal, terminal)
            if self.fork_server and not is_fresh:
                command = ("bot", *arguments)
                self._process = self.fork_server.start_with(command, given, streams, Path.cwd(), in_terminal=True)
            else:
                self._process = _started(arguments, given, streams)
        os.close(terminal)
        self._screen = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._is_running:
            self._process.send_signal(signal.SIGKILL)
        self._process.wait(PATIENCE)
        os.close(self._keyboard)

    @property
    def screen(self) -> str:
        """What has been written on the screen so far."""
        return self._screen.decode(errors="replace").replace("\r\n", "\n")

    def wait_for(self, text: str, times: int = 1, pressing: str = "") -> str:
        """Wait until a text stands on the screen so many times, and return the screen.

        Keys are pressed whenever nothing happens for a while.
        """
        ends = time.monotonic() + PATIENCE
        while self.screen.count(text) < times:
            left = ends - time.monotonic()
            if not self._read(min(left, _A_WHILE) if pressing else left):
                gives_up = not pressing or left < _A_WHILE or not self._is_running
                assert not gives_up, f"{text!r} is not on the screen: {self.screen}"
                self.type(pressing)
        return self.screen

    def type(self, keys: str | bytes) -> None:
        """Press keys."""
        os.write(self._keyboard, keys if isinstance(keys, bytes) else keys.encode())

    def ends(self, pressing: str = "") -> int:
        """Wait for the program to end, pressing keys whenever nothing happens for a while; return its exit code."""
        ends = time.monotonic() + PATIENCE
        while self._is_running:
            if time.monotonic() > ends:
                raise in_vain("the end of the program")
            if not self._read(_A_WHILE) and pressing:
                self.type(pressing)
        while self._read(0):
            pass
        return self._process.wait(PATIENCE)

    @property
    def _is_running(self) -> bool:
        process = self._process
        return (process.returncode if isinstance(process, ForkedProcess) else process.poll()) is None

    def _read(self, seconds: float) -> bool:
        if not select.select([self._keyboard], [], [], max(0.0, seconds))[0]:
            return False
        data = b""
        # Linux reports the end of a terminal's last program as an error.
        with contextlib.suppress(OSError):
            data = os.read(self._keyboard, 65536)
        self._screen += data
        return bool(data)


def _started(
    arguments: Sequence[str], environment: Mapping[str, str], streams: Sequence[int]
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "bot", *arguments],
        stdin=streams[0],
        stdout=streams[1],
        stderr=streams[2],
        env=environment,
        start_new_session=True,
        # Ctrl-C reaches a process only through the terminal that controls it.
        preexec_fn=_take_terminal,  # noqa: PLW1509 (nothing here runs in threads)
    )


def _take_terminal() -> None:
    # Tests that run in the background of a shell ignore Ctrl-C, and would pass that on.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
