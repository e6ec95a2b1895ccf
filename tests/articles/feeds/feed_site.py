"""A site on this machine with pages, feeds and a robots.txt, and a clock that a test sets."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from bot.articles import Article, BoilerplatePhrases, read_corpus
from bot.articles.feeds import DocumentParser, FeedClient, FeedSource, HostPace
from bot.articles.sources import Fetched, FetchLimits, SourceError
from tests.articles.page_server import PageServer
from tests.articles.sources.serving import failure
from tests.patience import PATIENCE

START = 1_780_000_000.0  # a day in May 2026
DAY = 24 * 3600.0
LIMITS = FetchLimits(seconds=PATIENCE, silence=PATIENCE, pause=0.001)

_SENTENCES = (
    "قال وزير النقل إن المحطة رقم {n} ستفتح أبوابها للمسافرين في مطلع الشهر المقبل بعد أعمال استمرت ثلاث سنوات.",
    "وأضاف في مؤتمر صحفي أن كلفة المحطة رقم {n} بلغت أربعين مليونا، وأن القطارات ستعمل من الفجر حتى منتصف الليل.",
    "ورحب سكان الحي رقم {n} بالخبر، إذ كانوا يقطعون مسافات طويلة للوصول إلى أعمالهم ومدارس أولادهم كل صباح.",
    "وتخطط البلدية لإنشاء مواقف للسيارات قرب المحطة رقم {n}، ولزراعة أشجار على جانبي الطريق المؤدي إليها.",
)


def title(number: int) -> str:
    return f"افتتاح محطة القطار رقم {number} في المدينة"


def text(number: int, word: str = "") -> str:
    """Return four paragraphs of news as HTML."""
    return "".join(f"<p>{sentence.format(n=number)} {word}</p>" for sentence in _SENTENCES)


def page(number: int, word: str = "", head: str = "") -> bytes:
    return (
        f'<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>{title(number)}</title>{head}</head><body>'
        f"<nav><a href='/'>الرئيسية</a></nav><article><h1>{title(number)}</h1>{text(number, word)}</article></body>"
    ).encode()


def rss(items: Iterable[dict[str, str]], name: str = "أخبار المدينة") -> bytes:
    written = "".join(
        "<item>" + "".join(f"<{key}>{escape(value)}</{key}>" for key, value in item.items()) + "</item>"
        for item in items
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>{name}</title>{written}</channel></rss>"
    ).encode()


def urlset(items: Iterable[tuple[str, str]]) -> bytes:
    urls = "".join(f"<url><loc>{escape(link)}</loc><lastmod>{changed}</lastmod></url>" for link, changed in items)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()


def sitemap_index(items: Iterable[tuple[str, str]]) -> bytes:
    maps = "".join(f"<sitemap><loc>{link}</loc><lastmod>{changed}</lastmod></sitemap>" for link, changed in items)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>'.encode()


@dataclass
class Clock:
    """The time that a test has set, which goes on where somebody waits."""

    now: float = START
    waited: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += seconds


@dataclass
class FeedSite:
    """The site, and sources in front of its feed, each made anew as after a restart."""

    server: PageServer
    folder: Path
    phrases: BoilerplatePhrases
    clock: Clock = field(default_factory=Clock)

    def serve_page(self, number: int, word: str = "", path: str = "", head: str = "") -> str:
        return self.server.serve(path or f"/news/{number}", page(number, word, head))

    def items(self, numbers: Iterable[int], **more: str) -> list[dict[str, str]]:
        """Serve pages, and return them as items of a feed."""
        return [{"title": title(number), "link": self.serve_page(number), **more} for number in numbers]

    def serve_feed(self, body: bytes, path: str = "/feed", kind: str = "application/rss+xml", **headers: str) -> str:
        """Serve a feed with its ETag, and nothing to whoever has it already."""
        etag = f'"{hashlib.sha256(body).hexdigest()[:8]}"'

        def answer(handler: BaseHTTPRequestHandler) -> None:
            is_known = handler.headers.get("If-None-Match") == etag
            handler.send_response(304 if is_known else 200)
            for name, value in {"ETag": etag, "Content-Type": kind, **headers}.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.send_header("Content-Length", "0" if is_known else str(len(body)))
            handler.end_headers()
            if not is_known:
                handler.wfile.write(body)

        self.server.answers[path] = answer
        return self.server.link(path)

    def serve_json(self, found: Any, path: str = "/feed", **headers: str) -> str:
        return self.serve_feed(json.dumps(found).encode(), path, "application/json", **headers)

    def source(self, path: str = "/feed", *, limits: FetchLimits = LIMITS, **more: Any) -> FeedSource:
        of_client = {name: more.pop(name) for name in ("token", "allow_private", "is_allowed", "taken") if name in more}
        pace, parser = HostPace(clock=self.clock, sleep=self.clock.sleep), DocumentParser(self.phrases)
        settings: dict[str, Any] = {"token": None, "allow_private": True} | of_client
        client = FeedClient(self.server.link(path), pace=pace, parser=parser, **settings)
        return FeedSource(client, f"site{path}", self.folder, limits, **more)

    def fetch(self, path: str = "/feed", **more: Any) -> FeedSource:
        """Fetch as after a restart, and return the source with its report."""
        source = self.source(path, **more)
        source.fetch()
        return source

    def fetch_items(self, numbers: Iterable[int], **more: str) -> FeedSource:
        """Serve a feed of pages, and fetch it."""
        self.serve_feed(rss(self.items(numbers, **more)))
        return self.fetch()

    def error(self, path: str = "/feed", **more: Any) -> SourceError:
        """Fetch what cannot be had, and return why."""
        return failure(self.source(path, **more))

    def fetched(self) -> Fetched:
        return self.source().fetch()

    def articles(self) -> list[Article]:
        corpus = read_corpus(self.folder, self.phrases)
        assert corpus.rejections == ()
        return sorted(corpus.articles, key=lambda article: article.title)

    def titles(self) -> list[str]:
        return [article.title for article in self.articles()]

    def asked(self) -> list[str]:
        """Return the paths that were asked for since the last time, in order."""
        paths = [path for path, _ in self.server.asked]
        self.server.asked.clear()
        return paths

    def later(self, seconds: float = DAY) -> None:
        self.clock.now += seconds


def once(*answers: Callable[[BaseHTTPRequestHandler], object]) -> Callable[[BaseHTTPRequestHandler], object]:
    """Answer with each of these in turn; the last one stays."""
    left = list(answers)

    def answer(handler: BaseHTTPRequestHandler) -> object:
        return (left.pop(0) if len(left) > 1 else left[0])(handler)

    return answer


def status(code: int, **headers: str) -> Callable[[BaseHTTPRequestHandler], object]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def keys(source: FeedSource) -> Sequence[str]:
    return [problem.error.key for problem in source.problems]
