"""Reloads of a running bot from a source that means harm: each ends by its limit, and the next one is done."""

import math
import random
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from tests.articles.feeds.feed_site import page, rss, title
from tests.articles.page_server import PageServer, page_server
from tests.articles.sources.archives import tar_gz
from tests.attacks.siege import Phase, asked_through_reload, phase, watched
from tests.discord_server import DiscordServer
from tests.e2e.coverage import MUSEUM, MUSEUM_QUESTION, MUSEUM_QUOTED, QUESTION, QUOTED, write_corpus
from tests.e2e.moderating import answered, started
from tests.machine import free_port

SECONDS = 20
"""The limit of a fetch in these reloads."""
# What is built besides takes seconds more.
_LONGEST = 3.0 * SECONDS
_FEED, _ARCHIVE, _FOLDER = "/feed", "/corpus.tar.gz", ""
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class HostileReload:
    """What came of two reloads while a source is hostile, and of a start with it, in seconds; infinity: no end."""

    first: float
    second: float
    start: float
    meanwhile: Phase

    @property
    def is_borne(self) -> bool:
        """Whether each ended by its limit, and nobody was left without a reply."""
        return max(self.first, self.second, self.start) <= _LONGEST and not self.meanwhile.missing


def _item(attributes: str = "", *, head: str = "", heading: str = "", count: int = 1) -> bytes:
    item = f"<item {attributes}><title>{heading or title(2)}</title><link>/news/2</link></item>"
    return f'<rss version="2.0" {head}><channel><title>x</title>{item * count}</channel></rss>'.encode()


def _feed(make: Callable[[], bytes]) -> Callable[[PageServer, Path], None]:
    def turn(site: PageServer, _: Path) -> None:
        site.serve(_FEED, make(), "application/rss+xml")

    return turn


def _page(make: Callable[[], str]) -> Callable[[PageServer, Path], None]:
    def turn(site: PageServer, _: Path) -> None:
        link = site.serve("/news/2", page(2).replace(b"<p>", f"<p>{make()}</p><p>".encode(), 1))
        site.serve(_FEED, rss([{"title": title(2), "link": link}]), "application/rss+xml")

    return turn


def _endless(path: str) -> Callable[[PageServer, Path], None]:
    """Send a byte at a time for as long as somebody listens."""

    def turn(site: PageServer, _: Path) -> None:
        def drip(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(200)
            handler.send_header("Content-Length", str(_MEGABYTE))
            handler.end_headers()
            while not site.stopping.wait(0.1):
                handler.wfile.write(b" ")

        site.answers[path] = drip

    return turn


def _bomb(site: PageServer, _: Path) -> None:
    site.serve(_ARCHIVE, tar_gz({f"sub/{number}.md": bytes(50 * _MEGABYTE) for number in range(4)}))


def _file(name: str, make: Callable[[], str]) -> Callable[[PageServer, Path], None]:
    def turn(_: PageServer, corpus: Path) -> None:
        (corpus / name).write_text(make(), encoding="utf-8")

    return turn


def _paragraphs(heading: str, paragraph: str, count: int) -> str:
    return f'---\ntitle: "{heading}"\n---\n\n' + "\n\n".join([paragraph] * count)


def _numbered(text: str, count: int) -> str:
    return "".join(text.format(n=number) for number in range(count))


HOSTILE: Mapping[str, tuple[str, Callable[[PageServer, Path], None]]] = {
    "a feed with 150,000 attributes on an element": (_FEED, _feed(lambda: _item(_numbered('a{n}="" ', 150_000)))),
    "a feed of 2,000 namespaces and 10,000 elements": (
        _FEED,
        _feed(lambda: _item(head=_numbered('xmlns:n{n}="u{n}" ', 2000), count=10_000)),
    ),
    "a feed with a title of 5 MB": (_FEED, _feed(lambda: _item(heading="&lt;a&amp;" * 500_000))),
    "a feed of 24,000 items without a page": (_FEED, _feed(lambda: _item(count=24_000))),
    "a feed that never ends": (_FEED, _endless(_FEED)),
    "a page with a megabyte of inline tags": (_FEED, _page(lambda: "<b>x</b>" * 125_000)),
    "a page nested 100,000 deep": (_FEED, _page(lambda: "<div>" * 100_000)),
    "a page with 100,000 attributes on an element": (_FEED, _page(lambda: f"<b {_numbered('a{n} ', 100_000)}>x</b>")),
    "an archive that unpacks to 200 MB of zeros": (_ARCHIVE, _bomb),
    "an archive that never ends": (_ARCHIVE, _endless(_ARCHIVE)),
    "an article of one letter 15,000 times": (_FOLDER, _file("x.md", lambda: _paragraphs("x", "x " * 15_000, 1))),
    "an article of one number 10,000 times": (_FOLDER, _file("3.md", lambda: _paragraphs("3", "3," * 10_000, 1))),
    "a title of 4,000 letters over 10,000 paragraphs": (
        _FOLDER,
        _file("title.md", lambda: _paragraphs("خبر " * 1000, "قال الوزير إن الجسر فُتح.", 10_000)),
    ),
    "a megabyte of items of one letter": (_FOLDER, _file("list.md", lambda: _paragraphs("a", "- a", 200_000))),
    "a megabyte of random letters": (
        _FOLDER,
        _file("noise.md", lambda: _paragraphs("a", "".join(random.Random(1).choices("ابتثج ", k=500_000)), 1)),  # noqa: S311
    ),
}
"""Where a source turns hostile, and how, by what it then is."""


async def reload_from(what: str) -> HostileReload:
    """Serve good articles, reload twice once a source beside them has turned hostile, and start anew with it."""
    path, turn = HOSTILE[what]
    with tempfile.TemporaryDirectory() as name, page_server() as site:
        home, port = Path(name), free_port()
        corpus = write_corpus(home / "corpus")
        site.serve(_FEED, rss([{"title": title(1), "link": site.serve("/news/1", page(1))}]), "application/rss+xml")
        site.serve(_ARCHIVE, tar_gz({"sub/station.md": f"---\ntitle: {title(1)}\n---\n\n{title(1)} أمس.\n"}))
        settings = {
            "corpus": f"{corpus},{site.link(path)}" if path else str(corpus),
            "PORT": str(port),
            "CORPUS_CACHE": str(home / "cache"),
            "CORPUS_ALLOW_PRIVATE": "true",
            "CORPUS_FETCH_SECONDS": str(SECONDS),
        }
        waits = list[float | None]()
        async with DiscordServer() as server:
            async with started(server, log=home / "log", module="bot", **settings):
                turn(site, corpus)
                async with watched(port) as gauges:
                    first = await asked_through_reload(server, waits)
                    (corpus / "museum.md").write_text(MUSEUM, encoding="utf-8")
                    second = await asked_through_reload(server, waits)
                if MUSEUM_QUOTED not in await answered(server, MUSEUM_QUESTION):
                    second = math.inf
            await server.until(lambda: not server.gateway.connected, what="a closed gateway")
            began = time.monotonic()
            async with started(server, log=home / "log", module="bot", **settings):
                start = time.monotonic() - began if QUOTED in await answered(server, QUESTION) else math.inf
    return HostileReload(first, second, start, phase(what, waits, gauges))
