"""Web servers that misbehave."""

import random
import shutil
import socket
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar
from unittest import mock

from bot.articles.sources import SourceError
from bot.articles.sources.archive_download import ArchiveRequest
from bot.articles.sources.limits import FetchLimits
from bot.articles.sources.snapshots import Snapshots
from bot.articles.sources.web_archive import WebArchiveSource
from tests.articles.sources.archives import ARTICLES, corrupted, names, tar_gz, zipped
from tests.articles.sources.web_server import HOST, Answer, raw, reply, silent, web_server
from tests.attacks.attack import Attack

LIMITS = FetchLimits(
    download_bytes=100_000, unpacked_bytes=1_000_000, files=100, seconds=5, silence=0.1, tries=2, pause=0.001
)

_GOOD = tar_gz(ARTICLES)
_BODIES = (
    *(_GOOD, _GOOD, _GOOD, zipped(ARTICLES), _GOOD[:-9], corrupted(_GOOD), b"", b"<!doctype html>", b"x" * 200_000),
    *(b"\0" * 2000, _GOOD + _GOOD, b"PK\x05\x06" + bytes(18)),
)
_STATUS = (200, 200, 200, 301, 302, 303, 307, 308, 304, 204, 206, 401, 403, 404, 408, 410, 416, 429, 500, 503, 599, 999)
_FIRST_LINES = (
    *(b"HTTP/1.1 %d OK\r\n", b"HTTP/1.1 %d OK\r\n", b"HTTP/1.0 %d OK\r\n", b"HTTP/1.1 %d\r\n", b"HTTP/2 %d \r\n"),
    *(b"HTTP/1.1 %d " + b"x" * 9000 + b"\r\n", b"ICY %d OK\r\n", b"HTTP/1.1 %d OK\n"),
    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 %d OK\r\n",
)
_ENDLESS = b"HTTP/1.1 100 Continue\r\n\r\n" * 300
_LABELS = {
    "of 64 letters": f"{'a' * 64}.example",
    "without letters": "a..b",
    "of a dot": ".",
    "in bad punycode": "xn--\u00fc",
}
_TIMES = {
    "of a far year": "Wed, 21 Oct 99999999999 07:28:00 GMT",
    "of a far zone": "Wed, 21 Oct 2099 07:28:00 +99999999999999",
}
_SECONDS = (
    *("0", "1", "-1", "1.5", "9" * 300, "Wed, 21 Oct 2015 07:28:00 GMT", "Thu, 31 Feb 2099 25:61:61 GMT", "soon"),
    *_TIMES.values(),
)
_LOCATIONS = (
    *[
        "/",
        "/x",
        "?",
        "#",
        "//",
        "///",
        "%",
        "%zz",
        "http://",
        "https://",
        "http:",
        "http:///x",
        "http://[",
        "http://[::1",
        "http://[::1]:1/",
        "http://127.0.0.1:1/",
    ],
    *[
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:-1/",
        "http://u:p@127.0.0.1/",
        "http://nowhere.example/",
        "http://خبر.example/",
    ],
    *["file:///etc/passwd", "ftp://127.0.0.1/", "ws://127.0.0.1/", "data:,x", "javascript:x", "gopher://127.0.0.1:70/"],
    *[
        "https://169.254.169.254/",
        "https://10.0.0.1/",
        "https://[::ffff:127.0.0.1]/",
        "https://0/",
        "https://2130706433/",
    ],
    *("", "x" * 9000, "\0", "http://a b/", "http://a_b.example/"),
    *(f"http://{label}/" for label in _LABELS.values()),
)
_HEADERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Content-Length", ("0", "1", "-1", "+5", "5, 5", "9" * 20, "x", "", " 7", "0x10", "٣", str(len(_GOOD)))),
    ("Transfer-Encoding", ("chunked", "chunked, chunked", "gzip, chunked", "identity", "x", "")),
    ("Content-Encoding", ("gzip", "br", "deflate", "zstd", "x", "gzip, gzip", "identity")),
    ("Content-Type", ("text/html", "application/gzip", "x", "a/b; charset=\x00", "")),
    ("ETag", ('"1"', "W/", "x" * 4000, "\xff\xfe", "", '"a\tb"')),
    ("Last-Modified", _SECONDS),
    ("Retry-After", _SECONDS),
    ("Location", _LOCATIONS),
    ("Set-Cookie", ("a=b", "x" * 4000, "=; ;;", "a=b; Domain=127.0.0.1; Max-Age=99999999999999")),
    ("Connection", ("close", "keep-alive", "upgrade", "")),
    ("Upgrade", ("h2c", "websocket")),
    ("X", ("y" * 9000, "", "a\rb", "\x7f", "é")),
    ("", ("x",)),
    ("Bad Name", ("x",)),
)
_CHUNKS = (
    *(b"5\r\nhello\r\n", b"ffffffffffffffff\r\n", b"-1\r\n", b"zz\r\n", b"0\r\n\r\n", b"3;a=b\r\nabc\r\n"),
    *(b"5\r\nhe", b"\r\n"),
)


def _moved(location: str) -> tuple[bool, list[Answer]]:
    return False, [reply(302, Location=location), reply(200, _GOOD)]


def _waiting(status: int, seconds: str) -> tuple[bool, list[Answer]]:
    return False, [reply(status, Retry_After=seconds), reply(200, _GOOD)]


class Hosts(Attack[tuple[bool, list[Answer]]]):
    """Fetches an archive from one, first without knowing a version and then with what it gave."""

    tried = "status lines, headers, redirects, lengths, encodings, chunks, bodies that are cut or slow"
    promise = "fetched whole, or told apart as a fault of the source; nothing inside the network is asked"
    share = 1
    named: ClassVar = {
        **{f"a redirect to a host {name}": partial(_moved, f"http://{label}/") for name, label in _LABELS.items()},
        **{
            f"a wait {name} with status {status}": partial(_waiting, status, seconds)
            for name, seconds in _TIMES.items()
            for status in (403, 429, 503)
        },
    }

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._serving = web_server()
        self._server = self._serving.__enter__()
        self._numbers = iter(range(10**9))
        # Names are of this machine alone: nothing here may ask the network.
        self._names = mock.patch("socket.getaddrinfo", _resolved(socket.getaddrinfo))
        self._names.start()

    def close(self) -> None:
        self._names.stop()
        self._serving.__exit__(None, None, None)

    def make(self, chance: random.Random) -> tuple[bool, list[Answer]]:
        return chance.random() < 0.3, [_answer(chance) for _ in range(chance.choice((1, 1, 2, 4)))]

    def try_out(self, given: tuple[bool, list[Answer]]) -> None:
        guarded, answers = given
        self._server.answers = [*answers]
        cache = self.folder / str(next(self._numbers))
        request = ArchiveRequest(
            self._server.url,
            self._server.url,
            "corpus-secret",
            allow_private=not guarded,
            is_allowed=lambda address: address == HOST,
        )
        source = WebArchiveSource(request, PurePosixPath(), Snapshots(cache), LIMITS)
        for _ in range(2):
            with suppress(SourceError):
                assert names(source.fetch().path) == sorted(ARTICLES)
        drafts = [*cache.glob(".draft-*")]
        shutil.rmtree(cache)
        assert not drafts, "what was not fetched whole is left"


def _resolved(resolve: Callable[..., Any]) -> Callable[..., Any]:
    """Resolve addresses and this machine as ever, and no other name."""

    def look_up(host: str | bytes | None, *arguments: Any, **named: Any) -> Any:
        try:
            text = host if isinstance(host, str) else (host or b"").decode()
            socket.inet_pton(socket.AF_INET6 if ":" in text else socket.AF_INET, text)
        except OSError:
            (text or "localhost").encode("idna")  # as the system's own does first
            if text != "localhost":
                raise socket.gaierror(socket.EAI_NONAME, "not known") from None
        return resolve(host, *arguments, **named)

    return look_up


def _answer(chance: random.Random) -> Answer:
    body = chance.choice(_BODIES)
    headers = [(name, chance.choice(values)) for name, values in chance.choices(_HEADERS, k=chance.randrange(5))]
    if chance.random() < 0.6:
        headers.append(("Content-Length", str(len(body))))
    status = chance.choice(_STATUS)
    if 300 <= status < 400:
        headers.append(("Location", chance.choice(_LOCATIONS)))
    if any(name == "Transfer-Encoding" for name, _ in headers) and chance.random() < 0.8:
        body = b"".join(chance.choices((*_CHUNKS, b"%x\r\n%b\r\n" % (len(body), body)), k=chance.randrange(1, 6)))
    lines = [f"{name}: {value}\r\n".encode("utf-8", "replace") for name, value in headers]
    head = chance.choice(_FIRST_LINES) % status + b"".join(lines) + chance.choice((b"\r\n",) * 9 + (b"\n", b""))
    if chance.random() < 0.02:
        return silent(*(head, body)[: chance.randrange(3)])
    if chance.random() < 0.1:
        return raw(chance.choice((b"", _ENDLESS, chance.randbytes(200), head[: chance.randrange(len(head))])))
    return raw(head, body[: chance.choice((len(body), len(body), chance.randrange(len(body) + 1)))])
