"""Documents that hosts send to whoever follows a feed."""

import json
import random
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from bot.articles import BoilerplatePhrases
from bot.articles.feeds import EntryReason
from bot.articles.feeds.document_parser import feed_answer, page_answer, parsed_feed, robots_answer
from bot.articles.validation import site_of
from bot.settings import CONFIG
from tests.answering.hostility import CRAFTED, FLOODS, REAL
from tests.articles.feeds.feed_site import page, rss, sitemap_index, text, title, urlset
from tests.articles.hostile_pieces import PIECES, TAGS, WORDS
from tests.attacks.articles import CHANGES
from tests.attacks.attack import Attack

NOW = datetime(2026, 6, 1, tzinfo=UTC)
_HOST = "https://host.example"
_ASKING = frozenset(
    {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "subprocess.Popen"}
)
_SECRET = "what a file of this machine says"
_LONGEST_TITLE, _LARGEST = 4096, 64_000
_NAMESPACES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "atom": "http://www.w3.org/2005/Atom",
    "x": "urn:x",
}
_NAMES = ("title", "link", "guid", "pubDate", "description", "author", "category", "enclosure", "source", "item", "rss")
_FIELDS = (*_NAMES, *(f"{space}:{name}" for space in _NAMESPACES for name in ("encoded", "date", "title", "content")))
_DATES = (
    *(
        "Mon, 04 May 2026 23:30:00 +0300",
        "2026-05-04T10:00:00Z",
        "04/05/2026",
        "٤/٥/٢٠٢٦",
        "Mon, 99 May 2026 10:00 GMT",
    ),
    *("9999-12-31T23:59:59-23:59", "0001-01-01", "1970-01-01", "-1", "2026-05-04T10:00:00+99:99", "9" * 400, "غداً"),
)
_LINKS = (
    *("/1", "https://host.example/1", "//other.example/2", "http://[", "javascript:alert(1)", "file:///etc/passwd", ""),
    *(
        "http://127.0.0.1/",
        "https://a@b:c@host.example/",
        "?",
        "#",
        "http://host.example:99999/",
        "\u202e/x",
        "a" * 5000,
    ),
)
_ENCODINGS = ("utf-16", "utf-16-le", "utf-32", "utf-8-sig", "cp1256", "iso8859-6", "latin-1")
_LABELS = ("", "", "utf-8", "windows-1256", "utf-7", "x", "\ud800", "rot13", "base64", "idna")
_UNITS = tuple(unit for unit in FLOODS if "\ud800" not in unit)
_ROBOTS = (
    *(
        "User-agent: *",
        "User-agent: Isnad",
        "Disallow: /a*b*c$",
        "Allow: /%zz",
        "Crawl-delay: 1e400",
        "Crawl-delay: nan",
    ),
    *(
        "Request-rate: 1/0",
        "Visit-time: 9999-0000",
        "Disallow",
        ":",
        "Sitemap: http://[",
        "\0",
        "Disallow: /خبر",
        "\ufeff",
    ),
)


@dataclass(frozen=True, slots=True)
class Document:
    """What a host sent where a `feed`, a `page` or a `robots` was asked for, and the encoding that it named."""

    kind: str
    data: bytes
    charset: str = ""


def _rss_of(item: str, size: int = 30_000, *, opening: str = "<rss>") -> Document:
    """Repeat a piece of an item, each time with its number where it wants one."""
    count = size // len(item)
    inner = "".join(item.replace("{n}", str(number)) for number in range(count))
    return Document("feed", f"{opening}<channel><title>a</title>{inner}</channel></rss>".encode())


def _inside(before: str, piece: str, after: str, size: int = 30_000) -> Document:
    return _rss_of_one(before + "".join(piece.replace("{n}", str(n)) for n in range(size // len(piece))) + after)


def _rss_of_one(item: str) -> Document:
    return Document("feed", f"<rss><channel><title>a</title>{item}</channel></rss>".encode())


def _namespaces(size: int = 30_000) -> Document:
    """As many elements as namespaces, of which each would go through all others."""
    count = size // 30
    spaces = " ".join(f"xmlns:n{number}='u{number}'" for number in range(count))
    return _rss_of_one(f"<item {spaces}>{'<n0:x/>' * count}<link>/1</link></item>")


def _nested_sitemap(size: int = 30_000) -> Document:
    count = size // 11
    return Document("feed", f"<urlset>{'<url>' * count}<loc>/1</loc>{'</url>' * count}</urlset>".encode())


def _json_of(piece: str, size: int = 30_000) -> Document:
    return Document("feed", f'{{"items": [{{"url": "/1", "title": "{piece * (size // len(piece))}"}}]}}'.encode())


def _robots_of(line: str, size: int = 30_000) -> Document:
    lines = (line.replace("{n}", str(number)) for number in range(size // len(line)))
    return Document("robots", "\n".join(["User-agent: *", *lines]).encode())


def _page_of(piece: str, size: int = 30_000) -> Document:
    inner = "".join(piece.replace("{n}", str(number)) for number in range(size // len(piece)))
    return Document("page", page(1).replace(b"<h1>", f"<p {inner}>a</p><h1>".encode()))


def _bomb() -> Document:
    """Entities that grow to the power of their number, and one that leads to a file."""
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    opening = f'<!DOCTYPE rss [<!ENTITY e0 "x">{lines}<!ENTITY file SYSTEM "file:///proc/self/status">]>'
    item = "<item><title>&e11; &file;</title><link>/1</link></item>"
    return Document("feed", f"{opening}<rss><channel>{item}</channel></rss>".encode())


class Feeds(Attack[Document]):
    """Does with a document what the child does that reads it, and with the answer what its parent does."""

    tried = "RSS, Atom, RDF, JSON, sitemaps, robots.txt and pages, changed, cut, nested, flooded, in any encoding"
    promise = (
        "entries, articles of that host or a refusal by name; time and memory by size; no other file or host asked"
    )
    share = 3
    named: ClassVar = {
        "a flood of attributes": partial(_inside, "<item ", "a{n}='1' ", "><link>/1</link></item>"),
        "a flood of one attribute": partial(_inside, "<item ", "a='1' ", "><link>/1</link></item>"),
        "a flood of attributes in items": partial(_rss_of, "<item a='1' b='2' c='3'><link>/{n}</link></item>"),
        "a flood of namespaces and elements": _namespaces,
        "a flood of namespaces one inside the other": partial(_inside, "", "<x xmlns:n{n}='u{n}'>", "<item/>"),
        "a flood of signs in a title": partial(_inside, "<item><link>/1</link><title>", "&lt;&amp;", "</title></item>"),
        "a flood of tags in a text": partial(
            _inside, "<item><link>/1</link><description>", "&lt;b&gt;a ", "</description></item>"
        ),
        "a flood of comments in a text": partial(
            _inside, "<item><link>/1</link><description>", "&lt;!--", "</description></item>"
        ),
        "a flood of titles": partial(_inside, "<item><link>/1</link>", "<title>a</title>", "</item>"),
        "a flood of dates": partial(_inside, "<item><link>/1</link><pubDate>", "1 May ", "</pubDate></item>"),
        "a flood of entities": partial(_inside, "<item><link>/1</link><title>", "&a{n};", "</title></item>"),
        "a flood of items of one link": partial(_rss_of, "<item><title>a</title><link>/1</link></item>"),
        "a flood of elements": partial(_inside, "", "<a>", ""),
        "a flood of sitemaps inside each other": _nested_sitemap,
        "a flood of signs in JSON": partial(_json_of, "<&"),
        "a flood of lists in JSON": lambda size=30_000: Document("feed", b"[" * size),
        "a flood of rules": partial(_robots_of, "Disallow: /{n}*a*"),
        "a flood of stars": partial(_robots_of, "Disallow: /*a*a*a*a*a*a*a*b$"),
        "a flood of attributes in a page": partial(_page_of, "a{n}='1' "),
        "entities without end": lambda _=0: _bomb(),
    }

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._phrases = json.dumps(asdict(BoilerplatePhrases.read(CONFIG / "marks.toml")))
        (folder / "secret").write_text(_SECRET, encoding="utf-8")
        self.try_out(Document("page", page(1)))

    def make(self, chance: random.Random) -> Document:
        kind, maker = chance.choice(_MAKERS)
        written = maker(chance, self.folder)
        data = written.encode(chance.choice(_ENCODINGS) if chance.random() < 0.2 else "utf-8", "replace")
        for _ in range(chance.choice((0, 0, 1, 2, 6))):
            data = chance.choice(CHANGES)(data, chance)
        return Document(kind, data[:_LARGEST], chance.choice(_LABELS))

    def try_out(self, given: Document) -> None:
        with _Watch() as watch:
            answer = _TRIED[given.kind](self, given)
        assert watch.seen == [], f"it asked for {watch.seen}"
        assert _SECRET not in json.dumps(answer, ensure_ascii=False)

    def _try_feed(self, given: Document) -> dict[str, Any]:
        record = {"url": f"{_HOST}/feed", "shown": "feed", "now": NOW.isoformat(), "charset": given.charset}
        answer = feed_answer(record, given.data)
        if "error" in answer:
            assert answer["error"].startswith("feed."), answer
            return answer
        parsed = parsed_feed(json.loads(json.dumps(answer)))
        for entry in parsed.entries:
            assert entry.link.startswith(("http://", "https://")), entry.link
            assert len(entry.title) <= _LONGEST_TITLE
            assert "\n" not in entry.title
            assert entry.day is None or entry.day <= (NOW + timedelta(days=1)).date()
            assert entry.key
            assert entry.stamp
        return answer

    def _try_page(self, given: Document) -> dict[str, Any]:
        record: dict[str, Any] = {"charset": given.charset, "link": f"{_HOST}/1", "sites": [], "has_title": True}
        answer = page_answer({**record, "today": "2026-06-01", "phrases": self._phrases}, given.data)
        assert answer.get("article") or answer["reason"] in set(EntryReason)
        if "article" in answer:
            assert site_of(answer["article"]["url"] or _HOST) == site_of(_HOST), answer["article"]["url"]
        return answer

    def _try_robots(self, given: Document) -> dict[str, Any]:
        answer = robots_answer({"url": f"{_HOST}/{'a' * 2000}?خبر=%zz"}, given.data)
        assert answer["allows"] in {True, False}
        return answer


class _Watch:
    """Notes which files and hosts Python is asked for while it is open."""

    now: "_Watch | None" = None
    is_there = False

    def __init__(self) -> None:
        self.seen: list[str] = []

    def __enter__(self) -> "_Watch":
        if not _Watch.is_there:
            _Watch.is_there = True  # a hook stays for good
            sys.addaudithook(_Watch.note)
        _Watch.now = self
        return self

    def __exit__(self, *_: object) -> None:
        _Watch.now = None

    @staticmethod
    def note(event: str, arguments: tuple[object, ...]) -> None:
        is_asked = event in _ASKING or (event == "open" and "secret" in str(arguments[0]))
        if is_asked and _Watch.now is not None:
            _Watch.now.seen.append(f"{event} {arguments}")


_TRIED: Mapping[str, Callable[[Feeds, Document], dict[str, Any]]] = {
    "feed": Feeds._try_feed,
    "page": Feeds._try_page,
    "robots": Feeds._try_robots,
}


def _words(chance: random.Random) -> str:
    drawn = " ".join(chance.choice(chance.choice((WORDS, REAL, CRAFTED, TAGS))) for _ in range(chance.randrange(20)))
    return drawn + chance.choice(_UNITS) * chance.choice((0, 0, 0, 20, 2000))


def _field(chance: random.Random, folder: Path) -> str:
    name, value = chance.choice(_FIELDS), chance.choice((_words(chance), chance.choice(_DATES), chance.choice(_LINKS)))
    attributes = "".join(
        f' {chance.choice((*_FIELDS, "href", "url", "type", "isPermaLink", "xml:base"))}="{chance.choice(_LINKS)}"'
        for _ in range(chance.choice((0, 0, 1, 3)))
    )
    inner = chance.choice((value.replace("<", "&lt;"), f"<![CDATA[{value}]]>", value, "&file;", text(1) * 3))
    inner = inner.replace("&file;", f"&file; {folder}/secret") if chance.random() < 0.1 else inner
    return f"<{name}{attributes}>{inner}</{chance.choice((name, name, name, 'x'))}>"


def _item(chance: random.Random, folder: Path) -> str:
    whole = f"<title>{title(1)}</title><link>{chance.choice(_LINKS).replace('<', '')}</link>"
    name = chance.choice(("item", "item", "entry"))
    fields = "".join(_field(chance, folder) for _ in range(chance.randrange(6)))
    return f"<{name}>{whole * chance.choice((0, 1, 1, 2))}{fields}</{name}>"


def _syndication(chance: random.Random, folder: Path) -> str:
    spaces = " ".join(f'xmlns:{name}="{uri}"' for name, uri in _NAMESPACES.items() if chance.random() < 0.7)
    entity = f'<!DOCTYPE rss [<!ENTITY file SYSTEM "file://{folder}/secret"><!ENTITY a "b">]>'
    root, own = chance.choice(
        (
            ("rss", ""),
            ("feed", ' xmlns="http://www.w3.org/2005/Atom"'),
            ("rdf:RDF", ' xmlns="http://purl.org/rss/1.0/"'),
        )
    )
    items = "".join(_item(chance, folder) * chance.choice((1, 1, 3)) for _ in range(chance.randrange(5)))
    return f"{chance.choice(('', entity))}<{root} {spaces}{own}><channel>{items}</channel></{root}>"


def _sitemap(chance: random.Random, _: Path) -> str:
    rows = [(chance.choice(_LINKS), chance.choice(_DATES)) for _ in range(chance.randrange(8))]
    return chance.choice((urlset, sitemap_index))(rows).decode("utf-8", "replace")


def _in_json(chance: random.Random, _: Path) -> str:
    values: tuple[object, ...] = (None, True, -1, 10**400, 1.5, [], {}, [[[]]], _words(chance), *_LINKS, *_DATES)
    names = (
        "id",
        "url",
        "title",
        "content_html",
        "content_text",
        "date_published",
        "link",
        "content",
        "date",
        "rendered",
    )
    items = [{chance.choice(names): chance.choice(values) for _ in range(6)} for _ in range(chance.randrange(6))]
    posts = [
        {"link": "/1", "title": {"rendered": _words(chance)}, "content": chance.choice(values)} | one for one in items
    ]
    found: object = chance.choice((items, posts, {"items": items, "title": chance.choice(values)}, {"items": None}))
    return json.dumps(found, ensure_ascii=chance.random() < 0.5) + chance.choice(("", "", "[" * 3000))


def _robots(chance: random.Random, _: Path) -> str:
    return chance.choice(("\n", "\r", "\r\n")).join(chance.choice(_ROBOTS) for _ in range(chance.randrange(20)))


def _page(chance: random.Random, _: Path) -> str:
    names, pieces = ("og:url", "og:title", "og:site_name"), [_words(chance) for _ in range(4)]
    head = "".join(f'<meta property="{chance.choice(names)}" content="{piece}">' for piece in pieces[1:])
    if chance.random() < 0.5:
        link = chance.choice(_LINKS)
        head += f'<link rel="canonical" href="{link}"><meta property="og:url" content="{link}">'
    return page(1).decode().replace("</head>", f"{head}</head>").replace("<h1>", f"{pieces[0]}<h1>")


def _plain(chance: random.Random, _: Path) -> str:
    return rss({"title": title(n), "link": chance.choice(_LINKS)} for n in range(3)).decode() + chance.choice(
        ("", *(piece.decode("utf-8", "replace") for piece in PIECES))
    )


_MAKERS: tuple[tuple[str, Callable[[random.Random, Path], str]], ...] = (
    *(("feed", maker) for maker in (_syndication, _syndication, _syndication, _plain, _sitemap, _in_json)),
    ("robots", _robots),
    ("page", _page),
)
