"""Feeds of every form, fetched from a server on this machine, and what is left of them in the folder."""

import sys
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

import pytest

from bot.articles.feeds import FeedSource
from bot.articles.feeds.feed_state import FeedState
from bot.articles.origins import EntryFilter, EntryMatch
from bot.articles.sources import SourceError
from bot.storage import alone_with

from .feed_site import DAY, LIMITS, START, FeedSite, keys, page, rss, sitemap_index, status, text, title, urlset


def test_the_pages_of_a_feed_become_article_files(site: FeedSite) -> None:
    site.serve_feed(rss(site.items([1, 2], pubDate="Mon, 04 May 2026 23:30:00 +0300")))
    source = site.source()
    fetched = source.fetch()
    assert fetched.path == site.folder
    assert [(article.title, article.url, article.published, article.language) for article in site.articles()] == [
        (title(number), site.server.link(f"/news/{number}"), date(2026, 5, 4), "ar") for number in (1, 2)
    ]
    assert source.problems == ()
    assert (source.name, source.is_local) == ("site/feed", False)


@pytest.mark.parametrize("has_versions", [True, False])
def test_a_feed_that_has_nothing_new_costs_one_request(site: FeedSite, *, has_versions: bool) -> None:
    body = rss(site.items([1]))
    if has_versions:
        site.serve_feed(body)
    else:
        site.server.serve("/feed", body, "application/rss+xml")
    first = site.fetched()
    site.asked()
    assert site.fetched() == first
    assert site.asked() == ["/feed"]


def test_a_server_that_knows_only_days_of_change_is_asked_by_those(site: FeedSite) -> None:
    changed = "Mon, 04 May 2026 10:00:00 GMT"
    site.server.serve("/feed", rss(site.items([1])), "application/rss+xml", Last_Modified=changed)
    site.fetch()
    site.server.answers["/feed"] = status(304)
    site.server.asked.clear()
    assert site.fetch().problems == ()
    assert [headers.get("If-Modified-Since") for _, headers in site.server.asked] == [changed]


def test_only_what_is_new_is_fetched(site: FeedSite) -> None:
    site.serve_feed(rss(site.items([1, 2])))
    first = site.fetched()
    site.asked()
    site.serve_feed(rss(site.items([2, 3])))
    source = site.source()
    assert source.fetch().version != first.version
    assert site.asked() == ["/feed", "/robots.txt", "/news/3"]
    assert site.titles() == [title(1), title(2), title(3)]  # the first is no longer in the feed, and stays


def test_the_full_text_of_a_feed_is_taken_without_its_page(site: FeedSite) -> None:
    link = site.server.link("/news/1")
    site.serve_feed(rss([{"title": title(1), "link": link, "content:encoded": text(1) * 2}]))
    site.fetch(outlet="المدينة")
    [article] = site.articles()
    assert (article.outlet, article.url, len(article.paragraphs)) == ("المدينة", link, 8)
    assert site.asked() == ["/feed"]


@pytest.mark.parametrize("body", [text(1), text(1) * 2 + "<p>اقرأ المزيد على موقعنا</p>", text(1) * 2 + " […]"])
def test_an_excerpt_in_a_feed_is_not_taken_for_the_text(site: FeedSite, body: str) -> None:
    site.fetch_items([1], **{"content:encoded": body})
    assert "/news/1" in site.asked()
    assert len(site.articles()[0].paragraphs) == 4


def test_json_feeds_are_read(site: FeedSite) -> None:
    link = site.serve_page(1)
    plain = "\n\n".join(
        f"وفي الفقرة رقم {number} كلمات كثيرة من خبر طويل عن المدينة وأهلها، كما قال المحافظ." for number in range(20)
    )
    items = [{"id": link, "url": link}, {"id": "2", "url": "/2", "title": title(2), "content_text": plain}]
    site.serve_json({"version": "https://jsonfeed.org/version/1.1", "title": "صحيفة", "items": items})
    site.fetch()
    assert site.titles() == [title(1), title(2)]
    assert site.articles()[1].outlet == "صحيفة (127.0.0.1)"


def post(site: FeedSite, number: int, **more: object) -> dict[str, object]:
    content = {"rendered": text(number) * 2, "protected": False}
    return {
        "link": site.server.link(f"/news/{number}"),
        "title": {"rendered": f"{title(number)} &#8211; عاجل"},
        "date": "2026-05-03T01:00:00",
        "date_gmt": "2026-05-02T22:00:00",
        "modified_gmt": "2026-05-02T22:00:00",
        "content": content,
    } | more


def test_posts_of_wordpress_are_read_page_by_page(site: FeedSite) -> None:
    pages = [[post(site, 10 * number + offset) for offset in range(2)] for number in range(3)]
    for number, posts in enumerate(pages, 1):
        path = "/wp-json/wp/v2/posts" + (f"?page={number}" if number > 1 else "")
        site.serve_json(posts, path, X_WP_TotalPages="3")
    site.fetch("/wp-json/wp/v2/posts")
    assert site.titles() == [f"{title(number)} – عاجل" for number in (0, 1, 10, 11, 20, 21)]
    assert {article.published for article in site.articles()} == {date(2026, 5, 3)}
    assert len(site.asked()) == 3
    site.serve_json([post(site, 30), pages[0][0]], "/wp-json/wp/v2/posts", X_WP_TotalPages="3")
    site.fetch("/wp-json/wp/v2/posts")
    # The next page is looked at, since this one had something new, and those behind it are not.
    assert site.asked() == ["/wp-json/wp/v2/posts", "/wp-json/wp/v2/posts?page=2"]
    assert len(site.titles()) == 7


def test_very_many_pages_of_posts_are_read_over_several_fetches(site: FeedSite) -> None:
    for number in range(1, 31):
        path = "/posts" + (f"?page={number}" if number > 1 else "")
        site.serve_json([post(site, number)], path, X_WP_TotalPages="30")
    site.fetch("/posts")
    assert len(site.asked()) == 21
    site.later()
    site.fetch("/posts")
    assert len(site.titles()) == 30
    site.asked()
    site.later()
    site.fetch("/posts")
    assert [path for path in site.asked() if path.startswith("/posts")] == ["/posts"]


def test_sitemaps_are_read_from_their_index(site: FeedSite) -> None:
    first = site.serve_feed(urlset([(site.serve_page(1), "2026-05-01")]), "/first.xml")
    second = site.serve_feed(urlset([(site.serve_page(2), "2026-05-02")]), "/second.xml")
    site.serve_feed(sitemap_index([(first, "2026-05-01"), (second, "2026-05-02")]))
    site.fetch()
    assert site.titles() == [title(1), title(2)]
    site.asked()
    site.fetch()
    assert site.asked() == ["/feed"]
    site.serve_feed(urlset([(site.serve_page(2), "2026-05-02"), (site.serve_page(3), "2026-05-03")]), "/second.xml")
    site.serve_feed(sitemap_index([(first, "2026-05-01"), (second, "2026-05-03")]))
    site.later()
    site.fetch()
    assert site.asked()[:4] == ["/feed", "/second.xml", "/robots.txt", "/news/3"]
    assert site.titles() == [title(1), title(2), title(3)]


def test_one_article_under_several_links_is_one(site: FeedSite) -> None:
    link = site.serve_page(1)
    site.serve_page(1, path="/amp/news/1", head=f'<link rel="canonical" href="{link}">')
    site.serve_page(1, path="/short", head=f'<link rel="canonical" href="{link}">')
    spellings = [link, f"{link}?utm_source=rss&utm_medium=feed", f"{link}/", f"{link}#comments", f"{link}?amp=1"]
    spellings += [site.server.link("/amp/news/1"), site.server.link("/short"), link.replace("127", "www.127")]
    site.serve_feed(rss([{"title": title(1), "link": spelling} for spelling in reversed(spellings)]))
    site.fetch()
    assert site.titles() == [title(1)]
    assert sorted(site.asked()) == ["/feed", "/news/1", "/robots.txt", "/short"]


def test_a_changed_article_is_written_anew(site: FeedSite) -> None:
    link = site.serve_page(1)
    site.serve_feed(urlset([(link, "2026-05-01T10:00:00Z")]))
    site.fetch()
    [file] = site.folder.glob("*.md")
    site.serve_page(1, word="وتغيّر النص.")
    site.serve_feed(urlset([(link, "2026-05-01T12:00:00Z")]))
    site.fetch()
    assert list(site.folder.glob("*.md")) == [file]
    assert "وتغيّر النص." in file.read_text(encoding="utf-8")


def test_a_feed_that_calls_everything_changed_is_believed_less_and_less(site: FeedSite) -> None:
    link, asked = site.serve_page(1), []
    for day in range(30):
        site.server.serve("/news/1", page(1), ETag='"1"')
        site.serve_feed(urlset([(link, f"2026-06-{day + 1:02}")]))
        site.server.asked.clear()
        site.fetch()
        # Second looks ask by the version that is known.
        if any(path == "/news/1" and "If-None-Match" not in headers for path, headers in site.server.asked):
            asked.append(day)
        site.later()
    assert asked == [0, 1, 3, 7, 15]
    assert site.titles() == [title(1)]


def test_a_page_that_fails_is_asked_for_less_and_less_though_the_feed_calls_it_changed(site: FeedSite) -> None:
    link, gone = site.serve_page(1), site.server.link("/gone")
    for hour in range(0, 40 * 24, 24):
        site.serve_feed(urlset([(link, "2026-05-01"), (gone, f"2026-06-01T00:00:{hour:05}")]))
        site.fetch()
        site.later(24 * 3600)
    assert 3 <= site.asked().count("/gone") <= 15


def test_pages_that_name_one_and_the_same_link_stay_apart(site: FeedSite) -> None:
    head = f'<link rel="canonical" href="{site.server.link("/news")}">'
    for numbers in ([1, 2], [3]):
        links = [site.serve_page(number, head=head) for number in numbers]
        site.serve_feed(rss([{"title": "خبر", "link": link} for link in links]))
        site.fetch()
    assert site.titles() == [title(1), title(2), title(3)]


@pytest.mark.parametrize(
    ("head", "argument", "expected"),
    [
        ('<meta property="og:site_name" content="الصحيفة">', "المدينة", "المدينة"),
        ('<meta property="og:site_name" content="الصحيفة">', None, "الصحيفة (127.0.0.1)"),
        ("", "المدينة", "المدينة"),
        ("", None, "أخبار المدينة (127.0.0.1)"),
    ],
)
def test_the_outlet_is_that_of_the_source_or_else_a_name_with_its_host(
    site: FeedSite, head: str, argument: str | None, expected: str
) -> None:
    site.serve_feed(rss([{"title": title(1), "link": site.serve_page(1, head=head)}]))
    site.fetch(outlet=argument)
    assert [article.outlet for article in site.articles()] == [expected]


def test_what_gave_itself_for_anothers_is_told_for_a_month_or_until_its_host_is_named(site: FeedSite) -> None:
    head = '<link rel="canonical" href="https://b.example/news/{}"><meta property="og:site_name" content="الصحيفة">'
    links = [site.serve_page(number, head=head.format(number)) for number in (1, 2)]
    site.serve_feed(rss([{"title": "خبر", "link": link} for link in links]))
    for day in (0, 1, 29):
        site.clock.now = START + day * DAY
        [problem] = site.fetch(outlet="المدينة").problems
        assert (problem.error.key, problem.is_away, problem.error.values["number"]) == ("feed.claims", False, "2")
        assert str(problem.error.values["claimed"]).startswith("الصحيفة https://b.example/news/")
    assert {(article.url, article.outlet) for article in site.articles()} == {(link, "المدينة") for link in links}
    assert site.fetch(hosts=["www.b.example"]).problems == ()
    site.serve_page(1, "وتغيّر النص.", head=head.format(1))
    site.serve_feed(rss([{"title": "خبر", "link": link, "pubDate": "Mon, 04 May 2026 10:00:00 GMT"} for link in links]))
    assert [problem.error.key for problem in site.fetch().problems] == ["feed.claims"]
    site.clock.now += 31 * DAY
    assert site.fetch().problems == ()


def move(site: FeedSite, number: int, paths: list[str], word: str = "") -> FeedSource:
    """List a piece under other links, at another day."""
    items = [{"title": title(number), "link": site.serve_page(number, word, path)} for path in paths]
    site.serve_feed(rss([{**item, "pubDate": f"Mon, 04 May 2026 10:00:{len(word):02} GMT"} for item in items]))
    site.later()
    return site.fetch()


def test_a_piece_under_a_new_link_each_time_stays_one_article(site: FeedSite) -> None:
    site.fetch_items([1], pubDate="Sun, 03 May 2026 10:00:00 GMT")
    [file] = site.folder.glob("*.md")
    for number in range(3):
        move(site, 1, [f"/moved/{number}/{part}" for part in range(3)])
    assert [*site.folder.glob("*.md")] == [file]
    [article] = site.articles()
    assert (article.published, (article.url or "").rpartition("/")[0]) == (
        date(2026, 5, 3),
        site.server.link("/moved/2"),
    )
    # Its links lead to it from now on: a change is one of the same article.
    moved = urlsplit(article.url or "").path
    move(site, 1, [moved], "وتغيّر النص.")
    assert [*site.folder.glob("*.md")] == [file]
    assert "وتغيّر النص." in file.read_text(encoding="utf-8")


def test_pieces_of_other_hosts_or_of_few_words_stay_apart(site: FeedSite) -> None:
    links = [site.serve_page(1), site.serve_page(1, path="/copy").replace("127.0.0.1", "localhost")]
    notice = "أعلنت البلدية أن المكتبة مغلقة اليوم بسبب العطلة الرسمية، وأنها تفتح غداً."
    short = f"<html><body><article><h1>{{}}</h1><p>{notice}</p></article>"
    for day in ("الأحد", "الاثنين"):
        links.append(site.server.serve(f"/notice/{len(links)}", short.format(f"إغلاق المكتبة يوم {day}").encode()))
    site.serve_feed(rss([{"title": f"خبر {number}", "link": link} for number, link in enumerate(links)]))
    source = site.fetch()
    assert (len(site.titles()), source.problems) == (4, ())


def test_what_does_not_fit_comes_with_the_next_fetch_though_the_feed_lists_it_no_more(site: FeedSite) -> None:
    site.serve_feed(rss(site.items(range(5))))
    limits = replace(LIMITS, download_bytes=2 * len(page(1)) + len(rss(site.items(range(5)))))
    site.fetch(limits=limits)
    assert 0 < len(site.titles()) < 5
    site.serve_feed(rss(site.items([5])))
    site.later()
    source = site.fetch()
    assert (len(site.titles()), source.problems) == (6, ())


def test_no_more_articles_are_kept_than_the_limit(site: FeedSite) -> None:
    site.serve_feed(rss(site.items(range(4))))
    source = site.fetch(limits=replace(LIMITS, files=3))
    assert (len(site.titles()), keys(source)) == (3, ["feed.full"])
    items = site.items(range(4))
    for number in range(4):
        site.serve_page(number, word="وتغيّر النص.")
    site.serve_feed(rss([{**item, "pubDate": "Mon, 04 May 2026 10:00:00 GMT"} for item in items]))
    site.fetch(limits=replace(LIMITS, files=3))
    assert sum("وتغيّر النص." in file.read_text(encoding="utf-8") for file in site.folder.glob("*.md")) == 3
    source = site.fetch(limits=replace(LIMITS, unpacked_bytes=2000))
    assert (len(site.titles()), keys(source)) == (3, ["feed.full"])
    site.later()
    source = site.fetch(limits=replace(LIMITS, files=4))
    assert (len(site.titles()), keys(source)) == (4, [])


def tries_of(site: FeedSite) -> set[int]:
    return {known.again.tries for known in FeedState.read(site.folder).known.values() if known.again.key}


def test_a_page_that_has_no_article_is_told_and_given_up_in_the_end(site: FeedSite) -> None:
    items = site.items([1])
    items += [{"title": "فيديو", "link": site.server.serve("/film", b"x", "video/mp4")}]
    items += [{"title": "اشترك", "link": site.server.serve("/empty", b"<html><body><p>x</p></body></html>")}]
    site.serve_feed(rss(items))
    for tries in (1, 2, 3):
        source = site.fetch()
        assert sorted(keys(source)) == ["feed.page.kind", "feed.page.no_article"]
        assert tries_of(site) == {tries}
        site.later(10 * 24 * 3600)
    assert str(source.problems[0].error.values["link"]).endswith(("/film", "/empty"))
    site.asked()
    source = site.fetch()
    assert not {"/film", "/empty"} & {*site.asked()}
    assert len(source.problems) == 2
    site.serve_feed(rss([*items[:1], {**items[1], "title": "فيديو جديد"}, items[2]]))
    site.later(3 * 24 * 3600)
    site.fetch()
    assert "/film" in site.asked()  # it changed, and has its tries again


def test_a_page_that_fails_is_tried_again_though_the_feed_lists_it_no_more(site: FeedSite) -> None:
    items = site.items([1, 2])
    site.server.answers["/news/2"] = status(500)
    site.serve_feed(rss(items))
    source = site.fetch()
    assert (keys(source), tries_of(site)) == (["feed.page.status"], {1})
    site.serve_feed(rss(items[:1]))
    site.asked()
    site.fetch()
    assert site.asked() == ["/feed"]  # it is too early for another try
    site.serve_page(2)
    site.later()
    source = site.fetch()
    assert (site.titles(), source.problems) == ([title(1), title(2)], ())


def test_a_feed_without_a_single_article_says_so(site: FeedSite) -> None:
    site.serve_feed(rss([{"title": "x", "link": site.server.link("/gone")}]))
    error = site.error()
    assert (error.key, error.values["number"]) == ("feed.no_articles", 1)


def test_the_token_goes_to_the_feed_alone(site: FeedSite) -> None:
    site.serve_feed(rss(site.items([1])))
    site.fetch(token="secret")
    sent = {path: headers.get("Authorization") for path, headers in site.server.asked}
    assert sent == {"/feed": "Bearer secret", "/robots.txt": None, "/news/1": None}


@pytest.mark.parametrize("missing", ["feedparser", "protego", "trafilatura"])
def test_without_the_extra_it_says_what_to_install(
    site: FeedSite, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    error = site.error()
    assert (error.key, error.values["detail"]) == ("rejection.no_extra", "import")
    assert site.asked() == []


def test_a_fetch_beside_another_process_takes_nothing(site: FeedSite) -> None:
    site.fetch_items([1])
    site.asked()
    with alone_with(site.folder / ".feed.lock") as is_alone:
        assert is_alone
        site.fetch()
    assert site.asked() == []


def test_what_a_filter_leaves_out_is_not_asked_for(site: FeedSite) -> None:
    items = [*site.items([1, 2], category="أبراج"), *site.items([3], category="اقتصاد")]
    site.serve_feed(rss(items))
    source = site.source(taken=EntryFilter(without=EntryMatch(section=("أبراج",))))
    source.fetch()
    assert site.asked() == ["/feed", "/robots.txt", "/news/3"]
    assert (site.titles(), source.problems) == ([title(3)], ())
    # What was kept before there was a filter stays.
    site.later()
    source = site.source(taken=EntryFilter(only=EntryMatch(path=("/news/1",))))
    source.fetch()
    assert site.titles() == [title(1), title(3)]


def test_a_filter_that_nothing_passes_is_named(site: FeedSite) -> None:
    site.serve_feed(rss(site.items([1, 2])))
    source = site.source(taken=EntryFilter(only=EntryMatch(words=("كلمة ليست فيها",))))
    with pytest.raises(SourceError) as caught:
        source.fetch()
    assert (caught.value.key, caught.value.values["number"]) == ("feed.filtered", "2")


@pytest.mark.parametrize("opening", ['<a href="x>', "<![CDATA[", "<!-- "])
def test_entries_that_broken_markup_swallowed_are_counted(site: FeedSite, opening: str) -> None:
    site.serve_feed(rss(site.items([1, 2, 3])).replace(title(2).encode(), f"{opening}{title(2)}".encode(), 1))
    source = site.source()
    source.fetch()
    [lost] = [problem.error.values["number"] for problem in source.problems if problem.error.key == "feed.lost"]
    assert title(3) not in site.titles()
    assert lost == "1"
