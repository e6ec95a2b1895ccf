"""A web server on this machine that does what a test tells it to."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HTML = "text/html; charset=utf-8"
Answer = Callable[[BaseHTTPRequestHandler], object]


class PageServer(ThreadingHTTPServer):
    """Answers by path; what it was asked for is in `asked`, with the headers."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.stopping = threading.Event()

    def link(self, path: str = "/") -> str:
        """Return the link to a path."""
        return f"http://127.0.0.1:{self.server_port}{path}"

    def serve(self, path: str, body: bytes, kind: str = HTML, status: int = 200, **headers: str) -> str:
        """Answer a path with a page, and return the link to it."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(body))}.items():
                if value:
                    handler.send_header(name, value)
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.end_headers()
            handler.wfile.write(body)

        self.answers[path] = answer
        return self.link(path)

    def redirect(self, path: str, target: str, status: int = 302) -> str:
        """Send whoever asks for a path to another link, and return the link to the path."""
        return self.serve(path, b"", status=status, Location=target)


class _Handler(BaseHTTPRequestHandler):
    server: PageServer

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers.items())))
        # Whoever has seen enough goes.
        with suppress(ConnectionError):
            self.server.answers.get(self.path, _nothing)(self)

    def log_message(self, *_: Any) -> None:
        """Keep the output of the tests free of requests."""


def _nothing(handler: BaseHTTPRequestHandler) -> None:
    handler.send_error(404)


@contextmanager
def page_server() -> Iterator[PageServer]:
    """Run a server while a test needs it."""
    with PageServer() as server, running(server):
        try:
            yield server
        finally:
            server.stopping.set()


@contextmanager
def running(server: ThreadingHTTPServer) -> Iterator[None]:
    """Let a server answer from other threads."""
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
