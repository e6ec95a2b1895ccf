"""An archive or a feed behind an address that says nothing of it: told apart by what comes."""

import gzip
import time
from http.server import BaseHTTPRequestHandler
from pathlib import PurePosixPath
from threading import Lock

import pytest

from bot.articles.combined.web_source import START, WebKind, kind_of, names_archive
from bot.articles.sources.address import Address, SourceKind
from tests.articles.page_server import PageServer
from tests.articles.sources.archives import ARTICLES, tar_gz, zipped
from tests.articles.sources.serving import failure, served

from .conftest import Combining, article, problems, rss, titles

ARCHIVE, FEED = WebKind.ARCHIVE, WebKind.FEED
SITEMAP = b'<?xml version="1.0"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>'


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (zipped(ARTICLES), ARCHIVE),
        (zipped({}), ARCHIVE),
        (tar_gz(ARTICLES), ARCHIVE),
        (tar_gz({"<new>.md": "x"}), ARCHIVE),
        (b"\x1f\x8b\x08broken", ARCHIVE),
        (gzip.compress(SITEMAP, mtime=0), FEED),
        (gzip.compress(b"\0" * 100_000, mtime=0), ARCHIVE),
        (SITEMAP, FEED),
        (rss("https://a.example/", "x"), FEED),
        (b"\xef\xbb\xbf\r\n  <rss></rss>", FEED),
        ("<?xml version='1.0' encoding='utf-16'?><rss/>".encode("utf-16"), FEED),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', FEED),
        (b'[{"id": 1}]', FEED),
        (b"<!-- a comment --><feed><title>&lt;html&gt;</title></feed>", FEED),
        (b"<!DOCTYPE html><html></html>", None),
        (b"\n<!-- x -->\n<HTML lang=ar>", None),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html></html>', None),
        (b"", None),
        (b"Not found", None),
        (b"%PDF-1.7", None),
    ],
)
def test_the_first_bytes_tell_the_kind(start: bytes, kind: WebKind | None) -> None:
    assert kind_of(start[:START]) is kind


@pytest.mark.parametrize(
    ("url", "folder", "says_so"),
    [
        ("https://a.example/main.tar.gz?ref=x", "", True),
        ("https://a.example/A.ZIP", "", True),
        ("https://a.example/zip/main", "articles", True),
        ("https://a.example/zip/main", "", False),
        ("https://a.example/feed?file=a.zip", "", False),
    ],
)
def test_some_addresses_say_that_they_are_archives(url: str, folder: str, says_so: bool) -> None:
    assert names_archive(Address(SourceKind.ARCHIVE, url, PurePosixPath(folder), url)) is says_so


def test_an_archive_without_the_name_of_one_is_given_as_archives_are(combining: Combining, site: PageServer) -> None:
    link = site.serve("/zip/main", tar_gz({"port.md": article("الميناء")}), ETag='"1"')
    source = combining.source(link)
    fetched = served(source)
    assert (titles(fetched), source.usual_refresh) == (["الميناء"], None)
    assert fetched.version is not None
    assert fetched.version.etag == '"1"'
    assert not list(combining.cache.glob("combined-*"))
    asked = len(site.asked)
    combining.source(link).fetch()
    # After a restart it is known what it is.
    assert len(site.asked) == asked + 1
    site.answers.clear()
    assert combining.source(link).last_served() == fetched


def test_a_feed_alone_is_a_coverage(combining: Combining, site: PageServer) -> None:
    link = site.serve("/feed", rss(site.link("/news/"), "سفينة"))
    source = combining.source(link)
    first = served(source)
    assert titles(first) == ["سفينة"]
    site.serve("/feed", rss(site.link("/news/"), "سفينة", "قارب"))
    assert titles(served(combining.source(link))) == ["سفينة", "قارب"]
    # What served before is not written over.
    assert titles(first) == ["سفينة"]


def test_a_server_that_is_away_at_first_leaves_it_open(combining: Combining, site: PageServer) -> None:
    for path, body, expected in (
        ("/a", tar_gz({"port.md": article("الميناء")}), ["الميناء"]),
        ("/b", rss(site.link("/news/"), "سفينة"), ["سفينة"]),
    ):
        source = combining.source(site.link(path))
        for fault in ((b"", 500), (b"<html>down for maintenance</html>", 200)):
            site.serve(path, fault[0], status=fault[1])
            failure(source)
        site.serve(path, body)
        assert titles(source.fetch()) == expected


def test_a_page_is_neither(combining: Combining, site: PageServer) -> None:
    link = site.serve("/login", b"<!doctype html><title>sign in</title>")
    error = failure(combining.source(link))
    assert (error.key, error.values) == ("source.neither", {"url": link})


def test_an_address_that_becomes_the_other_kind_is_seen_in_time(combining: Combining, site: PageServer) -> None:
    link = site.serve("/x", tar_gz({"port.md": article("الميناء")}))
    source = combining.source(link)
    served(source)
    site.serve("/x", rss(site.link("/news/"), "سفينة"))
    failure(source)
    assert titles(source.fetch()) == ["سفينة"]


def test_only_the_beginning_is_asked_for(combining: Combining, site: PageServer) -> None:
    sent = 0

    def endless(handler: object) -> None:
        nonlocal sent
        handler.send_response(200)  # type: ignore[attr-defined]
        handler.end_headers()  # type: ignore[attr-defined]
        while not site.stopping.is_set():
            handler.wfile.write(b"x" * 65536)  # type: ignore[attr-defined]
            sent += 65536

    site.answers["/endless"] = endless
    failure(combining.source(site.link("/endless")))
    assert sent < 100 << 20


def test_pages_of_a_feed_that_fail_are_told_and_are_no_reason_to_ask_sooner(
    combining: Combining, site: PageServer
) -> None:
    feed = rss(site.link("/news/"), "سفينة").replace(
        b"</channel>", f"<item><title>x</title><link>{site.link('/gone')}</link></item></channel>".encode()
    )
    link = site.serve("/feed", feed)
    source = combining.source(link)
    assert titles(source.fetch()) == ["سفينة"]
    assert problems(source) == [(link, "feed.page.status")]
    assert not any(problem.is_away for problem in source.problems)
    site.answers.clear()
    again = combining.source(link)
    assert titles(again.fetch()) == ["سفينة"]
    assert any(problem.is_away for problem in again.problems)


def test_what_is_to_be_noted_of_a_feed_that_came_does_not_make_it_away(combining: Combining, site: PageServer) -> None:
    feed = rss(site.link("/news/"), "سفينة").replace(b"</channel>", b"<item><title>x</title></item></channel>")
    site.serve("/feed", feed)
    source = combining.source(site.redirect("/before", site.link("/feed"), status=301))
    assert titles(source.fetch()) == ["سفينة"]
    assert {key for _, key in problems(source)} == {"feed.linkless", "feed.moved"}
    assert not any(problem.is_away for problem in source.problems)


def test_two_feeds_of_one_host_ask_it_one_after_the_other(combining: Combining, site: PageServer) -> None:
    at_once, most, lock = 0, 0, Lock()

    def answer(path: str) -> None:
        inner = site.answers[path]

        def slow(handler: BaseHTTPRequestHandler) -> None:
            nonlocal at_once, most
            with lock:
                at_once += 1
                most = max(most, at_once)
            time.sleep(0.02)
            # Before the answer: whoever has it may ask again at once.
            with lock:
                at_once -= 1
            inner(handler)

        site.answers[path] = slow

    links = [site.serve(f"/feed{number}", rss(site.link(f"/{number}/"), f"خبر {number}")) for number in range(3)]
    site.serve("/robots.txt", b"", "text/plain")
    for path in list(site.answers):
        answer(path)
    source = combining.source(*links)
    assert titles(source.fetch()) == ["خبر 0", "خبر 1", "خبر 2"]
    assert titles(source.fetch()) == ["خبر 0", "خبر 1", "خبر 2"]
    assert most == 1
