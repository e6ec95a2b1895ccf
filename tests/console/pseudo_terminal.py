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
from types import TracebackType
from typing import Self

from tests.console.command_line import ROOT
from tests.patience import PATIENCE

CTRL_C, CTRL_D = "\x03", "\x04"
UP, DOWN, LEFT = "\x1b[A", "\x1b[B", "\x1b[D"


class PseudoTerminal:
    """The program in a terminal, with its output there too or, in a pipe, nowhere."""

    def __init__(self, *arguments: str, pipe_out: bool = False, columns: int = 500, **environment: str) -> None:
        self._keyboard, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "bot", *arguments],
            stdin=terminal,
            stdout=subprocess.DEVNULL if pipe_out else terminal,
            stderr=terminal,
            env=os.environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color"} | environment,
            start_new_session=True,
            # Ctrl-C reaches a process only through the terminal that controls it.
            preexec_fn=_take_terminal,  # noqa: PLW1509 (nothing here runs in threads)
        )
        os.close(terminal)
        self._screen = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        os.close(self._keyboard)

    @property
    def screen(self) -> str:
        """What has been written on the screen so far."""
        return self._screen.decode(errors="replace").replace("\r\n", "\n")

    def wait_for(self, text: str, times: int = 1) -> str:
        """Wait until a text stands on the screen so many times, and return the screen."""
        ends = time.monotonic() + PATIENCE
        while self.screen.count(text) < times:
            assert self._read(ends - time.monotonic()), f"{text!r} is not on the screen: {self.screen}"
        return self.screen

    def type(self, keys: str | bytes) -> None:
        """Press keys."""
        os.write(self._keyboard, keys if isinstance(keys, bytes) else keys.encode())

    def ends(self, pressing: str = "") -> int:
        """Wait for the program to end, pressing keys whenever nothing happens for a while; return its exit code."""
        ends = time.monotonic() + PATIENCE
        while self._process.poll() is None and time.monotonic() < ends:
            if not self._read(1.0) and pressing:
                self.type(pressing)
        while self._read(0):
            pass
        return self._process.wait(PATIENCE)

    def _read(self, seconds: float) -> bool:
        if not select.select([self._keyboard], [], [], max(0.0, seconds))[0]:
            return False
        data = b""
        # Linux reports the end of a terminal's last program as an error.
        with contextlib.suppress(OSError):
            data = os.read(self._keyboard, 65536)
        self._screen += data
        return bool(data)


def _take_terminal() -> None:
    # Tests that run in the background of a shell ignore Ctrl-C, and would pass that on.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
