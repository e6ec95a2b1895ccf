"""One article over several feeds is one, with the newest text, under the id that it had first."""

import shutil
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles import feeds as feeds_room
from bot.articles.combined import CombinedSource, KeptFolder
from bot.articles.combined.combined_files import FeedFiles, FeedLinks, PartFile
from bot.articles.combined.kept_store import KeptStore
from bot.articles.feeds import HostPace
from bot.articles.sources import Copy, Fetched
from bot.articles.sources.address import read_address
from tests.articles.feeds.feed_site import DAY, Clock, page, rss, status, text, title, urlset
from tests.articles.page_server import PageServer
from tests.articles.sources.conftest import LIMITS

from .conftest import Combining, articles
from .test_kept_folder import ROOT, Faulty

CORRECTED = "وتغيّر النص."


@dataclass
class Newsroom:
    """A site with a feed and a sitemap, followed by both, and a clock."""

    site: PageServer
    combining: Combining
    clock: Clock

    def link(self, number: int, word: str = "") -> str:
        return self.site.serve(f"/news/{number}", page(number, word))

    def feed(self, *numbers: int, **more: str) -> str:
        items = [{"title": title(number), "link": self.site.link(f"/news/{number}"), **more} for number in numbers]
        return self.site.serve("/feed", rss(items))

    def sitemap(self, *numbers: int, changed: str = "2026-05-20T10:00:00Z") -> str:
        return self.site.serve("/map.xml", urlset((self.site.link(f"/news/{number}"), changed) for number in numbers))

    def fetch(self, *urls: str, kept: KeptFolder | None = None, later: float = 900.0) -> tuple[CombinedSource, Fetched]:
        """Fetch as after a restart."""
        self.clock.now += later
        source = self.combining.source(*(urls or map(self.site.link, ("/feed", "/map.xml"))), kept=kept)
        return source, source.fetch()

    def texts(self, fetched: Fetched) -> dict[str, str]:
        """Return the text of each article by its id."""
        found = articles(fetched).items()
        return {name: " ".join(paragraph.text for paragraph in article.paragraphs) for name, article in found}


@pytest.fixture
def newsroom(site: PageServer, combining: Combining, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    clock = Clock()
    monkeypatch.setattr(feeds_room, "HostPace", partial(HostPace, clock=clock, sleep=clock.sleep))
    room = Newsroom(site, combining, clock)
    for number in range(3):
        room.link(number)
    room.feed(0, 1, 2)
    room.sitemap(0, 1, 2)
    return room


def changed(before: Fetched, after: Fetched, newsroom: Newsroom) -> list[str]:
    """Return the ids of changed articles; none comes or goes."""
    old, new = newsroom.texts(before), newsroom.texts(after)
    assert old.keys() == new.keys()
    return [name for name in old if old[name] != new[name]]


@pytest.mark.parametrize("turned", [True, False])
def test_a_correction_that_only_one_source_sees_is_served(newsroom: Newsroom, *, turned: bool) -> None:
    urls = [newsroom.site.link(path) for path in ("/feed", "/map.xml")][:: -1 if turned else 1]
    _, before = newsroom.fetch(*urls)
    newsroom.link(1, CORRECTED)
    newsroom.sitemap(0, 1, 2, changed="2026-05-28T20:00:00Z")
    _, after = newsroom.fetch(*urls)
    [name] = changed(before, after, newsroom)
    assert CORRECTED in newsroom.texts(after)[name]
    # Where the other source sees it too, that is nothing new, and so it stays.
    for _ in range(8):
        _, again = newsroom.fetch(*urls, later=DAY / 4)
        assert changed(after, again, newsroom) == []


def test_an_article_keeps_the_id_of_the_source_that_had_it_first(newsroom: Newsroom) -> None:
    newsroom.feed(0)
    _, before = newsroom.fetch()
    assert len(articles(before)) == 3
    newsroom.feed(0, 1, 2)
    _, after = newsroom.fetch(later=3600)
    assert changed(before, after, newsroom) == []
    # Also where nothing but what was gathered is left.
    shutil.rmtree(newsroom.combining.cache)
    _, again = newsroom.fetch()
    assert changed(before, again, newsroom) == []


def test_two_sources_that_have_slightly_different_texts_do_not_take_turns(newsroom: Newsroom) -> None:
    newsroom.feed(0, 1, 2, **{"content:encoded": text(1, "في الخلاصة") * 2})
    _, before = newsroom.fetch()
    for step in (900.0, 3600.0, DAY / 4, DAY / 4, DAY, DAY, 3 * DAY):
        _, after = newsroom.fetch(later=step)
        assert after == before


def test_the_beginning_that_a_feed_carries_stands_for_no_page(newsroom: Newsroom) -> None:
    lead = " ".join(["كلمة من أول النص في الخلاصة."] * 25)
    for number in range(3):
        newsroom.site.serve(f"/news/{number}", page(number, " ".join(["وبقية النص كله في الصفحة."] * 30)))
    newsroom.feed(0, 1, 2, **{"content:encoded": f"<p>{lead}</p>"})
    _, before = newsroom.fetch()
    assert all("وبقية النص" in words for words in newsroom.texts(before).values())
    newsroom.feed(0, 1, 2, **{"content:encoded": f"<p>{lead} {CORRECTED}</p>"})
    _, after = newsroom.fetch(later=3600)
    assert changed(before, after, newsroom) == []


def test_what_one_source_withdrew_no_other_gives_and_it_returns_in_all(newsroom: Newsroom) -> None:
    texts = newsroom.texts(newsroom.fetch()[1])
    [gone] = [name for name, words in texts.items() if "رقم 1 " in words]
    newsroom.site.answers["/news/1"] = status(404)
    newsroom.feed(0, 1, 2, pubDate="Fri, 29 May 2026 10:00:00 GMT")  # the feed's source looks at once
    for _ in range(6):
        source, after = newsroom.fetch(later=DAY / 4)
    assert texts.keys() - articles(after).keys() == {gone}
    assert source.kept_out().has_id(gone)
    assert [problem.error.key for problem in source.problems] == ["feed.withdrawn.status"]
    newsroom.link(1)
    for _ in range(3):
        source, after = newsroom.fetch(later=DAY)
    assert texts.keys() == articles(after).keys()
    assert not len(source.kept_out())


def test_a_single_feed_names_what_it_withdrew_by_its_id(newsroom: Newsroom) -> None:
    feed = newsroom.site.link("/feed")
    before = articles(newsroom.fetch(feed)[1])
    newsroom.site.answers["/news/1"] = status(410)
    for _ in range(8):
        source, after = newsroom.fetch(feed, later=DAY / 4)
    assert {one.id for one in source.kept_out()} == before.keys() - articles(after).keys()
    assert len(source.kept_out()) == 1
    assert [problem.error.key for problem in source.problems] == ["feed.withdrawn.status"]


def test_of_a_feed_that_withdrew_its_only_article_nothing_is_kept(newsroom: Newsroom) -> None:
    newsroom.feed(1)
    other = newsroom.site.serve("/other", rss([{"title": title(2), "link": newsroom.link(2)}]))
    urls = (newsroom.site.link("/feed"), other)
    newsroom.fetch(*urls)
    newsroom.site.answers["/news/1"] = status(404)
    for _ in range(8):
        source, fetched = newsroom.fetch(*urls, later=DAY / 4)
    assert [article.title for article in articles(fetched).values()] == [title(2)]
    assert [problem.error.key for problem in source.problems] == ["feed.withdrawn.status"]


def test_what_was_withdrawn_stays_out_over_disks_that_are_thrown_away(newsroom: Newsroom) -> None:
    remote = Faulty()
    newsroom.site.answers["/map.xml"] = status(404)
    for turn in range(12):
        shutil.rmtree(newsroom.combining.cache, ignore_errors=True)
        store = KeptStore(read_address("s3://bucket/kept"), LIMITS, lambda _: (remote, ROOT))
        kept = KeptFolder(newsroom.combining.cache / "kept", store)
        _, fetched = newsroom.fetch(newsroom.site.link("/feed"), kept=kept, later=DAY / 4)
        if turn == 0:
            newsroom.site.answers["/news/1"] = status(404)
    assert len(articles(fetched)) == 2
    assert len([name for name in remote.names() if name.endswith(".md")]) == 2


TIMES = st.sampled_from([0, 1000, 1500, 5000, 9000])
COPY = st.builds(Copy, TIMES, TIMES, st.sampled_from([0, 3000, 6000]), st.booleans())
COPIES = st.lists(COPY, min_size=1, max_size=4)


@given(copies=COPIES, own=st.sets(st.integers(0, 3)))
def test_of_any_copies_one_is_served_and_the_same_each_time(
    tmp_path_factory: pytest.TempPathFactory, copies: list[Copy], own: set[int]
) -> None:
    folder = tmp_path_factory.mktemp("copies")
    feeds = []
    for number, copy in enumerate(copies):
        path = folder / f"{number}.md"
        path.write_text('---\ntitle: "x"\nurl: "https://host.example/1"\n---\n\nنص.\n', encoding="utf-8")
        sites = {"host.example"} if number in own else set[str]()
        feeds.append(FeedFiles([PartFile("x.md", str(path))], {"x.md": copy}, sites, set()))
    links = FeedLinks()
    given_files = links.merge(feeds)
    assert links.merge(feeds) == given_files
    [(holder, file)] = [(number, file) for number, files in enumerate(given_files) for file in files]
    assert file.place is not None
    speakers = [number for number in range(len(copies)) if number in own] or [*range(len(copies))]
    served = int(Path(file.place).stem)
    assert {holder, served} <= {*speakers}
    assert copies[holder].came <= min(copies[number].came for number in speakers) + 900
    if not all(copies[number].stamp for number in speakers):
        assert copies[served].changed >= max(copies[number].changed for number in speakers) - 900
