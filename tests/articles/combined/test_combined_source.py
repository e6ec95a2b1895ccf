"""Several sources of every kind as one coverage: what is new, away, broken, back, added and taken back."""

import shutil
from pathlib import Path

import pytest

from bot.articles import read_articles
from bot.articles.combined import CorpusLocation, KeptFolder
from bot.articles.combined.kept_store import KeptStore
from bot.articles.feeds.feed_source import FEED_REFRESH
from bot.articles.origins import ADDITIONS
from bot.articles.sources import Fetched
from bot.articles.sources.address import read_address
from tests.articles.conftest import PHRASES
from tests.articles.page_server import PageServer
from tests.articles.sources.conftest import LIMITS
from tests.articles.sources.serving import failure, served

from .conftest import TEXT, Combining, article, articles, problems, rss, serve_archive, titles, write
from .test_kept_folder import ROOT, Faulty


@pytest.fixture
def town(tmp_path: Path) -> Path:
    folder = tmp_path / "town"
    write(folder, "library.md", "المكتبة")
    write(folder, "sub/bridge.md", "الجسر")
    return folder


@pytest.fixture
def other(tmp_path: Path) -> Path:
    return write(tmp_path / "other", "park.md", "الحديقة").parent


def test_every_kind_of_source_is_mixed(combining: Combining, town: Path, site: PageServer, tmp_path: Path) -> None:
    lines = tmp_path / "lines.jsonl"
    lines.write_text(f'{{"id": "1", "title": "سطر", "paragraphs": ["{TEXT}"]}}\n', encoding="utf-8")
    archive = serve_archive(site, {"port.md": article("الميناء")})
    feed = site.serve("/feed", rss(site.link("/news/"), "سفينة", "قارب"), "application/rss+xml")
    source = combining.source(str(town), str(lines), archive, feed)
    fetched = source.fetch()
    assert titles(fetched) == sorted(["المكتبة", "الجسر", "سطر", "الميناء", "سفينة", "قارب"])
    assert (problems(source), source.is_local, source.usual_refresh) == ([], False, FEED_REFRESH)
    assert source.name == f"{town}, {lines}, {archive}, {feed}"
    assert source.shown == f"town, lines.jsonl, {archive}, {feed}"
    assert combining.source(str(town)).shown == town
    ids = sorted(articles(fetched))
    # The first source keeps its ids, the others have theirs behind a name of their own.
    assert [name for name in ids if name in {"library", "sub/bridge"}] == ["library", "sub/bridge"]
    assert any(name.startswith("lines-") and name.endswith("/1") for name in ids)
    assert sum(name.startswith("127.0.0.1-") for name in ids) == 3


def test_nothing_new_is_the_same_version_and_no_new_snapshot(
    combining: Combining, town: Path, site: PageServer
) -> None:
    feed = site.serve("/feed", rss(site.link("/news/"), "سفينة"))
    first = served(combining.source(str(town), feed))
    for _ in range(2):
        again = combining.source(str(town), feed).fetch()
        assert again == first
    write(town, "new.md")
    assert served(combining.source(str(town), feed)).version != first.version


def test_ids_stay_when_other_sources_come_and_go(combining: Combining, town: Path, site: PageServer) -> None:
    archive = serve_archive(site, {"port.md": article("الميناء")})
    other = serve_archive(site, {"park.md": article("الحديقة")}, "/other.zip")
    alone = set(articles(combining.source(str(town)).fetch()))
    two = set(articles(combining.source(str(town), archive).fetch()))
    three = set(articles(combining.source(str(town), other, archive).fetch()))
    assert alone < two < three


def test_an_article_of_several_feeds_comes_once(combining: Combining, town: Path, site: PageServer) -> None:
    whole = site.serve("/feed", rss(site.link("/news/"), "سفينة", "قارب"))
    section = site.serve("/section/feed", rss(site.link("/news/"), "قارب من مصدر آخر", "مرفأ", first=1))
    ids = set(articles(combining.source(str(town), whole, section).fetch()))
    fetched = combining.source(str(town), whole, section).fetch()
    assert titles(fetched) == sorted(["المكتبة", "الجسر", "سفينة", "قارب", "مرفأ"])
    assert set(articles(fetched)) == ids, "also when all is read again"
    # Whoever comes first has it, and where only the other is left, that one.
    turned = combining.source(str(town), section, whole)
    assert titles(turned.fetch()) == sorted(["المكتبة", "الجسر", "سفينة", "قارب من مصدر آخر", "مرفأ"])
    assert titles(combining.source(str(town), section).fetch()) == sorted(
        ["المكتبة", "الجسر", "قارب من مصدر آخر", "مرفأ"]
    )


@pytest.mark.parametrize("spelt", ["?utm_source=rss&utm_medium=feed", "/", "#top", "/?fbclid=1"])
def test_a_feed_under_two_addresses_is_one(combining: Combining, site: PageServer, spelt: str) -> None:
    feed = site.serve("/feed", rss(site.link("/news/"), "سفينة", "قارب"))
    other = rss(site.link("/news/"), "سفينة", "قارب").replace(
        b"</link>", spelt.replace("&", "&amp;").encode() + b"</link>"
    )
    again = site.serve("/feed/", other)
    source = combining.source(feed, again)
    for _ in range(2):
        assert titles(source.fetch(force=True)) == ["سفينة", "قارب"]
    assert problems(source) == []


def test_two_articles_of_one_feed_that_share_a_link_stay_two(combining: Combining, site: PageServer) -> None:
    feed = site.serve("/feed", rss(site.link("/news/"), "سفينة"))
    other = site.serve("/other", rss(site.link("/else/"), "قارب"))
    source = combining.source(feed, other)
    source.fetch()
    [boat] = combining.kept.local.glob("feeds/*/*قارب.md")
    (boat.parent / "twin.md").write_text(boat.read_text(encoding="utf-8").replace("قارب", "توأم"), encoding="utf-8")
    assert titles(source.fetch(force=True)) == sorted(["سفينة", "قارب", "توأم"])


def test_a_feed_that_is_away_still_has_what_both_list(combining: Combining, site: PageServer) -> None:
    first = site.serve("/feed", rss(site.link("/news/"), "سفينة"))
    second = site.serve("/other", rss(site.link("/news/"), "سفينة", "قارب"))
    served(combining.source(first, second))
    site.answers.pop("/feed")
    source = combining.source(first, second)
    assert titles(source.fetch(force=True)) == ["سفينة", "قارب"]


def test_the_outlet_of_a_source_is_that_of_articles_that_name_none(
    combining: Combining, town: Path, other: Path
) -> None:
    write(town, "own.md", "الملعب", outlet="وكالة")
    fetched = combining.source(f"المدينة=file://{town}", str(other)).fetch()
    outlets = {article.title: article.outlet for article in articles(fetched).values()}
    assert outlets == {"المكتبة": "المدينة", "الجسر": "المدينة", "الملعب": "وكالة", "الحديقة": None}
    renamed = combining.source(f"الضاحية=file://{town}", str(other)).fetch()
    assert renamed.version != fetched.version
    alone = combining.source(f"المدينة=file://{town}").fetch()
    assert {article.outlet for article in articles(alone).values()} == {"المدينة", "وكالة"}


def test_a_part_that_is_away_keeps_its_articles_and_is_told(combining: Combining, town: Path, site: PageServer) -> None:
    archive = serve_archive(site, {"port.md": article("الميناء")})
    first = served(combining.source(str(town), archive))
    before = titles(first)
    for body in (b"<html>sign in</html>", b"\x1f\x8bbroken"):
        site.serve("/corpus.tar.gz", body)
        source = combining.source(str(town), archive)
        assert (source.fetch(), len(source.problems)) == (first, 1)
    del site.answers["/corpus.tar.gz"]
    write(town, "new.md", "جديد")
    source = combining.source(str(town), archive)
    assert titles(served(source)) == sorted([*before, "جديد"])
    assert problems(source) == [(archive, "source.not_found")]
    assert [(problem.is_away, problem.is_new) for problem in source.problems] == [(True, False)]
    # Also after others changed twice, and a restart.
    write(town, "newer.md", "أجد")
    assert titles(served(combining.source(str(town), archive))) == sorted([*before, "جديد", "أجد"])
    serve_archive(site, {"port.md": article("الميناء الجديد")})
    source = combining.source(str(town), archive)
    assert "الميناء الجديد" in titles(source.fetch())
    assert problems(source) == []


def test_a_directory_that_is_gone_keeps_its_articles_too(
    combining: Combining, town: Path, other: Path, tmp_path: Path
) -> None:
    for first, second in ((town, other), (other, town)):
        before = served(combining.source(str(first), str(second)))
        shutil.move(first, tmp_path / "away")
        source = combining.source(str(first), str(second))
        assert source.fetch() == before
        assert problems(source) == [(str(first), "source.no_path")]
        shutil.move(tmp_path / "away", first)


def test_a_part_that_never_answered_is_left_out(combining: Combining, town: Path, site: PageServer) -> None:
    source = combining.source(str(town), site.link("/corpus.zip"), site.link("/feed"))
    assert titles(source.fetch()) == ["الجسر", "المكتبة"]
    assert problems(source) == [
        (site.link("/corpus.zip"), "source.not_found"),
        (site.link("/feed"), "source.not_found"),
    ]
    site.serve("/feed", rss(site.link("/news/"), "سفينة"))
    assert "سفينة" in titles(source.fetch())


def test_only_where_nothing_is_left_is_it_an_error(combining: Combining, site: PageServer) -> None:
    urls = (site.link("/a.zip"), site.link("/b.zip"))
    source = combining.source(*urls)
    error = failure(source)
    assert (error.key, error.values) == ("source.not_found", {"url": urls[0]})
    assert [name for name, _ in problems(source)] == list(urls)
    for number, path in enumerate(("/a.zip", "/b.zip")):
        serve_archive(site, {f"{number}.md": article(f"خبر {number}")}, path)
    fetched = served(source)
    site.answers.clear()
    source = combining.source(*urls)
    assert source.fetch() == fetched
    assert len(source.problems) == 2


def test_what_is_rejected_by_name_is_still_told(combining: Combining, town: Path, other: Path) -> None:
    (other / "film.mp4").write_bytes(b"x" * 1000)
    (other / "picture.png").write_bytes(b"x")
    (town / "empty.md").touch()
    fetched = combining.source(str(town), str(other)).fetch()
    found = [outcome for outcome in read_articles(fetched.path, PHRASES) if not hasattr(outcome, "title")]
    assert sorted(str(outcome.reason) for outcome in found) == ["empty", "unknown_form"]
    assert [file.stat().st_size for file in fetched.path.rglob("*.mp4")] == [0]


def test_links_that_lead_out_are_not_followed_and_told(
    combining: Combining, town: Path, other: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret.md").write_text(article("سر"), encoding="utf-8")
    (other / "link.md").symlink_to(tmp_path / "secret.md")
    source = combining.source(str(town), str(other))
    assert "سر" not in titles(source.fetch())
    [problem] = source.problems
    assert (problem.error.key, problem.error.values["name"], problem.is_away) == (
        "source.unreadable_files",
        "link.md",
        False,
    )


def test_additions_appear_and_disappear_without_a_restart(combining: Combining, town: Path) -> None:
    source = combining.source(str(town))
    plain = served(source)
    added = write(combining.kept.additions, "added.md", "المضافة")
    with_one = served(source)
    assert titles(with_one) == ["الجسر", "المضافة", "المكتبة"]
    assert set(articles(with_one)) == {*articles(plain), f"{ADDITIONS}/added"}
    assert source.is_local
    assert combining.source(str(town)).last_served() == with_one
    added.unlink()
    assert served(source) == plain
    assert combining.source(str(town)).last_served() is None


def test_sources_are_known_by_their_folders_and_what_never_gave_anything_is_told(
    combining: Combining, town: Path, site: PageServer
) -> None:
    feed = site.serve("/feed", rss(site.link("/news/"), "سفينة"))
    source = combining.source(str(town), feed, site.link("/never"))
    source.fetch()
    assert [(str(problem.source), problem.is_new) for problem in source.problems] == [(site.link("/never"), True)]
    found = {str(shown): (bool(origin.folder), origin.is_feed) for shown, origin in source.origins.items()}
    assert found == {
        str(town): (False, False),
        feed: (True, True),
        site.link("/never"): (True, False),
        str(combining.keep): (True, False),
    }


def test_additions_stand_beside_a_source_that_is_away(combining: Combining, site: PageServer) -> None:
    archive = serve_archive(site, {"port.md": article("الميناء")})
    source = combining.source(archive)
    served(source)
    site.answers.clear()
    failure(combining.source(archive))
    write(combining.kept.additions, "added.md", "المضافة")
    source = combining.source(archive)
    assert titles(source.fetch()) == ["المضافة", "الميناء"]
    assert problems(source) == [(archive, "source.not_found")]


def test_what_was_edited_in_a_directory_leaves_the_snapshot_alone(
    combining: Combining, town: Path, other: Path
) -> None:
    file = other / "park.md"
    before = served(combining.source(str(town), str(other)))
    with file.open("r+", encoding="utf-8") as stream:
        stream.write(article("مكتوبة فوقها"))
    assert "الحديقة" in titles(before)
    after = served(combining.source(str(town), str(other)))
    assert "مكتوبة فوقها" in titles(after)
    # What did not change is there once, under two names.
    same = [(fetched.path / "library.md").stat().st_ino for fetched in (before, after)]
    assert same[0] == same[1]


def test_a_rolled_back_state_is_served_after_a_restart(combining: Combining, town: Path, other: Path) -> None:
    source = combining.source(str(town), str(other))
    first = served(source)
    write(other, "new.md", "جديد")
    second = served(source)
    source.note_served(first.version)
    assert combining.source(str(town), str(other)).last_served() == first
    assert second.path.is_dir()


def test_the_token_goes_to_one_server_alone() -> None:
    location = CorpusLocation("corpus,https://a.example/x.zip,https://b.example/y.zip,https://a.example/z", "secret")
    tokens = [location.token_for(entry.url) for entry in location.entries]
    assert tokens == [None, "secret", None, "secret"]
    assert CorpusLocation("https://a.example/x.zip", "secret").token_for("https://a.example/x.zip") == "secret"


def test_golden_questions_stay_with_their_source(combining: Combining, town: Path, other: Path) -> None:
    (other / "questions.yaml").write_text("- {question: متى؟, article: park}\n", encoding="utf-8")
    fetched = combining.source(str(town), str(other)).fetch()
    [file] = fetched.path.rglob("questions.yaml")
    assert file.parent.name.startswith("other-")
    assert titles(fetched) == ["الجسر", "الحديقة", "المكتبة"]


def test_a_fetch_that_is_ended_ends_its_parts(combining: Combining, town: Path, site: PageServer) -> None:
    class EndedError(Exception):
        pass

    def progress(*_: int) -> None:
        raise EndedError

    site.answers["/feed"] = lambda _: site.stopping.wait()
    source = combining.source(str(town), site.link("/feed"))
    with pytest.raises(EndedError):
        source.fetch(progress)
    site.serve("/feed", rss(site.link("/news/"), "سفينة"))
    assert "سفينة" in titles(source.fetch())


def test_a_directory_serves_where_additions_cannot_be_laid_out(combining: Combining, town: Path) -> None:
    write(combining.kept.additions, "added.md", "المضافة")
    combining.cache.write_text("no folder")
    source = combining.source(str(town))
    assert source.fetch() == Fetched(town)
    assert problems(source) == [(str(combining.keep), "source.disk")]
    combining.cache.unlink()
    assert "المضافة" in titles(served(source))
    shutil.move(combining.cache, combining.cache.with_name("moved"))
    combining.cache.write_text("no folder")
    failure(combining.source(str(town), str(combining.keep)))


@pytest.mark.slow
def test_a_feed_that_moves_on_loses_nothing_with_disks_that_are_thrown_away(
    combining: Combining, town: Path, site: PageServer
) -> None:
    """Ten pieces a day, of which the feed lists the newest twenty."""
    remote = Faulty()
    for day in range(8):
        shutil.rmtree(combining.cache, ignore_errors=True)
        store = KeptStore(read_address("s3://bucket/kept"), LIMITS, lambda _: (remote, ROOT))
        kept = KeptFolder(combining.cache / "kept", store)
        numbers = range(max(0, 10 * day - 10), 10 * day + 10)
        site.serve("/feed", rss(site.link("/news/"), *(f"خبر رقم {number}" for number in numbers), first=numbers[0]))
        for _ in range(2):
            fetched = served(combining.source(str(town), site.link("/feed"), kept=kept))
        gathered = [f"خبر رقم {number}" for number in range(numbers[-1] + 1)]
        assert titles(fetched) == sorted(["المكتبة", "الجسر", *gathered])
    assert len([name for name in remote.names() if name.endswith(".md")]) == 80
