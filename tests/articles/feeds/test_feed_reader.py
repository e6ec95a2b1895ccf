"""Feeds of all forms read from bytes: what they say, and that no bytes do any harm."""

import gzip
import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.feeds.feed_entry import FeedEntry, ParsedFeed, once_each
from bot.articles.feeds.feed_reader import read_feed
from bot.articles.sources import SourceError

from .feed_site import rss, text, urlset

NOW = datetime(2026, 6, 1, tzinfo=UTC)
DAY = date(2026, 5, 4)


def read(data: bytes | str, charset: str = "") -> ParsedFeed:
    return read_feed(
        data if isinstance(data, bytes) else data.encode(), "https://host.example/feed", "feed", NOW, charset
    )


START = '<rss version="2.0"><channel><title>N</title>'
ITEM = "<title>A &amp;amp; B&nbsp;&#8211; C</title><link>/1</link>"
ATOM = '<title type="html">A &amp;amp; B &amp;#8211; C</title><link href="https://host.example/1"/>'
FEEDS = {
    "RSS 0.91": f'<rss version="0.91"><channel><title>N</title><item>{ITEM}</item></channel></rss>',
    "RSS 1.0": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
    f"<channel><title>N</title></channel><item>{ITEM}</item></rdf:RDF>",
    "RSS 2.0": f"{START}<item>{ITEM}</item></channel></rss>",
    "Atom 1.0": f'<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title><entry>{ATOM}</entry></feed>',
    "Atom 0.3": f'<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>N</title><entry>{ATOM}</entry></feed>',
    "behind a comment": f"\n<!-- <html> --><?x y?>{START}<item>{ITEM}</item></channel></rss>",
    "with its type": f'<!DOCTYPE rss [<!ENTITY a "b">]>{START}<item>{ITEM}</item></channel></rss>',
    "with a mark": f"\ufeff{START}<item>{ITEM}</item></channel></rss>",
    "JSON 1.0": json.dumps(
        {
            "version": "https://jsonfeed.org/version/1",
            "title": "N",
            "items": [{"id": "https://host.example/1", "title": "A & B – C"}],
        }
    ),
}


@pytest.mark.parametrize("feed", FEEDS.values(), ids=list(FEEDS))
def test_every_form_gives_the_same_entry(feed: str) -> None:
    found = read(feed)
    assert (found.title, found.is_cut_off) == ("N", False)
    assert [(entry.link, " ".join(entry.title.split())) for entry in found.entries] == [
        ("https://host.example/1", "A & B – C")
    ]


def test_the_outlets_own_link_is_taken_from_behind_a_relay() -> None:
    feed = (
        '<rss xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><item><link>http://relay.example/x'
        "</link><feedburner:origLink>http://host.example/1</feedburner:origLink></item></channel></rss>"
    )
    assert [entry.link for entry in read(feed).entries] == ["http://host.example/1"]


@pytest.mark.parametrize(
    ("element", "day"),
    [
        ("<pubDate>Mon, 04 May 2026 23:30:00 +0300</pubDate>", DAY),
        ("<pubDate>4 May 2026 10:00 GMT</pubDate>", DAY),
        ("<pubDate>2026-05-04T10:00:00Z</pubDate>", DAY),
        ("<pubDate>04/05/2026</pubDate>", DAY),
        ("<dc:date xmlns:dc='http://purl.org/dc/elements/1.1/'>2026-05-04</dc:date>", None),
        ("<pubDate>Mon, 99 May 2026 10:00:00 GMT</pubDate>", None),
    ],
)
def test_the_day_is_that_of_publication(element: str, day: date | None) -> None:
    [entry] = read(f"<rss version='2.0'><channel><item><link>/1</link>{element}</item></channel></rss>").entries
    assert entry.day == day


@pytest.mark.parametrize(
    ("local", "greenwich", "day"),
    [
        ("2026-06-01T01:30:00", "2026-05-31T22:30:00", date(2026, 6, 1)),  # it is that day there by now
        ("2026-06-01T05:30:00", "2026-06-01T02:30:00", None),
        ("2026-05-04T01:00:00", "", DAY),
        ("", "2026-05-04T01:00:00", DAY),
        ("2026-05-04T01:00:00", "1970-01-01T00:00:00", DAY),
        ("2026-05-04T01:00:00", "0000-00-00T00:00:00", DAY),
    ],
)
def test_the_day_of_a_post_is_that_of_its_site(local: str, greenwich: str, day: date | None) -> None:
    post = {"link": "/1", "title": {"rendered": "x"}, "date": local, "date_gmt": greenwich}
    assert [entry.day for entry in read(json.dumps([post])).entries] == [day]


def test_news_in_a_sitemap_have_titles_and_days() -> None:
    feed = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
        ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><image:image><image:loc>/i.png</image:loc>'
        "<image:title>صورة</image:title></image:image><loc>https://host.example/1</loc><n:news><n:publication><n:name>N"
        "</n:name></n:publication><n:publication_date>2026-05-04T10:00:00+03:00</n:publication_date><n:title>خبر</n:title>"
        "</n:news></url><url><loc>https://host.example/2</loc><lastmod>2026-05-04</lastmod></url></urlset>"
    )
    assert read(feed).entries == (
        FeedEntry("https://host.example/1", "خبر", DAY, "2026-05-04T10:00:00+03:00"),
        # The last change of a page that is no news is not the day on which it was published.
        FeedEntry("https://host.example/2", "", None, "2026-05-04"),
    )


def test_a_packed_feed_is_unpacked() -> None:
    assert len(read(gzip.compress(urlset([("https://host.example/1", "")]))).entries) == 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1256", "iso8859-6"])
def test_every_encoding_of_arabic_is_read(encoding: str) -> None:
    words = "قال الوزير إن المدينة الجديدة ستفتح أبوابها للزوار في الأسبوع القادم"
    feed = rss([{"title": words, "link": "/1"}]).decode().partition("?>")[2]
    assert [entry.title for entry in read(feed.encode(encoding)).entries] == [words]


def test_letters_of_other_languages_are_read_as_the_feed_says() -> None:
    feed = (
        '<?xml version="1.0" encoding="iso-8859-1"?><rss><channel><item><title>Un été à Beyrouth</title><link>/1</link>'
    )
    data = f"{feed}</item></channel></rss>".encode("latin-1")
    assert [entry.title for entry in read(data).entries] == ["Un été à Beyrouth"]


ENTRIES = st.lists(
    st.fixed_dictionaries(
        {"link": st.sampled_from(["/1", "/1/", "/1?utm_source=x", "/2", "http://host.example/2", "/3"])},
        optional={
            "title": st.sampled_from(["أول", "ثان"]),
            "pubDate": st.sampled_from(["Mon, 04 May 2026 10:00:00 GMT", "x", "2099-01-01"]),
            "description": st.sampled_from(["", text(1)]),
        },
    ),
    max_size=6,
)


@given(ENTRIES, st.randoms())
def test_the_order_of_entries_does_not_matter(items: list[dict[str, str]], random: object) -> None:
    shuffled = list(items)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = (once_each([("d", entry) for entry in read(rss(found)).entries]) for found in (items, shuffled))
    assert first == second


XML = """<rss> <channel> <item> </item> <link> </link> /1 <title> ]]> <![CDATA[ <!-- <urlset> <url> <loc> </loc>
<sitemapindex> <sitemap> <entry> &nbsp; &x; &#0; &#xD800; ]> <pubDate> <updated> <content:encoded> <guid>
http://[ '/> <html>"""
JSON = """{"items": {"url": "\\ud800" [ ] { } , 1e999 NaN "link": "title": null"""
DATES = ("9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "Mon, 32 Foo 0000")
OTHERS = (
    "<feed xmlns='http://www.w3.org/2005/Atom'>",
    "<link href='",
    '<!ENTITY x "&x;">',
    "<!DOCTYPE x [",
    "<?xml ?>",
)
PIECES = st.sampled_from((*XML.split(), *JSON.split(), *DATES, *OTHERS, "\0", "\ufeff", "http://x\ud800", "كلمة"))
TEXTS = st.lists(PIECES, max_size=30).map("".join)


@given(st.one_of(st.binary(max_size=400), TEXTS.map(lambda found: found.encode("utf-8", "surrogatepass"))))
def test_no_bytes_raise_anything_but_a_source_error(data: bytes) -> None:
    try:
        found = read(data, "utf-8")
    except SourceError:
        return
    for entry in found.entries:
        assert entry.link.startswith(("http://", "https://"))
        assert entry.day is None or DAY.replace(year=1950) <= entry.day <= NOW.date()
        assert len(entry.key) == 16


@pytest.mark.parametrize(
    "piece", ["<", "<!--", "<![CDATA[", "&", "<a ", "]]>", "<item>", "<link>", " ", "&lt;!--", "<!DOCTYPE ["]
)
@pytest.mark.parametrize(
    "opening", ["<rss><channel><item><description>", "<urlset><url><loc>", '{"items":[{"id":"', ""]
)
def test_no_piece_that_repeats_holds_the_reader_up(opening: str, piece: str) -> None:
    """Where a reader took time by the square, half a megabyte would take minutes; the test run has a limit."""
    try:
        read(opening + piece * (500_000 // len(piece)))
    except SourceError:
        return
