"""A web server on loopback that says, byte for byte, what a test wants it to."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus

HOST = "127.0.0.1"
_TLS = b"\x16"
_APART = 0.02

Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True)
class Seen:
    """A request that arrived."""

    target: str
    headers: dict[str, str]


@dataclass
class WebServer:
    """Answers of which each request takes the next; the last one stays."""

    answers: list[Answer] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}/news/corpus.tar.gz"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, UnicodeDecodeError, ValueError):
                await self._answer(reader, writer)
                await writer.drain()
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        start = await reader.readexactly(1)
        if start == _TLS:
            writer.write(head(400))
            return
        first, *lines = (start + await reader.readuntil(b"\r\n\r\n")).decode("ascii").split("\r\n")
        self.seen.append(Seen(first.split(" ")[1], dict(line.split(": ", 1) for line in lines if line)))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        await answer(reader, writer)


@contextmanager
def web_server() -> Iterator[WebServer]:
    """Serve from another thread, as whoever fetches blocks its own."""
    server, opened, loop = WebServer(), threading.Event(), asyncio.new_event_loop()
    stop = asyncio.Event()

    async def run() -> None:
        listener = await asyncio.start_server(server.serve, HOST, 0)
        server.port = listener.sockets[0].getsockname()[1]
        opened.set()
        await stop.wait()
        listener.close()
        pending = asyncio.all_tasks() - {asyncio.current_task()}
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
        for _ in range(3):  # connections end in the rounds after
            await asyncio.sleep(0)

    def work() -> None:
        loop.run_until_complete(run())
        loop.close()

    thread = threading.Thread(target=work)
    thread.start()
    opened.wait()
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()


def head(status: int, **headers: str | int) -> bytes:
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join([*lines, "", ""])).encode()


def reply(status: int, body: bytes = b"", **headers: str | int) -> Answer:
    """Answer as a good server does; `Content_Length` may be said otherwise."""

    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(head(status, **({"Content_Length": len(body)} | headers)) + body)

    return answer


def raw(*pieces: bytes) -> Answer:
    """Answer with these bytes and close."""

    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()

    return answer


def chunked(*pieces: bytes, end: bytes = b"0\r\n\r\n") -> Answer:
    """Answer without a length, in chunks."""
    chunks = [f"{len(piece):x}\r\n".encode() + piece + b"\r\n" for piece in pieces]
    return raw(head(200, Transfer_Encoding="chunked"), *chunks, end)


def silent(*pieces: bytes) -> Answer:
    """Say nothing more, after pieces that arrive apart, until whoever asked has gone."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(_APART)
        await reader.read()

    return answer


def endless(piece: bytes, *, pause: float = 0.0, **headers: str | int) -> Answer:
    """Go on for as long as somebody listens."""

    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(head(200, **headers))
        while not writer.is_closing():
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)

    return answer


async def cut(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Break the connection off."""
    writer.transport.abort()
