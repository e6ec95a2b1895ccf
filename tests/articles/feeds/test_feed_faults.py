"""Feeds that break, move, lie, or never end: a fetch ends, says why, and keeps what is there."""

import gzip
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from http.server import BaseHTTPRequestHandler

import pytest

from bot.articles.sources import MEGABYTE

from .feed_site import LIMITS, FeedSite, keys, page, rss, sitemap_index, status, title, urlset

Break = Callable[[FeedSite], object]


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/xml")
    handler.end_headers()
    while True:
        handler.wfile.write(b"<item>" * 10_000)


def cut(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"<rss>")


@cache
def bomb(beginning: bytes) -> bytes:
    return gzip.compress(beginning + b" " * 60 * MEGABYTE, 1)


BREAKS: dict[str, tuple[str, Break]] = {
    "server": ("source.status", lambda site: site.server.answers.__setitem__("/feed", status(500))),
    "gone": ("source.not_found", lambda site: site.server.answers.__setitem__("/feed", status(404))),
    "forbidden": ("source.forbidden", lambda site: site.server.answers.__setitem__("/feed", status(403))),
    "page": ("feed.no_feed", lambda site: site.server.serve("/feed", page(1))),
    "empty": ("feed.no_feed", lambda site: site.server.serve("/feed", b"", "application/rss+xml")),
    "json": ("feed.no_feed", lambda site: site.server.serve("/feed", b'{"code": "rest_no_route"}', "application/json")),
    "no json": ("feed.unreadable", lambda site: site.server.serve("/feed", b'{"items": [', "application/json")),
    "bytes": ("feed.no_feed", lambda site: site.server.serve("/feed", b"\x89PNG\r\n\x1a\n\0\0", "application/xml")),
    "endless": ("feed.too_large", lambda site: site.server.answers.__setitem__("/feed", endless)),
    "cut": ("source.truncated", lambda site: site.server.answers.__setitem__("/feed", cut)),
    "bomb": (
        "feed.too_large",
        lambda site: site.server.serve("/feed", bomb(b"<rss>"), "application/xml", Content_Encoding="gzip"),
    ),
    "bomb in a file": (
        "feed.unreadable",
        lambda site: site.server.serve("/feed", bomb(b"<urlset>"), "application/gzip"),
    ),
    "circle": ("source.redirects", lambda site: site.server.redirect("/feed", "/feed")),
    "file": ("source.redirect", lambda site: site.server.redirect("/feed", "file:///etc/passwd")),
}


@pytest.mark.parametrize(("key", "breaks"), BREAKS.values(), ids=list(BREAKS))
def test_a_feed_that_breaks_is_told_and_what_is_there_stays(site: FeedSite, key: str, breaks: Break) -> None:
    limits = replace(LIMITS, tries=1)
    breaks(site)
    assert site.error(limits=limits).key == key
    site.serve_feed(rss(site.items([1])))
    site.later()
    fetched = site.source(limits=limits).fetch()
    breaks(site)
    site.later()
    source = site.source(limits=limits)
    assert source.fetch() == fetched
    assert [(problem.error.key, problem.is_away) for problem in source.problems] == [(key, True)]
    site.serve_feed(rss(site.items([1, 2])))
    site.later()
    assert keys(site.fetch(limits=limits)) == []
    assert site.titles() == [title(1), title(2)]


def test_a_feed_that_is_silent_is_given_up(site: FeedSite) -> None:
    def silent(_: BaseHTTPRequestHandler) -> None:
        site.server.stopping.wait()

    # What the host allows is known, and not asked for within the silence.
    site.fetch_items([1])
    site.later()
    site.server.answers["/feed"] = silent
    source = site.source(limits=replace(LIMITS, tries=1, silence=0.05))
    source.fetch()
    assert [problem.error.key for problem in source.problems] == ["source.silent"]


def test_a_feed_that_drips_its_headers_is_given_up_with_the_time_of_the_fetch(site: FeedSite) -> None:
    def dripping(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not site.server.stopping.wait(0.02):
            handler.wfile.write(b"x")
            handler.wfile.flush()

    site.server.answers["/feed"] = dripping
    assert site.error(limits=replace(LIMITS, tries=1, seconds=0.3)).key == "source.timeout"


def test_a_feed_that_is_away_is_asked_less_and_less(site: FeedSite) -> None:
    site.fetch_items([1])
    site.server.answers["/feed"] = status(404)
    site.asked()
    for _ in range(24 * 6):
        site.fetch()
        site.later(600)
    assert 8 < site.asked().count("/feed") < 14  # a minute, doubled to six hours
    site.source().fetch(force=True)
    assert site.asked() == ["/feed"]


@pytest.mark.parametrize("code", [301, 302, 307, 308])
def test_a_feed_that_moves_is_followed_and_where_it_is_for_good_told(site: FeedSite, code: int) -> None:
    site.server.redirect("/feed", "/new/place?key=secret", code)
    site.serve_feed(rss([{"title": title(1), "link": "../news/1"}]), "/new/place?key=secret")
    site.serve_page(1)
    source = site.fetch()
    assert site.titles() == [title(1)]
    assert keys(source) == (["feed.moved"] if code in {301, 308} else [])
    assert [problem.error.values["target"] for problem in source.problems] == [site.server.link("/new/place")] * len(
        source.problems
    )


@pytest.mark.parametrize("moves", [True, False], ids=["redirect", "link"])
def test_no_private_address_is_reached(site: FeedSite, moves: bool) -> None:
    """One address of this machine stands for the Internet, and another for the network within."""
    private = site.serve_page(2, path="/private").replace("127.0.0.1", "127.0.0.2")
    link = site.server.redirect("/news/2", private) if moves else private
    site.serve_feed(rss([*site.items([1]), {"title": title(2), "link": link}]))
    source = site.fetch(allow_private=False, is_allowed=lambda address: address == "127.0.0.1")
    assert site.titles() == [title(1)]
    assert keys(source) == ["feed.page.private"]
    assert "/private" not in site.asked()


def test_a_feed_that_leads_to_a_private_address_is_refused(site: FeedSite) -> None:
    site.serve_feed(rss(site.items([1])), "/within")
    site.server.redirect("/feed", site.server.link("/within").replace("127.0.0.1", "127.0.0.2"))
    error = site.error(allow_private=False, is_allowed=lambda address: address == "127.0.0.1")
    assert (error.key, site.error(allow_private=False).key) == ("source.private", "source.private")
    assert site.asked() == ["/feed"]


@pytest.mark.parametrize(
    ("link", "reason"), [("http://127.0.0.1:1/x", "unreachable"), ("http://host.example:0/", "bad_link")]
)
def test_a_host_that_is_none_is_called_so(site: FeedSite, link: str, reason: str) -> None:
    site.serve_feed(rss([*site.items([1]), {"title": title(2), "link": link}]))
    assert keys(site.fetch()) == [f"feed.page.{reason}"]


@pytest.mark.parametrize(
    "link", ["file:///etc/passwd", "javascript:alert(1)", "ftp://host/x", "http://", "http://[::1"]
)
def test_links_that_lead_to_no_page_are_left_out(site: FeedSite, link: str) -> None:
    site.serve_feed(rss([*site.items([1]), {"title": "x", "link": link, "guid": "x"}]))
    source = site.fetch()
    assert [(problem.error.key, problem.error.values["number"]) for problem in source.problems] == [
        ("feed.linkless", "1")
    ]


def test_of_a_feed_that_is_cut_off_the_whole_entries_are_taken(site: FeedSite) -> None:
    whole = rss(site.items([1, 2]))
    site.serve_feed(whole[: whole.rindex(b"/news/2") + len(b"/news/")])
    source = site.fetch()
    assert (site.titles(), keys(source)) == ([title(1)], ["feed.cut_off"])
    site.serve_feed(whole)
    assert (keys(site.fetch()), site.titles()) == ([], [title(1), title(2)])


@pytest.mark.parametrize("declared", ["utf-8", "windows-1252", "iso-8859-1", "windows-1256", "nonsense"])
def test_a_feed_in_the_old_letters_is_read_whatever_it_says(site: FeedSite, declared: str) -> None:
    words = "قال الوزير إن المدينة الجديدة ستفتح أبوابها للزوار في الأسبوع القادم"
    site.server.serve("/news/1", b"<html><body><p>x</p></body></html>")
    body = "".join(f"<p>{words} {number}.</p>" for number in range(20))
    feed = rss([{"title": words, "link": site.server.link("/news/1"), "content:encoded": body}], "أخبار البلد")
    written = feed.decode().replace('encoding="utf-8"', f'encoding="{declared}"').encode("cp1256")
    site.server.serve("/feed", written, f"application/rss+xml; charset={declared}")
    site.fetch()
    [article] = site.articles()
    assert (article.title, article.outlet, article.paragraphs[0].text) == (
        words,
        "أخبار البلد (127.0.0.1)",
        f"{words} 0.",
    )


def test_of_an_index_the_sitemaps_that_can_be_read_are(site: FeedSite) -> None:
    packed = gzip.compress(urlset([(site.serve_page(1), "2026-05-01")]))
    good = site.server.serve("/good.xml.gz", packed, "application/x-gzip")
    site.serve_feed(sitemap_index([(site.server.link("/gone.xml"), ""), (good, "")]))
    source = site.fetch()
    assert (site.titles(), keys(source)) == ([title(1)], ["source.not_found"])


def test_an_index_that_lists_itself_ends(site: FeedSite) -> None:
    good = site.serve_feed(urlset([(site.serve_page(1), "2026-05-01")]), "/good.xml")
    site.serve_feed(sitemap_index([(site.server.link("/feed"), ""), (good, "")]))
    site.fetch()
    assert site.titles() == [title(1)]
    assert len(site.asked()) < 15


def test_entities_are_no_way_to_files_or_memory(site: FeedSite) -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    doctype = f'<!DOCTYPE rss [<!ENTITY e0 "0123456789">{bomb}<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    feed = rss(site.items([1])).decode().replace("<rss", f"{doctype}<rss").replace(title(1), "خبر &e11; &f;")
    site.serve_feed(feed.encode())
    site.fetch()
    assert site.titles() == [title(1)]
    site.serve_feed(urlset([(site.serve_page(2), "x")]).replace(b"<urlset", doctype.encode() + b"<urlset"))
    site.fetch()
    assert site.titles() == [title(1), title(2)]


def test_a_fetch_can_be_broken_off(site: FeedSite) -> None:
    class StopError(Exception):
        pass

    def stop(done: int, _: int) -> None:
        if done == 2:
            raise StopError

    site.serve_feed(rss(site.items(range(4))))
    with pytest.raises(StopError):
        site.source().fetch(stop)
    assert len(site.titles()) == 2
    site.fetch()
    assert len(site.titles()) == 4
