"""Two made-up newspapers on this machine: pages, an RSS and an Atom feed, a sitemap, and what happens to them."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler

from tests.articles.page_server import HTML, PageServer
from tests.year.clock import DAY, Calendar
from tests.year.stories import Story

_RSS, _ATOM = 15, 20
RETRACTED = "سُحب هذا المقال بقرار من هيئة التحرير."
_WALL = "للاطلاع على بقية الخبر اشترك في النسخة الرقمية."
_FREE = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>'
# Readers' comments as portals show them: in a section, in bare divisions, as paragraphs.
COMMENTS: tuple[Callable[[str], str], ...] = (
    lambda words: f'<section class="comments"><h3>التعليقات</h3><p>{words}.</p></section>',
    lambda words: f"<div><div>أبو سامي</div><div>{words}.</div></div>",
    lambda words: f"<h3>تعليقات القراء</h3><p>{words}.</p>",
)


@dataclass
class Page:
    """A page at a path; `changed` is the time that feeds and sitemap tell, `body` what it shows instead of its text."""

    story: Story
    path: str
    published: float
    changed: float
    has_fact: bool = True
    after: str = ""
    status: int = 200
    target: str = ""
    is_listed: bool = True
    body: str = ""

    def html(self, outlet: str) -> bytes:
        """Write the page."""
        day = datetime.fromtimestamp(self.published, UTC)
        texts = [f"<p>{text}</p>" for text in self.story.paragraphs(has_fact=self.has_fact)]
        # Half of the pages say by their elements what is what, as newer systems do; the others are bare divisions.
        shape = "<article><h1>{t}</h1>{x}</article>{a}" if self.story.number % 2 else '<div class="c7">{t2}{x}{a}</div>'
        text = self.body or "".join(texts)
        title = self.story.title
        inner = shape.format(t=title, t2=f"<h1>{title}</h1>", x=text, a=self.after)
        return (
            f'<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{title}</title>'
            f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="{outlet}">'
            f'<meta property="article:published_time" content="{day.isoformat()}">{_FREE if self.body else ""}'
            f"</head><body><header>{outlet}</header>{inner}<footer>جميع الحقوق محفوظة</footer></body></html>"
        ).encode()


@dataclass
class Newspaper:
    """A newspaper at a server of its own."""

    outlet: str
    server: PageServer
    calendar: Calendar
    pages: dict[str, Page] = field(default_factory=dict)
    is_broken: bool = False

    def __post_init__(self) -> None:
        for path, write in (("/rss.xml", self._rss), ("/atom.xml", self._atom), ("/sitemap.xml", self._sitemap)):
            self.server.answers[path] = self._document(write)

    @property
    def address(self) -> str:
        """Its host, as sources are named by it."""
        return self.server.link("")[len("http://") :]

    @property
    def sources(self) -> list[str]:
        """Its entries in CORPUS_URL."""
        return [f"{self.outlet}={self.server.link(path)}" for path in ("/rss.xml", "/atom.xml", "/sitemap.xml")]

    def publish(self, story: Story, path: str = "", *, has_fact: bool = True, days_ago: float = 0.0) -> Page:
        """Put an article there, or one that has been there for some days."""
        path = path or f"/news/{story.number}{'' if has_fact else '-near'}"
        at = self.calendar.now - days_ago * DAY
        page = self.pages[path] = Page(story, path, at, at, has_fact)
        self.server.answers[path] = lambda handler: self._answer(handler, page)
        return page

    def correct(self, page: Page, *, loudly: bool) -> None:
        """Give a page another figure; loudly, so that the entries of feed and sitemap say so."""
        page.story = page.story.corrected()
        page.changed = self.calendar.now if loudly else page.changed

    def withdraw(self, page: Page, way: int) -> None:
        """Take a page away: 404, 410, or a sentence that says so."""
        page.is_listed = False
        page.status, page.body = ((404, ""), (410, ""), (200, f"<p>{RETRACTED}</p>"))[way % 3]

    def close(self, page: Page) -> None:
        """Let only subscribers read on."""
        page.body = f"<p>{page.story.around[0]}</p><p>{_WALL}</p>"

    def comment(self, page: Page, shape: int) -> None:
        """Let a reader comment; the page is told as changed, as many systems do then."""
        page.after, page.changed = COMMENTS[shape % len(COMMENTS)](page.story.comment), self.calendar.now

    def move(self, page: Page) -> Page:
        """Move a page for good, with its day."""
        page.is_listed, page.status, page.target = False, 301, f"/moved{page.path}"
        return self.publish(page.story, page.target, days_ago=(self.calendar.now - page.published) / DAY)

    def _answer(self, handler: BaseHTTPRequestHandler, page: Page) -> None:
        headers = {"Location": self.server.link(page.target)} if page.target else {}
        _send(handler, page.html(self.outlet) if page.status == 200 else b"", page.status, HTML, headers)

    def _document(self, write: Callable[[], str]) -> Callable[[BaseHTTPRequestHandler], None]:
        def answer(handler: BaseHTTPRequestHandler) -> None:
            _send(handler, write().encode(), 500 if self.is_broken else 200, "application/xml", {})

        return answer

    def _listed(self, most: int | None = None) -> list[Page]:
        return sorted((page for page in self.pages.values() if page.is_listed), key=lambda page: -page.changed)[:most]

    def _rss(self) -> str:
        # Which says nothing of a correction.
        items = "".join(
            f"<item><title>{page.story.title}</title><link>{self.server.link(page.path)}</link>"
            f"<guid>{self.server.link(page.path)}</guid><pubDate>{format_datetime(_moment(page.published))}</pubDate>"
            f"<description>{page.story.around[0]}</description></item>"
            for page in sorted(self._listed(), key=lambda page: -page.published)[:_RSS]
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{self.outlet}</title>{items}</channel></rss>'

    def _atom(self) -> str:
        entries = "".join(
            f'<entry><title>{page.story.title}</title><link href="{self.server.link(page.path)}"/>'
            f"<id>{self.server.link(page.path)}</id><updated>{_moment(page.changed).isoformat()}</updated>"
            f"<published>{_moment(page.published).isoformat()}</published></entry>"
            for page in self._listed(_ATOM)
        )
        head = '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">'
        return f"{head}<title>{self.outlet}</title><id>a</id><updated>2020-01-01T00:00:00Z</updated>{entries}</feed>"

    def _sitemap(self) -> str:
        links = "".join(
            f"<url><loc>{self.server.link(page.path)}</loc><lastmod>{_moment(page.changed).isoformat()}</lastmod></url>"
            for page in self._listed()
        )
        return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{links}</urlset>'


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(int(at), UTC)


def _send(handler: BaseHTTPRequestHandler, body: bytes, status: int, kind: str, headers: dict[str, str]) -> None:
    """Answer, with 304 where the asker has that already."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    if status == 200 and handler.headers.get("If-None-Match") == tag:
        status, body = 304, b""
    handler.send_response(status)
    for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), "ETag": tag, **headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)
