"""A small HTTP server that passes requests on to a node, or plays one by itself, but for the faults it is told of."""

import http.client
import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from tests.patience import PATIENCE

JSON = "application/json; charset=UTF-8"


@dataclass(frozen=True)
class Reply:
    """What is sent back: a status, JSON or other bytes."""

    status: int
    body: bytes
    kind: str = JSON


@dataclass(frozen=True)
class Request:
    """What was asked, and how to have it done."""

    method: str
    path: str
    body: bytes
    do: Callable[[], Reply | None]
    """Pass it on; None where the node cuts the connection."""
    released: threading.Event

    @property
    def line(self) -> str:
        """Return what patterns are searched in."""
        return f"{self.method} {self.path}"


# What to reply, None to cut the connection.
Fault = Callable[[Request], Reply | None]


@dataclass
class _Rule:
    fault: Fault
    pattern: re.Pattern[str]
    times: int | None

    def takes(self, line: str) -> bool:
        """Tell whether this request is one that it spoils, and count it."""
        if self.times == 0 or not self.pattern.search(line):
            return False
        self.times = None if self.times is None else self.times - 1
        return True


class Stub(ThreadingHTTPServer):
    """Listens on loopback; `asked` has what came, such as `POST /words/_search?size=1`."""

    daemon_threads = False  # `server_close` waits for them

    def __init__(self, node: str | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.asked: list[str] = []
        self.released = threading.Event()
        self.open: set[socket.socket] = set()
        self.node = None if node is None else urlsplit(node).netloc
        self._rules: list[_Rule] = []
        self._lock = threading.Lock()

    def tell(self, fault: Fault, pattern: str = "", *, times: int | None = None) -> None:
        """Spoil requests in whose line a regular expression is found, so many times or always.

        What it was told last comes first.
        """
        with self._lock:
            self._rules.insert(0, _Rule(fault, re.compile(pattern), times))

    def heal(self) -> None:
        """Forget all faults, and let go what hangs: such connections are cut."""
        with self._lock:
            self._rules.clear()
            self.released.set()
            self.released = threading.Event()

    def reply_to(self, request: Request) -> Reply | None:
        """Return what is to be sent, None where the connection is to be cut."""
        with self._lock:
            self.asked.append(request.line)
            rule = next((rule for rule in self._rules if rule.takes(request.line)), None)
        return rule.fault(request) if rule else request.do()

    def process_request(self, request: Any, client_address: Any) -> None:
        self.open.add(request)
        super().process_request(request, client_address)

    def close(self) -> None:
        """Cut all connections, and listen no more."""
        self.heal()
        self.shutdown()
        self.socket.close()
        for connection in list(self.open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: Stub
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def setup(self) -> None:
        super().setup()
        self._upstream = http.client.HTTPConnection(self.server.node, timeout=PATIENCE) if self.server.node else None

    def finish(self) -> None:
        self.server.open.discard(self.connection)
        if self._upstream:
            if self._upstream.sock:
                self.server.open.discard(self._upstream.sock)
            self._upstream.close()
        with suppress(OSError):
            super().finish()

    def handle(self) -> None:
        with suppress(ConnectionError):  # whoever has waited enough goes
            super().handle()

    def do_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))

        def do() -> Reply | None:
            return self._passed_on(body) if self._upstream else _played(self.path)

        reply = self.server.reply_to(Request(self.command, self.path, body, do, self.server.released))
        if reply is None:
            self.close_connection = True
            return
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.kind)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_any  # noqa: N815 (so the class of Python's finds them)

    def _passed_on(self, body: bytes) -> Reply | None:
        assert self._upstream
        # Without compression, so that faults can change what comes back.
        sent = {"Content-Type": self.headers.get("Content-Type", JSON)}
        try:
            if not self._upstream.sock:
                self._upstream.connect()
            self.server.open.add(self._upstream.sock)
            self._upstream.request(self.command, self.path, body, sent)
            response = self._upstream.getresponse()
            return Reply(response.status, response.read(), response.headers.get("Content-Type", JSON))
        except (OSError, http.client.HTTPException):
            self._upstream.close()
            return None

    def log_message(self, *_: Any) -> None:
        """Keep the output of the tests free of requests."""


def _played(path: str) -> Reply:
    """Play a node without indices."""
    place = urlsplit(path).path
    if place == "/":
        version = {"distribution": "opensearch", "number": "2.19.6"}
        return Reply(200, json.dumps({"name": "stub", "cluster_name": "stub", "version": version}).encode())
    if place.startswith("/_cluster/health"):
        return Reply(200, b'{"status": "green", "timed_out": false, "number_of_nodes": 1}')
    reason = {"type": "index_not_found_exception", "reason": "no such index", "index": place.split("/")[1]}
    return Reply(404, json.dumps({"error": {**reason, "root_cause": [reason]}, "status": 404}).encode())


@contextmanager
def opensearch_stub(node: str | None = None) -> Iterator[Stub]:
    """Run a stub in front of the node with this address, or by itself."""
    stub = Stub(node)
    thread = threading.Thread(target=stub.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield stub
    finally:
        stub.close()
        thread.join()
