"""A web server on loopback that says, byte for byte, what a test wants it to."""

import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.articles.page_server import running

HOST = "127.0.0.1"
_TLS = b"\x16"
_APART = 0.02

Answer = Callable[[BaseHTTPRequestHandler], object]


@dataclass(frozen=True)
class Seen:
    """A request that arrived."""

    target: str
    headers: dict[str, str]


class WebServer(ThreadingHTTPServer):
    """Answers of which each request takes the next; the last one stays."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__((HOST, 0), _Handler)
        self.answers: list[Answer] = []
        self.seen: list[Seen] = []
        self.port = self.server_port

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}/news/corpus.tar.gz"


class _Handler(BaseHTTPRequestHandler):
    server: WebServer

    def handle(self) -> None:
        with suppress(ConnectionError):
            if self.connection.recv(1, socket.MSG_PEEK) == _TLS:
                self.wfile.write(head(400))
            else:
                super().handle()

    def do_GET(self) -> None:
        self.server.seen.append(Seen(self.path, dict(self.headers.items())))
        answers = self.server.answers
        (answers.pop(0) if len(answers) > 1 else answers[0])(self)

    def log_message(self, *_: Any) -> None:
        """Keep the output of the tests free of requests."""


@contextmanager
def web_server() -> Iterator[WebServer]:
    """Serve from other threads, as whoever fetches blocks its own."""
    with WebServer() as server, running(server):
        yield server


def head(status: int, **headers: str | int) -> bytes:
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join([*lines, "", ""])).encode()


def reply(status: int, body: bytes = b"", **headers: str | int) -> Answer:
    """Answer as a good server does; `Content_Length` may be said otherwise."""
    return raw(head(status, **({"Content_Length": len(body)} | headers)) + body)


def raw(*pieces: bytes) -> Answer:
    """Answer with these bytes and close."""
    return lambda handler: handler.wfile.write(b"".join(pieces))


def chunked(*pieces: bytes, end: bytes = b"0\r\n\r\n") -> Answer:
    """Answer without a length, in chunks."""
    chunks = [f"{len(piece):x}\r\n".encode() + piece + b"\r\n" for piece in pieces]
    return raw(head(200, Transfer_Encoding="chunked"), *chunks, end)


def silent(*pieces: bytes) -> Answer:
    """Say nothing more, after pieces that arrive apart, until whoever asked has gone."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        for piece in pieces:
            handler.wfile.write(piece)
            time.sleep(_APART)
        handler.rfile.read()

    return answer


def endless(piece: bytes, *, pause: float = 0.0, **headers: str | int) -> Answer:
    """Go on for as long as somebody listens."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(head(200, **headers))
        while True:
            handler.wfile.write(piece)
            time.sleep(pause)

    return answer


def cut(handler: BaseHTTPRequestHandler) -> None:
    """Break the connection off."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
