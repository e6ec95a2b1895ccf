"""Documents that hang who reads them: the fetch goes on, and a feed that sends them twice in a row waits."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.articles.feeds.feed_state import FeedState
from bot.workers.child_process import ChildBusyError, ChildError, ChildProcess
from tests.articles.sources.serving import failure
from tests.same_process import call_here

from .feed_site import FeedSite, keys, rss, sitemap_index, title, urlset

HOUR = 3600.0
Hang = Callable[..., None]


@pytest.fixture
def hang(monkeypatch: pytest.MonkeyPatch) -> Hang:
    """Return what has all documents with one of some words in them end the child."""
    hanging: list[bytes] = []
    error: list[ChildError] = []

    def call(child: ChildProcess, caller: object, record: dict[str, Any], data: bytes, *more: float) -> Any:
        if any(word in data for word in hanging):
            raise error[0]
        return call_here(child, caller, record, data, *more)

    def begin(*words: str, by: ChildError | None = None) -> None:
        hanging[:] = [word.encode() for word in words]
        error[:] = [by or ChildError("exit code -9")]

    monkeypatch.setattr(ChildProcess, "_call", call)
    return begin


def test_a_feed_that_hangs_twice_waits_longer_each_time(site: FeedSite, hang: Hang) -> None:
    site.fetch_items([1])
    site.serve_feed(rss(site.items([1, 2])))
    site.asked()
    hang("<rss")
    source = site.fetch()
    assert keys(source) == ["feed.hung"]
    assert site.titles() == [title(1)]
    site.later(HOUR)
    source = site.fetch()
    [problem] = source.problems
    assert (problem.error.key, problem.error.values["count"], problem.is_away) == ("feed.waits", "2", True)
    assert str(problem.error.values["until"]).endswith(" UTC")
    site.later(HOUR / 2)
    site.asked()
    assert keys(site.fetch()) == ["feed.waits"]  # after a restart too
    assert site.asked() == []
    site.later(HOUR)
    site.fetch()
    assert site.asked() == ["/feed"]
    site.later(1.5 * HOUR)
    site.fetch()
    assert site.asked() == []
    # A moderator's reload asks at once.
    hang()
    source = site.source()
    source.fetch(force=True)
    assert (keys(source), site.titles()) == ([], [title(1), title(2)])
    assert FeedState.read(site.folder).hung == 0


def test_a_page_that_hangs_holds_no_other_up_and_is_tried_again(site: FeedSite, hang: Hang) -> None:
    site.serve_feed(rss(site.items(range(4))))
    hang("كلفة المحطة رقم 1 ")
    source = site.fetch()
    assert (site.titles(), keys(source)) == ([title(0), title(2), title(3)], ["feed.page.hung"])
    hang()
    site.later()
    assert keys(site.fetch()) == []
    assert len(site.titles()) == 4


def test_a_feed_whose_pages_hang_fetch_after_fetch_waits(site: FeedSite, hang: Hang) -> None:
    site.serve_feed(rss(site.items(range(9))))
    hang("<nav>")
    assert site.error().key == "feed.hung"
    # Of nine pages two are tried: each may take a minute.
    assert len(site.asked()) == len(["/feed", "/robots.txt", "one", "another"])
    site.later(HOUR)
    assert site.error().key == "feed.waits"
    site.later(HOUR / 2)
    site.asked()
    assert (site.error().key, site.asked()) == ("feed.waits", [])
    hang()
    site.source().fetch(force=True)
    assert len(site.titles()) == 9


def test_sitemaps_that_hang_leave_the_others_for_the_next_fetch(site: FeedSite, hang: Hang) -> None:
    for number in range(5):
        site.serve_feed(urlset([(site.serve_page(number), f"2026-05-0{number + 1}")]), f"/map{number}", "text/xml")
    links = [(site.server.link(f"/map{number}"), f"2026-05-0{number + 1}") for number in range(5)]
    site.serve_feed(sitemap_index(links), kind="text/xml")
    hang("/news/4", "/news/3")
    assert site.error().key == "feed.hung"
    assert site.asked() == ["/feed", "/map4", "/map3"]


def test_a_robots_txt_that_hangs_closes_its_site_for_a_while(site: FeedSite, hang: Hang) -> None:
    site.server.serve("/robots.txt", b"User-agent: *\nDisallow: /a*a*a*b", "text/plain")
    site.serve_feed(rss(site.items([1, 2])))
    hang("Disallow")
    source = site.source()
    failure(source)
    assert set(keys(source)) == {"feed.page.robots_away"}
    assert site.asked() == ["/feed", "/robots.txt"]


def test_what_others_leave_no_time_for_is_not_held_against_it(site: FeedSite, hang: Hang) -> None:
    site.serve_feed(rss(site.items([1])))
    hang("<nav>", by=ChildBusyError("busy"))
    source = site.source()
    failure(source)
    assert source.problems == ()
    hang()
    site.fetch()
    assert site.titles() == [title(1)]
