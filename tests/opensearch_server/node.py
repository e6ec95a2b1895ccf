"""A node of a cluster: a process of its own, on two ports that are held for it while it does not run."""

import os
import signal
import socket
import subprocess
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from tests.leash import end_with_parent
from tests.opensearch_server.installation import Installation
from tests.patience import PATIENCE

_LOGGING = """status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{ISO8601} %-5p %c{1.} %m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
"""


class Node:
    """A server on loopback, with a folder for its data."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self._folder = folder
        self._held = [_held_socket(), _held_socket()]
        self.port, self.transport_port = (held.getsockname()[1] for held in self._held)
        self._process: subprocess.Popen[bytes] | None = None
        self._is_frozen = False

    @property
    def pid(self) -> int | None:
        """Its process, None where it was not started or was ended."""
        return self._process.pid if self._process else None

    @property
    def replies(self) -> bool:
        """Whether its process runs and is not frozen."""
        return self._process is not None and self._process.poll() is None and not self._is_frozen

    @property
    def has_failed(self) -> bool:
        """Whether it has ended by itself."""
        return self._process is not None and self._process.poll() is not None

    @property
    def log(self) -> str:
        """What it has said at last."""
        path = self._folder / "log"
        return path.read_text(encoding="utf-8", errors="replace")[-3000:] if path.exists() else ""

    def launch(self, installation: Installation, heap: str, settings: Mapping[str, str]) -> None:
        """Start its process, and wait for nothing."""
        if self._process is not None:
            raise RuntimeError(f"{self.name} runs already")
        place = self._folder / "config"
        place.mkdir(parents=True, exist_ok=True)
        own = {
            "node.name": self.name,
            "path.data": str(self._folder / "data"),
            "path.logs": str(self._folder),
            "network.host": "127.0.0.1",
            "http.port": str(self.port),
            "transport.port": str(self.transport_port),
        }
        lines = [f"{name}: {value}\n" for name, value in {**own, **settings}.items()]
        (place / "opensearch.yml").write_text("".join(lines), encoding="utf-8")
        (place / "log4j2.properties").write_text(_LOGGING, encoding="utf-8")
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603
                installation.command(place, heap),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._folder,
                preexec_fn=partial(end_with_parent, os.getpid()),  # noqa: PLW1509 (it calls the system alone)
            )

    def freeze(self) -> None:
        """Let it stand still: its connections stay, and nothing comes back."""
        pid = self._signal(signal.SIGSTOP)
        os.waitid(os.P_PID, pid, os.WSTOPPED)  # a busy machine lets its threads reply for a while
        self._is_frozen = True

    def thaw(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)
        self._is_frozen = False

    def kill(self) -> None:
        """End it at once, frozen or not, as a fault of its machine would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(PATIENCE)
            self._process, self._is_frozen = None, False

    def close(self) -> None:
        """End it, and give its ports back."""
        self.kill()
        for held in self._held:
            held.close()

    def _signal(self, number: signal.Signals) -> int:
        if self._process is None:
            raise RuntimeError(f"{self.name} does not run")
        self._process.send_signal(number)
        return self._process.pid


def _held_socket() -> socket.socket:
    """Bind a free port without listening: the system gives it to nobody else, and a server that names it may listen."""
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", 0))
    return held
