"""robots.txt of any content gives rules, and an answer for any link."""

import math

from hypothesis import given
from hypothesis import strategies as st

from bot.articles.feeds.host_pace import HostPace, RobotsFiles, judge_page

from .feed_site import START, Clock

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
