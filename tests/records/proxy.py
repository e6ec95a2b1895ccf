"""A network between the bot and its database that goes away, falls silent, or cuts a reply off."""

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum, auto

from tests.patience import PATIENCE

_COMMIT = b"COMMIT"
_PIECE = 65_536


class Mode(Enum):
    """What happens to what is sent."""

    PASSING = auto()
    SILENT = auto()
    """Connections are taken, and nothing comes back."""
    CUTTING = auto()
    """Connections are cut as soon as they are made, and those that there are."""
    CUT_AFTER_COMMIT = auto()
    """The server hears a COMMIT and makes it; its reply never comes, and the connection is cut. Then all passes."""
    CUT_BEFORE_COMMIT = auto()
    """The connection is cut before a COMMIT reaches the server. Then all passes."""


class Proxy:
    """Passes connections from a port of its own to another one, in a mode that can change at any time."""

    def __init__(self, port: int) -> None:
        self.mode = Mode.PASSING
        self._target = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._is_closed = False
        self._threads = [threading.Thread(target=self._take, daemon=True)]
        self._threads[0].start()

    def close(self) -> None:
        """Cut everything."""
        self._is_closed = True
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for thread in self._threads:
            thread.join(PATIENCE)

    def _take(self) -> None:
        while not self._is_closed:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._pass, args=(client,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _pass(self, client: socket.socket) -> None:
        with client, suppress(OSError), socket.create_connection(("127.0.0.1", self._target)) as server:
            while not self._is_closed and self.mode is not Mode.CUTTING:
                ready, _, _ = select.select([client, server], [], [], 0.02)
                if self.mode is Mode.SILENT:
                    continue
                for source in ready:
                    if not (piece := source.recv(_PIECE)):
                        return
                    if source is client and _COMMIT in piece and self._breaks_off(piece, server):
                        return
                    (server if source is client else client).sendall(piece)

    def _breaks_off(self, piece: bytes, server: socket.socket) -> bool:
        if self.mode is Mode.CUT_AFTER_COMMIT:
            server.sendall(piece)
            server.recv(_PIECE)  # the server has made it
        elif self.mode is not Mode.CUT_BEFORE_COMMIT:
            return False
        self.mode = Mode.PASSING
        return True


@contextmanager
def proxy_to(port: int) -> Iterator[Proxy]:
    """Run a proxy to a port of this machine."""
    proxy = Proxy(port)
    try:
        yield proxy
    finally:
        proxy.close()
