"""The list of articles that moderators removed, and what it keeps out."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.articles import Article, Removal, RemovalList, Removals
from bot.articles.origins import ADDITIONS
from tests.chat.doubles import edition
from tests.chat.samples import article

LIBEL = Removal("feed/libel", "https://news.example/libel?id=7", "خبر كاذب")


@pytest.mark.parametrize(
    ("article_id", "url", "is_out"),
    [
        ("feed/libel", None, True),
        ("feed/libel", "https://news.example/moved", True),
        ("other/1", "http://www.news.example/libel/?id=7", True),
        ("other/1", "https://amp.news.example/libel?id=7&amp=1", True),
        ("other/1", "https://news.example/libel?id=8", False),
        ("other/1", None, False),
        # Who adds a text under the link knows what became of it.
        (f"{ADDITIONS}/text", LIBEL.url, False),
    ],
)
def test_an_article_stays_out_by_its_id_and_by_its_link(article_id: str, url: str | None, is_out: bool) -> None:
    assert Removals([LIBEL]).has(article_id, url) is is_out


@pytest.mark.parametrize(
    ("article_id", "url", "is_out"),
    [
        ("feed/2026-05-04-خبر-كاذب-2", "https://news.example/corrected", True),
        ("other/2026-05-04-خبر-كاذب", "https://m.news.example/corrected", True),
        ("feed/2026-05-04-خبر-كاذب-2", "https://other.example/corrected", False),
        ("feed/2026-05-05-خبر-كاذب", "https://news.example/corrected", False),
        ("feed/2026-05-04-خبر-كاذب-10", "https://news.example/corrected", False),
        ("feed/2026-05-04-خبر", "https://news.example/corrected", False),
        (f"{ADDITIONS}/2026-05-04-خبر-كاذب", "https://news.example/corrected", False),
    ],
)
def test_an_article_stays_out_though_its_site_gave_it_another_link_and_text(
    article_id: str, url: str, is_out: bool
) -> None:
    removals = Removals([replace(LIBEL, id="feed/2026-05-04-خبر-كاذب")])
    assert removals.has(article_id, url) is is_out
    served = edition(replace(article("خبر كاذب"), id=article_id, url=url)).articles
    assert bool([*removals.served_by(served)]) is (is_out and article_id.startswith("feed/"))


@pytest.mark.parametrize("url", ["https://news.example", "https://news.example/", "https://[broken", ""])
def test_a_link_that_many_articles_may_have_keeps_no_other_out(url: str) -> None:
    removals = Removals([Removal("feed/libel", url)])
    assert not removals.has("feed/other", url or "https://news.example/")
    assert removals.has("feed/libel", url)


def test_what_is_named_is_found_with_all_of_its_link() -> None:
    copy, other = Removal("other/1", "http://news.example/libel/?id=7", "عنوان آخر"), Removal("feed/2", None, "سوق")
    removals = Removals([copy, LIBEL, other])
    assert removals.find(LIBEL.title) == removals.find(LIBEL.key) == [LIBEL, copy]
    assert removals.find(f" <{LIBEL.url}> ") == [copy, LIBEL]
    assert removals.find("سوق") == [other]
    assert removals.find("") == removals.find("كاذب") == []


def test_a_list_is_known_by_what_it_keeps_out() -> None:
    copy = Removal("other/1", None, "عنوان")
    assert Removals().digest == ""
    assert Removals([LIBEL, copy]).digest == Removals([copy, LIBEL]).digest != Removals([LIBEL]).digest


def test_what_serves_all_the_same_is_told_once() -> None:
    libel = replace(article("خبر كاذب"), id=LIBEL.id, url=LIBEL.url)
    copy: Article = replace(libel, id="other/1", url="http://news.example/libel?id=7")
    added = replace(libel, id=f"{ADDITIONS}/libel")
    articles = edition(article(), libel, copy, added).articles
    assert [one.id for one in Removals([LIBEL]).served_by(articles)] == [LIBEL.id, copy.id]


def test_the_list_outlives_its_process_and_is_copied_when_it_is_settled(tmp_path: Path) -> None:
    copied = list[int]()
    kept = RemovalList(folder := tmp_path / "removed", lambda: copied.append(len(list(folder.iterdir()))))
    assert len(kept.read()) == 0
    odd = Removal("feed/\udc80", None, "عنوان\udc80")
    kept.add([LIBEL, odd])
    kept.settle()
    assert {*RemovalList(folder).read()} == {LIBEL, odd}
    kept.take_off([odd])
    kept.take_off([odd])
    kept.settle()
    assert [*RemovalList(folder).read()] == [LIBEL]
    assert copied == [2, 1]


def test_a_damaged_file_is_told_and_takes_nothing_else_with_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    kept = RemovalList(tmp_path)
    kept.add([LIBEL])
    for number, text in enumerate(("", "[]", "{}", '{"id": 1}')):
        (tmp_path / f"{number}.json").write_text(text)
    assert [*kept.read()] == [LIBEL]
    assert caplog.text.count("does not say which article was removed") == 4
