"""Second looks at pages: what a site withdrew leaves, what it corrected arrives, a site that breaks loses nothing."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from http.server import BaseHTTPRequestHandler

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.articles.feeds import FeedSource, page_rhythm
from bot.articles.feeds.page_memory import Page, PageMemory, Withdrawal
from tests.examples import examples

from .feed_site import DAY, FeedSite, keys, page, rss, status, text, title, urlset

HOUR = 3600.0
GONE = "feed.withdrawn.status"


def notice(words: str, name: str = "") -> bytes:
    return f"<html><head><title>{name or words}</title></head><body><h1>{name}</h1><p>{words}</p></body>".encode()


def watch(site: FeedSite, days: float, step: float = DAY / 4) -> FeedSource:
    """Fetch several times a day, as after a restart each."""
    source = site.fetch()
    for _ in range(round(days * DAY / step)):
        site.later(step)
        source = site.fetch()
    return source


def told(source: FeedSource) -> list[tuple[str, str]]:
    return [(problem.error.key, str(problem.error.values.get("title", ""))) for problem in source.problems]


@pytest.mark.parametrize("code", [404, 410])
def test_an_article_whose_page_is_gone_for_a_day_leaves_and_is_told(site: FeedSite, code: int) -> None:
    site.fetch_items(range(4))
    site.server.answers["/news/1"] = status(code)
    source = watch(site, 0.75)
    assert (len(site.titles()), source.withdrawn, keys(source)) == (4, [], [])
    source = watch(site, 1)
    assert site.titles() == [title(0), title(2), title(3)]
    [problem] = source.problems
    assert (problem.error.key, problem.is_away) == (GONE, False)
    assert {name: problem.error.values[name] for name in ("title", "outlet", "day")} == {
        "title": title(1),
        "outlet": "أخبار المدينة (127.0.0.1)",
        "day": "2026-05-29",
    }
    assert [(gone.url, gone.title) for gone in source.withdrawn] == [(site.server.link("/news/1"), title(1))]
    # It is told for a week, and out for longer.
    source = watch(site, 8, DAY)
    assert (len(site.titles()), keys(source), len(source.withdrawn)) == (3, [], 1)


@pytest.mark.parametrize(
    "body",
    [
        notice("سُحب هذا المقال بقرار من هيئة التحرير."),
        notice("تمت إزالة هذا الخبر.", title(1)),
        notice("عذراً، الصفحة غير موجودة. عد إلى الصفحة الرئيسية."),
        notice("عفواً، الخبر المطلوب لم يعد متوفراً في موقعنا."),
        notice("قررت هيئة التحرير سحب هذا التقرير لعدم دقته.", title(1)),
        notice("تعذّر العثور على المادة التي طلبتها."),
        notice("Sorry, this article has been withdrawn by the editors."),
        notice("Page introuvable", "Erreur"),
        notice("Cet article a été retiré.", title(1)),
    ],
)
def test_a_page_that_says_that_it_is_gone_is_gone(site: FeedSite, body: bytes) -> None:
    site.fetch_items(range(4))
    site.server.serve("/news/1", body)
    assert told(watch(site, 2)) == [("feed.withdrawn.gone", title(1))]


OTHER_NEWS = "<h2>آخر الأخبار</h2>" + "".join(
    f"<h3><a href='/other/{number}'>عنوان خبر آخر من أخبار اليوم رقم {number}</a></h3>"
    f"<p>وهذا موجز خبر آخر عن اجتماع عقدته البلدية أمس في القاعة رقم {number}، وحضره كثير من السكان.</p>"
    for number in range(8)
)


@pytest.mark.parametrize("name", ["الصفحة غير موجودة - أخبار المدينة", title(1)])
@pytest.mark.parametrize("tag", ["aside", "div"])
def test_a_page_that_is_gone_may_be_full_of_other_news(site: FeedSite, name: str, tag: str) -> None:
    site.fetch_items(range(4))
    said = f"<div><h1>{name}</h1><p>سُحب هذا المقال من الموقع.</p></div><{tag}>{OTHER_NEWS}</{tag}>"
    gone = f"<html><head><title>{name}</title></head><body>{said}</body>".encode()
    site.server.serve("/news/1", gone)
    assert told(watch(site, 2)) == [("feed.withdrawn.gone", title(1))]
    assert title(1) not in site.titles()
    watch(site, 3, DAY)
    assert len(site.titles()) == 3


def test_a_link_that_leads_to_other_news_for_a_week_is_gone_and_a_page_of_its_own_is_not(site: FeedSite) -> None:
    site.fetch_items(range(8))
    other = f"<html><head><title>أخبار</title></head><body>{OTHER_NEWS}</body>".encode()
    site.server.serve("/news", other)
    site.server.redirect("/news/1", "/news")
    site.server.serve("/news/2", other)
    assert keys(watch(site, 5, DAY / 2)) == []
    assert told(watch(site, 6, DAY / 2)) == [("feed.withdrawn.front", title(1))]


def test_an_article_that_quotes_such_words_is_none_that_is_gone(site: FeedSite) -> None:
    site.fetch_items(range(4))
    site.serve_page(1, "وكتبت الصحيفة: سُحب هذا المقال، الصفحة غير موجودة.")
    assert keys(watch(site, 3)) == []
    assert len(site.titles()) == 4


@pytest.mark.parametrize("is_marked", [True, False])
def test_a_page_that_became_one_for_subscribers_is_gone_and_no_correction(site: FeedSite, *, is_marked: bool) -> None:
    site.fetch_items(range(4))
    head = '<script type="application/ld+json">{"isAccessibleForFree": false}</script>' if is_marked else ""
    lead = text(1).partition("</p>")[0] + "</p>"
    wall = "" if is_marked else "<div class='wall'><p>اشترك لمتابعة القراءة.</p></div>"
    stub = f"<html><head><title>{title(1)}</title>{head}</head><body><article><h1>{title(1)}</h1>{lead}</article>{wall}"
    site.server.serve("/news/1", stub.encode())
    before = {article.title: article.paragraphs for article in site.articles()}
    assert keys(watch(site, 0.75)) == []
    assert {article.title: article.paragraphs for article in site.articles()} == before
    assert told(watch(site, 1)) == [("feed.withdrawn.paywalled", title(1))]


def test_a_changed_entry_does_not_make_a_stub_of_an_article(site: FeedSite) -> None:
    links = [site.serve_page(number) for number in range(4)]
    site.serve_feed(urlset((link, "2026-05-01T10:00:00Z") for link in links))
    site.fetch()
    head = '<script type="application/ld+json">{"isAccessibleForFree": false}</script>'
    site.server.serve("/news/1", page(1, head=head).partition(b"</p>")[0] + b"</p></article></body>")
    site.serve_feed(urlset((link, "2026-05-28T10:00:00Z") for link in links))
    site.fetch()
    assert {len(article.paragraphs) for article in site.articles()} == {4}


UNCLEAR: Mapping[str, Callable[[BaseHTTPRequestHandler], object]] = {
    **{str(code): status(code) for code in (401, 403, 429, 451, 500, 502, 503)},
    "cut": lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9"),
}


@pytest.mark.parametrize(
    "answer", [*UNCLEAR, "challenge", "login", "for now", "elsewhere", "film", "front for a while"]
)
def test_whatever_may_pass_takes_nothing_out(site: FeedSite, answer: str) -> None:
    site.fetch_items(range(4))
    pages = {
        "challenge": notice("Checking your browser", "Just a moment..."),
        "login": notice("أدخل كلمة المرور"),
        "for now": notice("هذه الصفحة غير متاحة مؤقتاً، عد إليها بعد قليل."),
        "elsewhere": notice("هذا المحتوى غير متاح في بلدك."),
    }
    if answer in UNCLEAR:
        site.server.answers["/news/1"] = UNCLEAR[answer]
    elif answer in pages:
        site.server.serve("/news/1", pages[answer])
    elif answer == "film":
        site.server.serve("/news/1", b"x", "video/mp4")
    else:
        site.server.serve("/", notice("آخر الأخبار"))
        site.server.redirect("/news/1", "/")
    source = watch(site, 5, DAY / 2)
    assert (len(site.titles()), keys(source)) == (4, [])


def test_a_link_that_leads_to_the_front_page_for_a_week_is_gone(site: FeedSite) -> None:
    site.fetch_items(range(4))
    site.server.serve("/ar", notice("آخر الأخبار"))
    site.server.redirect("/news/1", "/ar")
    assert told(watch(site, 11, DAY / 2)) == [("feed.withdrawn.front", title(1))]


def test_a_site_whose_links_all_break_loses_nothing_and_moderators_are_told(site: FeedSite) -> None:
    site.fetch_items(range(24))
    answers = dict(site.server.answers)
    for number in range(24):
        site.server.answers[f"/news/{number}"] = status(404)
    source = watch(site, 12, DAY)
    assert (len(site.titles()), keys(source), source.withdrawn) == (24, ["feed.many_refuse"], [])
    assert int(str(source.problems[0].error.values["number"])) > 10
    site.server.answers = answers
    assert keys(watch(site, 10, DAY)) == []
    # Of a site that is well again, a single article is believed to be gone.
    site.server.answers["/news/7"] = status(404)
    assert [gone.url for gone in watch(site, 20, DAY).withdrawn] == [site.server.link("/news/7")]
    assert len(site.titles()) == 23


@pytest.mark.slow
def test_a_section_that_breaks_is_not_taken_out_piece_by_piece(site: FeedSite) -> None:
    site.fetch_items(range(40))
    for number in range(0, 40, 2):
        site.server.answers[f"/news/{number}"] = status(404)
    source = watch(site, 60, DAY)
    assert (len(site.titles()), keys(source)) == (40, ["feed.many_refuse"])


@pytest.mark.slow
def test_an_old_site_that_is_hardly_looked_at_is_looked_at_before_anything_leaves(site: FeedSite) -> None:
    site.fetch_items(range(30), pubDate="Mon, 02 May 2016 10:00:00 GMT")
    watch(site, 30, DAY)
    for number in range(30):
        site.server.answers[f"/news/{number}"] = status(404)
    watch(site, 30, DAY)
    assert len(site.titles()) == 30


def dead(site: FeedSite) -> dict[str, str]:
    return {article.title: str(article.dead_since) for article in site.articles() if article.dead_since}


def test_a_link_is_dead_from_the_first_refusal_until_it_works_again(site: FeedSite) -> None:
    site.fetch_items(range(24))
    before = {article.title: article for article in site.articles()}
    for number in range(20):
        site.server.answers[f"/news/{number}"] = status(404)
    watch(site, 1)
    assert set(dead(site).values()) == {"2026-05-29"}
    assert set(dead(site)) <= {title(number) for number in range(20)}
    # So many are not believed to be withdrawn, and stay.
    watch(site, 4)
    assert len(dead(site)) == 20
    assert [replace(article, dead_since=None) for article in site.articles()] == list(before.values())
    site.fetch_items(range(24))
    watch(site, 8, DAY / 2)
    assert not dead(site)
    assert site.articles() == list(before.values())


@pytest.mark.parametrize("code", [404, 500])
def test_where_feed_and_pages_are_gone_nothing_leaves_and_after_days_the_links_are_dead(
    site: FeedSite, code: int
) -> None:
    site.fetch_items(range(4))
    for path in ("/feed", "/news/1", "/news/2"):
        site.server.answers[path] = status(code)
    watch(site, 2)
    assert not dead(site)
    site.asked()
    watch(site, 4)
    assert set(dead(site)) == {title(1), title(2)}
    assert len(site.titles()) == 4
    assert site.asked().count("/news/1") <= 12, "it is asked less and less"


def test_what_was_withdrawn_stays_out_though_its_entry_changes_and_returns_with_its_page(site: FeedSite) -> None:
    """Its text comes in the feed, too, which does not count while the page is gone."""
    items = site.items(range(4))

    def feed(word: str) -> bytes:
        return rss({**item, "content:encoded": text(number, word) * 2} for number, item in enumerate(items))

    site.serve_feed(feed(""))
    site.fetch()
    names = sorted(file.name for file in site.folder.glob("*.md"))
    site.server.answers["/news/1"] = status(410)
    assert told(watch(site, 2)) == [(GONE, title(1))]
    site.serve_feed(feed("وتغيّر."))
    watch(site, 3, DAY)
    assert len(site.titles()) == 3
    assert "وتغيّر." in site.articles()[0].paragraphs[0].text
    site.serve_page(1)
    source = watch(site, 3, DAY)
    assert [key for key, _ in told(source)] == ["feed.returned"]
    assert (len(site.titles()), source.withdrawn) == (4, [])
    assert sorted(file.name for file in site.folder.glob("*.md")) == names
    site.server.answers["/news/1"] = status(410)
    assert told(watch(site, 4, DAY)) == [(GONE, title(1))]


def test_another_page_in_place_of_a_withdrawn_one_does_not_bring_it_back(site: FeedSite) -> None:
    site.fetch_items(range(4))
    site.server.answers["/news/1"] = status(404)
    watch(site, 2)
    site.server.serve("/news/1", page(9))
    watch(site, 10, DAY)
    assert title(1) not in site.titles()
    assert title(9) not in site.titles()


def test_what_a_feed_lists_no_more_stays_and_is_looked_at(site: FeedSite) -> None:
    site.fetch_items(range(4))
    site.serve_feed(rss(site.items([4])))
    watch(site, 12, DAY)
    assert len(site.titles()) == 5
    site.server.answers["/news/1"] = status(404)
    watch(site, 6, DAY)
    assert site.titles() == [title(0), title(2), title(3), title(4)]


def test_a_silent_correction_arrives(site: FeedSite) -> None:
    site.fetch_items(range(3))
    [file] = site.folder.glob("*-1-*.md")
    site.serve_page(1, "وتغيّر النص.")
    source = watch(site, 0.5)
    assert "وتغيّر النص." in file.read_text(encoding="utf-8")
    assert (len(site.titles()), keys(source)) == (3, [])
    copies = {name: copy.changed - copy.came for name, copy in source.copies.items()}
    assert copies.pop(file.name) >= DAY // 4
    assert set(copies.values()) == {0}


def test_a_paragraph_that_was_taken_out_without_a_wall_is_a_correction(site: FeedSite) -> None:
    site.fetch_items(range(3))
    cut = page(1).decode().replace(text(1).rpartition("<p>")[0].rpartition("<p>")[2], "")
    site.server.serve("/news/1", cut.encode())
    watch(site, 0.5)
    assert [len(article.paragraphs) for article in site.articles()] == [4, 3, 4]


def test_a_wall_that_stands_before_all_pages_is_no_text_of_theirs(site: FeedSite) -> None:
    site.fetch_items(range(6))
    before = [article.paragraphs for article in site.articles()]
    wall = "نستعمل ملفات كثيرة لنعرف زوار هذا المكان ونعرض لهم ما يناسبهم، ولا بد من قبول ذلك قبل المتابعة إلى النص."
    for number in range(6):
        site.server.serve(f"/news/{number}", notice(f"{wall} {wall} {wall}", title(number)))
    assert keys(watch(site, 12, DAY)) == []
    assert [article.paragraphs for article in site.articles()] == before


def test_a_text_that_replaced_an_article_is_taken_once_it_has_stayed(site: FeedSite) -> None:
    site.fetch_items(range(4))
    words = "نعتذر عما نشرناه في هذا المكان من قبل، فقد تبيّن لنا أن الأرقام الواردة فيه لم تكن صحيحة، وسنعود إليه."
    site.server.serve("/news/1", notice(f"{words} وهذا ما لزم توضيحه لقرائنا الكرام.", title(1)))
    watch(site, 0.75)
    assert len(site.articles()[1].paragraphs) == 4
    watch(site, 2)
    assert site.articles()[1].paragraphs[0].text.startswith("نعتذر")


def test_the_text_that_a_feed_carries_is_not_replaced_by_its_page_but_by_a_change_of_it(site: FeedSite) -> None:
    items = [
        {"title": title(number), "link": site.serve_page(number, "كلمة."), "content:encoded": text(number) * 2}
        for number in range(3)
    ]
    site.serve_feed(rss(items))
    watch(site, 5)
    assert {len(article.paragraphs) for article in site.articles()} == {8}
    site.serve_page(1, "وتغيّر النص.")
    watch(site, 4)
    assert [len(article.paragraphs) for article in site.articles()] == [8, 4, 8]


def test_pages_are_asked_by_their_version(site: FeedSite) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> object:
        if handler.headers.get("If-None-Match") == '"1"':
            return status(304)(handler)
        site.server.serve("/versioned", page(1), ETag='"1"')
        return site.server.answers["/versioned"](handler)

    site.server.answers["/news/1"] = answer
    site.serve_feed(rss([{"title": title(1), "link": site.server.link("/news/1")}]))
    site.fetch()
    for _ in range(2):
        site.later()
        site.server.asked.clear()
        site.fetch()
        [sent] = [headers for path, headers in site.server.asked if path == "/news/1"]
        assert sent["If-None-Match"] == '"1"'
    assert site.titles() == [title(1)]


def test_of_few_articles_each_is_looked_at_twice_a_day_however_old(site: FeedSite) -> None:
    site.fetch_items(range(4), pubDate="Sun, 02 May 2021 10:00:00 GMT")
    site.asked()
    for _ in range(8):
        site.later(DAY / 4)
        site.fetch()
    asked = Counter(path for path in site.asked() if path.startswith("/news/"))
    assert set(asked.values()) == {4}


def test_whoever_was_away_for_a_week_looks_at_all_that_is_due_at_once(site: FeedSite) -> None:
    site.fetch_items(range(40))
    watch(site, 1)
    site.server.answers["/news/31"] = status(404)
    site.later(5 * DAY)
    site.fetch()
    watch(site, 1.05, 1.05 * DAY)
    assert title(31) not in site.titles()


@pytest.mark.slow
def test_looks_are_few_a_fetch_and_fewer_with_age_and_more_of_what_is_quoted(
    site: FeedSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Of thousands of articles.
    monkeypatch.setattr(page_rhythm, "_LOOKS_A_DAY", 1)
    site.fetch_items(range(30), pubDate="Sat, 02 May 2026 10:00:00 GMT")
    asked, quoted = dict[str, int](), next(site.folder.glob("*-7-*.md")).stem
    site.asked()
    for _ in range(40 * 4):
        site.later(DAY / 4)
        site.fetch(quoted=lambda: {quoted: 9})
        paths = [path for path in site.asked() if path.startswith("/news/")]
        for path in paths:
            asked[path] = asked.get(path, 0) + 1
    often = asked.pop("/news/7")
    # From 6.5 days to a quarter of two months; and of that a tenth.
    assert set(asked.values()) <= {3, 4, 5}
    assert often >= 25
    site.later(900)
    for number in range(100, 160):
        site.serve_page(number)
    site.serve_feed(rss(site.items(range(100, 160))))
    site.fetch()
    site.asked()
    site.later(DAY / 4)
    memory = PageMemory.read(site.folder)
    memory.reviewed = int(site.clock()) - 900
    memory.write(site.folder)
    site.fetch()
    assert len([path for path in site.asked() if path.startswith("/news/")]) == 10


def test_what_is_known_of_pages_may_be_lost(site: FeedSite) -> None:
    site.fetch_items(range(4))
    wrong = b'{"version": 1, "reviewed": 0, "pages": {"x": [{}]}, "withdrawn": {}}'
    for damage in (b"", b"{", b"[]", b'{"version": 1}', wrong):
        (site.folder / ".pages.json").write_bytes(damage)
        assert keys(site.fetch()) == []
    site.server.answers["/news/1"] = status(404)
    assert told(watch(site, 2)) == [(GONE, title(1))]


def test_what_is_written_of_pages_is_read_back(site: FeedSite) -> None:
    site.folder.mkdir(parents=True)
    page_of = Page(came=1, changed=2, looked=3, etag='"x"', text="ab", is_own=True, refused=4, reason="gone")
    gone = Withdrawal("خبر\ud800.md", "http://host.example/1", "عنوان", "صحيفة", "2026-05-04", 90, 7, 8, page_of)
    memory = PageMemory({"خبر-1.md": page_of, "2.md": Page()}, {"ab": gone}, 9)
    memory.write(site.folder)
    assert PageMemory.read(site.folder) == memory


def test_a_fetch_that_was_killed_before_it_deleted_is_finished(site: FeedSite) -> None:
    site.fetch_items(range(4))
    [file] = site.folder.glob("*-1-*.md")
    kept = file.read_bytes()
    site.server.answers["/news/1"] = status(404)
    watch(site, 2)
    file.write_bytes(kept)
    site.fetch()
    assert not file.exists()


STUB = page(1, head='<script type="application/ld+json">{"isAccessibleForFree": false}</script>').partition(b"</p>")[0]
REFUSALS = {"404", "410", "gone", "stub"}
ANSWERS = st.sampled_from(["good", *sorted(REFUSALS), "500", "403"])
STEPS = st.lists(st.tuples(ANSWERS, st.sampled_from([1, 5, 7, 13, 23, 25, 40])), min_size=1, max_size=14)


def answer_with(site: FeedSite, answer: str) -> None:
    match answer:
        case "good":
            site.serve_page(1)
        case "gone":
            site.server.serve("/news/1", notice("سُحب هذا المقال."))
        case "stub":
            site.server.serve("/news/1", STUB + b"</p></article></body>")
        case code:
            site.server.answers["/news/1"] = status(int(code))


@settings(examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_an_article_leaves_after_two_refusals_a_day_apart_with_no_good_look_between_and_never_else(
    site: FeedSite, steps: Iterable[tuple[str, int]]
) -> None:
    shutil.rmtree(site.folder, ignore_errors=True)
    site.fetch_items(range(4))
    refusals, is_out = list[float](), False
    for answer, hours in steps:
        answer_with(site, answer)
        site.later(hours * HOUR)
        site.asked()
        site.fetch()
        was_asked, was_out, is_out = "/news/1" in site.asked(), is_out, title(1) not in site.titles()
        if was_asked and answer == "good":
            refusals.clear()
        elif was_asked and answer in REFUSALS:
            refusals.append(site.clock())
        is_sure = bool(refusals) and refusals[-1] - refusals[0] >= DAY
        assert is_out == (is_sure if was_asked or not was_out else True)
        assert len(site.titles()) == 4 - is_out
