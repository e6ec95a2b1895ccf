"""Politeness: the pause between requests, robots.txt with its delays, and hosts that want to be left alone."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.feeds import HostPace
from bot.articles.feeds.politeness import RobotsFiles, judge_page

from .feed_site import START, Clock, FeedSite, keys, once, rss, status, title

TEXT = "text/plain"


def test_a_host_is_asked_once_a_second(site: FeedSite) -> None:
    site.fetch_items([1, 2])
    assert site.clock.waited == [1.0] * 3  # before robots.txt and each page
    assert {headers["User-Agent"] for _, headers in site.server.asked} == {"Isnad"}


def test_what_robots_txt_forbids_is_not_asked_for(site: FeedSite) -> None:
    site.server.serve("/robots.txt", b"User-agent: *\nDisallow: /news/1\n\nUser-agent: Isnad\nDisallow: /news/2", TEXT)
    source = site.fetch_items([1, 2])
    assert (site.titles(), keys(source)) == ([title(1)], ["feed.page.robots"])
    assert site.asked() == ["/feed", "/robots.txt", "/news/1"]


@pytest.mark.parametrize("path", ["/سياسة/", "/%D8%B3%D9%8A%D8%A7%D8%B3%D8%A9/", "/*سة/1$"])
@pytest.mark.parametrize("link", ["/سياسة/1", "/%D8%B3%D9%8A%D8%A7%D8%B3%D8%A9/1"])
def test_what_is_forbidden_is_known_however_it_is_written(site: FeedSite, path: str, link: str) -> None:
    site.server.serve("/robots.txt", f"User-agent: isnad\nDisallow: {path}".encode(), TEXT)
    site.serve_feed(rss([{"title": title(1), "link": site.server.link(link)}, *site.items([2])]))
    assert keys(site.fetch()) == ["feed.page.robots"]


def test_a_page_that_robots_txt_forbids_is_not_taken_by_a_redirect(site: FeedSite) -> None:
    site.server.serve("/robots.txt", b"User-agent: *\nDisallow: /closed", TEXT)
    site.serve_page(1, path="/closed/1")
    link = site.server.redirect("/news/1", "/closed/1")
    site.serve_feed(rss([*site.items([2]), {"title": title(1), "link": link}]))
    assert (keys(site.fetch()), site.titles()) == (["feed.page.robots"], [title(2)])


def test_the_delay_that_robots_txt_asks_for_is_kept(site: FeedSite) -> None:
    site.server.serve("/robots.txt", b"User-agent: *\nCrawl-delay: 7.5", TEXT)
    site.fetch_items([1, 2, 3])
    assert site.clock.waited == [1.0, 1.0, 7.5, 7.5]


def test_a_delay_of_hours_lets_one_page_through_a_fetch(site: FeedSite) -> None:
    site.server.serve("/robots.txt", b"User-agent: *\nCrawl-delay: 7200", TEXT)
    source = site.fetch_items([1, 2])
    assert (len(site.titles()), source.problems) == (1, ())
    site.fetch()
    assert len(site.titles()) == 1
    site.later(7200)
    site.fetch()
    assert len(site.titles()) == 2


@pytest.mark.parametrize("code", [401, 403, 404, 410])
def test_a_site_without_robots_txt_forbids_nothing(site: FeedSite, code: int) -> None:
    site.server.answers["/robots.txt"] = status(code)
    site.fetch_items([1])
    assert site.titles() == [title(1)]


@pytest.mark.parametrize("code", [500, 503])
def test_while_nobody_knows_what_robots_txt_says_no_page_is_asked_for(site: FeedSite, code: int) -> None:
    site.serve_feed(rss([*site.items([1]), {"title": title(2), "link": site.server.link("/news/2")}]))
    site.fetch()
    site.server.answers["/robots.txt"] = status(code)
    site.serve_page(2)
    site.later()
    site.asked()
    source = site.fetch()
    assert site.asked() == ["/feed", "/robots.txt"]
    assert keys(source) in (["feed.page.robots_away"], ["feed.page.status"])
    site.server.answers["/robots.txt"] = status(404)
    site.later()
    site.fetch()
    assert len(site.titles()) == 2


def test_a_robots_txt_too_long_to_be_read_allows_nothing(site: FeedSite) -> None:
    site.server.serve("/robots.txt", b"User-agent: *\nAllow: /\n" + b"#" * 1_000_000, TEXT)
    site.serve_feed(rss([*site.items([1]), {"title": title(2), "link": "http://127.0.0.1:1/"}]))
    site.error()
    assert site.asked() == ["/feed", "/robots.txt"]


def test_robots_txt_is_asked_for_once_a_day(site: FeedSite) -> None:
    source = site.source()
    for hour in range(0, 30, 3):
        site.serve_feed(rss(site.items([hour])))
        source.fetch()
        site.later(3 * 3600)
    assert site.asked().count("/robots.txt") == 2


@pytest.mark.parametrize("code", [429, 503])
def test_a_host_that_is_asked_too_often_is_left_alone(site: FeedSite, code: int) -> None:
    site.fetch_items([4])
    site.serve_feed(rss(site.items([1, 2, 3, 4])))
    site.asked()
    for number in (1, 2, 3):
        site.server.answers[f"/news/{number}"] = status(code, Retry_After="1800")
    assert keys(site.fetch()) == ["feed.page.busy"]
    assert len([path for path in site.asked() if path.startswith("/news")]) == 1
    site.items([1, 2, 3])
    site.later(900)
    site.fetch()
    assert site.asked() == []  # not even the feed, after a restart
    site.later(1000)
    source = site.fetch()
    assert (len(site.titles()), source.problems) == (4, ())


def test_a_host_that_wants_a_few_seconds_gets_them(site: FeedSite) -> None:
    site.serve_feed(rss(site.items([1, 2])))
    for number in (1, 2):
        site.server.answers[f"/news/{number}"] = once(
            status(429, Retry_After="20"), site.server.answers[f"/news/{number}"]
        )
    site.serve_feed(rss(site.items([3], pubDate="Mon, 04 May 2026 10:00:00 +0300")), "/other")
    site.fetch("/other")
    site.clock.waited.clear()
    assert keys(site.fetch()) == ["feed.page.busy"] * 2
    assert site.clock.waited == [1.0, 1.0, 20.0]
    site.later(20)
    site.later(900)
    assert keys(site.fetch()) == []
    assert len(site.titles()) == 3


def test_a_feed_that_is_asked_too_often_is_left_alone(site: FeedSite) -> None:
    site.fetch_items([1])
    site.server.answers["/feed"] = status(429, Retry_After="3600")
    site.asked()
    source = site.fetch()
    assert keys(source) == ["source.busy"]
    for _ in range(5):
        assert keys(site.fetch()) == ["source.busy"]
        site.source().fetch(force=True)
        site.later(600)
    assert site.asked() == ["/feed"]
    site.serve_feed(rss(site.items([1, 2])))
    site.later(601)
    assert (keys(site.fetch()), len(site.titles())) == ([], 2)


async def test_a_pace_waits_for_each_host_alone() -> None:
    clock = Clock()
    pace = HostPace(2.0, clock, clock.sleep)
    pace.note_request("http://one.example/a")
    await pace.wait("http://two.example/a", 100)
    assert clock.waited == []
    await pace.wait("HTTP://ONE.example/b", 100)
    assert clock() == START + 2


async def test_no_host_is_left_alone_for_longer_than_a_day() -> None:
    clock = Clock()
    pace = HostPace(1.0, clock, clock.sleep)
    pace.hold("http://one.example/", float("inf"))
    pace.restore({"two.example": 1e300})
    assert max(pace.held().values()) <= START + 24 * 3600


def test_a_pace_remembers_only_hosts_that_still_wait() -> None:
    clock = Clock()
    pace = HostPace(1.0, clock, clock.sleep)
    for number in range(1000):
        pace.hold(f"http://{number}.example/", 100)
        clock.now += 1
    assert len(pace.held()) < 101


LINES = st.sampled_from(
    [
        *("User-agent: *", "User-agent: Isnad", "User-agent:", "user-agent isnad*", "Disallow: /", "Disallow: /a*b*c$"),
        *("Allow: /%", "Allow: /%zz", "Disallow: /\ud800", "Crawl-delay: 1e400", "Crawl-delay: -1", "Crawl-delay: nan"),
        *("Request-rate: 1/0", "Visit-time: 9999-0000", "Disallow", ":", "# x", "Host: x", "Sitemap: http://[", "\0"),
    ]
)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@given(st.one_of(st.binary(max_size=200), st.lists(LINES, max_size=12).map("\n".join).map(_encoded)))
async def test_any_file_gives_rules(data: bytes) -> None:
    async def fetch(_: str) -> bytes:
        return data

    clock = Clock()
    file = await RobotsFiles(clock).of_site("http://host.example/a/1", fetch)
    allows, delay = judge_page(file.data, "http://host.example/\u0623/1?x=%zz")
    assert allows in {True, False}
    pace = HostPace(1.0, clock, clock.sleep)
    pace.note_request("http://host.example/", delay)
    assert all(START < until <= START + 24 * 3600 and math.isfinite(until) for until in pace.held().values())
