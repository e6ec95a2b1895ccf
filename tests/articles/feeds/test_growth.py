"""A feed that grows for thirty days: nothing lost, nothing twice, and at the end no more remembered than before."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from bot.articles.feeds.feed_state import FeedState

from .feed_site import DAY, FeedSite, once, rss, status, title

DAYS, A_DAY, LISTED = 30, 5, 12
_FROM = 10  # the day from which on what is remembered must not grow


def published(number: int, start: float) -> str:
    moment = datetime.fromtimestamp(start + number // A_DAY * DAY, UTC)
    return f"{moment:%a, %d %b %Y} 01:00:00 GMT"


@pytest.mark.slow
def test_thirty_days_of_news_are_kept_whole_and_once(site: FeedSite) -> None:
    start, sizes, seen, known = site.clock(), [], [], set[int]()
    for day in range(DAYS):
        for part in range(2):
            newest = day * A_DAY + (2 if part == 0 else A_DAY)
            numbers = range(newest - 1, max(newest - LISTED, 0) - 1, -1)
            items = []
            for number in numbers:
                link = site.serve_page(number) if number not in known else site.server.link(f"/news/{number}")
                if number not in known and number % 7 == 3:  # the first time, its page is away
                    site.server.answers[f"/news/{number}"] = once(status(500), site.server.answers[f"/news/{number}"])
                known.add(number)
                link += "?utm_source=rss" if day % 2 else ""
                items.append({"title": title(number), "link": link, "pubDate": published(number, start)})
            if day % 9 == 4 and part == 0:
                site.server.answers["/feed"] = status(503)
            else:
                site.serve_feed(rss(items))
            site.source().fetch(force=day % 5 == 0)
            site.later(DAY / 2)
        sizes.append((site.folder / ".feed.json").stat().st_size)
        state = FeedState.read(site.folder)
        seen.append(len(state.known))
    site.fetch()
    articles = site.articles()
    assert Counter(article.title for article in articles) == Counter(map(title, range(DAYS * A_DAY)))
    assert len({article.url for article in articles}) == DAYS * A_DAY
    assert all(article.published is not None for article in articles)
    assert max(seen[_FROM:]) <= LISTED + 9 * A_DAY
    assert max(sizes[_FROM:]) <= 1.5 * max(sizes[_FROM - 2 : _FROM])
    asked = Counter(path for path in site.asked() if path.startswith("/news/"))
    assert max(asked.values()) <= 2 * DAYS + 4  # with the second looks, twice a day, and those that were away
    assert FeedState.read(site.folder).waiting == {}


def test_a_feed_that_comes_back_after_a_month_is_not_taken_twice(site: FeedSite) -> None:
    old, new = site.items([1, 2]), site.items([3])
    site.serve_feed(rss(old))
    site.fetch()
    for day in range(DAYS):
        site.serve_feed(rss(new, name=f"أخبار اليوم {day}"))
        site.later()
        site.fetch()
    assert len(FeedState.read(site.folder).known) == 1
    site.asked()
    site.serve_feed(rss([*old, *new]))
    site.fetch()
    assert site.asked() == ["/feed"]
    assert len(site.titles()) == 3
