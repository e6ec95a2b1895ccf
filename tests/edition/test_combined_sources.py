"""Editions of several sources: gates, rollback, restarts, a disk that is thrown away, a version that kills."""

import shutil
from pathlib import Path

import pytest

from bot.articles import Removal
from bot.articles.combined import KeptFolder
from bot.articles.combined.kept_store import KeptStore
from bot.articles.feeds.feed_entry import FeedEntry
from bot.articles.feeds.page_memory import DAY, PageMemory, Withdrawal
from bot.articles.origins import ADDITIONS
from bot.articles.readers import read_front_matter
from bot.articles.sources.address import read_address
from bot.edition import Editions, GateError, HeldBack, LastServed, Reloaded, Resumed, Unchanged
from bot.edition.edition_errors import RemovedBeforeError
from tests.answering.coverage import ANALYSER
from tests.articles.combined.conftest import Combining, combining, rss, serve_archive, site
from tests.articles.combined.test_kept_folder import ROOT, Faulty
from tests.articles.page_server import PageServer
from tests.articles.sources.conftest import LIMITS
from tests.edition.samples import CHECK, MUSEUM, PHRASES, builder, ids, reloaded, write

__all__ = ["combining", "site"]  # fixtures
pytestmark = pytest.mark.usefixtures("builds_here")


def editions_of(combining: Combining, *urls: str, kept: KeptFolder | None = None) -> Editions:
    """Return editions as a process has them after a restart."""
    source = combining.source(*urls, kept=kept)
    make = builder(combining.cache, removals=source.kept_out)
    return Editions(
        source,
        make.build,
        key=make.key,
        check=CHECK,
        store=LastServed(combining.cache, ",".join(urls), PHRASES, ANALYSER),
        kept_out=source.kept_out,
    )


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    folder = tmp_path / "harbour"
    write(folder, "museum.md", MUSEUM)
    return folder


def test_what_is_new_in_any_source_serves_after_a_reload(
    combining: Combining, town: Path, harbour: Path, site: PageServer
) -> None:
    feed = site.serve("/feed", rss(site.link("/news/"), "سفينة"))
    editions = editions_of(combining, str(town), str(harbour), feed)
    assert len(reloaded(editions).changes.added) == 4
    assert isinstance(editions.reload(), Unchanged)
    site.serve("/feed", rss(site.link("/news/"), "سفينة", "قارب"))
    (harbour / "museum.md").unlink()
    outcome = reloaded(editions)
    assert [article.title for article in outcome.changes.added] == ["قارب"]
    assert [article.title for article in outcome.changes.removed] == ["خبر museum"]
    assert editions.rollback("<@1>").changes.removed
    assert len(editions.current.articles) == 4


def rolled_back(combining: Combining, town: Path, site: PageServer) -> Editions:
    """Hold a coverage whose last piece of news, «يخت», a moderator went back from."""
    feed = site.serve("/feed", rss(site.link("/news/"), "سفينة"))
    editions = editions_of(combining, str(town), feed)
    editions.reload()
    site.serve("/feed", rss(site.link("/news/"), "سفينة", "يخت"))
    editions.reload()
    editions.rollback("<@1>")
    return editions


def test_what_was_rolled_back_does_not_come_back_with_the_next_piece_of_news(
    combining: Combining, town: Path, site: PageServer
) -> None:
    editions = rolled_back(combining, town, site)
    site.serve("/feed", rss(site.link("/news/"), "سفينة", "يخت", "قارب"))
    assert isinstance(editions.reload(), HeldBack)
    restarted = editions_of(combining, str(town), site.link("/feed"))
    restarted.start()
    assert isinstance(restarted.reload(), HeldBack)
    assert len(restarted.current.articles) == 3
    assert len(reloaded(restarted, by="<@1>").changes.added) == 2
    site.serve("/feed", rss(site.link("/news/"), "سفينة", "يخت", "قارب", "مرفأ"))
    assert len(reloaded(restarted).changes.added) == 1


def test_a_source_that_is_away_is_told_with_the_outcome(
    combining: Combining, town: Path, site: PageServer, caplog: pytest.LogCaptureFixture
) -> None:
    archive = serve_archive(site, {"a.md": "---\ntitle: الميناء\n---\n\n" + MUSEUM})
    editions = editions_of(combining, str(town), archive)
    assert reloaded(editions).problems == ()
    site.answers.clear()
    for _ in range(2):
        outcome = editions.reload()
        assert isinstance(outcome, Unchanged)
        assert [(problem.source, problem.error.key) for problem in outcome.problems] == [(archive, "source.not_found")]
    assert (editions.source_error, editions.source_problems) == (None, outcome.problems)
    assert caplog.text.count("source.not_found") == 1
    assert len(editions.current.articles) == 3


def test_golden_questions_of_every_source_are_asked(combining: Combining, town: Path, harbour: Path) -> None:
    (town / "questions.yaml").write_text("- {question: متى افتتحت البلدية المكتبة العامة؟, article: library}\n")
    (harbour / "questions.yaml").write_text("- {question: كم سفينة نقلت إلى متحف التراث البحري؟, article: museum}\n")
    editions = editions_of(combining, str(town), str(harbour))
    outcome = reloaded(editions)
    assert outcome.failed_gate is None
    assert outcome.serving.golden is not None
    assert outcome.serving.golden.passed == 2
    (harbour / "questions.yaml").write_text("- {question: متى افتتحت البلدية المكتبة العامة؟, article: museum}\n")
    with pytest.raises(GateError, match="golden"):
        editions.reload()


def test_an_outlet_that_is_renamed_makes_another_edition(combining: Combining, town: Path) -> None:
    editions = editions_of(combining, f"المدينة=file://{town}")
    editions.reload()
    assert editions.current.outlets == ("المدينة",)
    renamed = editions_of(combining, f"الضاحية=file://{town}")
    assert isinstance(renamed.start(), Reloaded)
    assert renamed.current.outlets == ("الضاحية",)


def test_additions_serve_from_the_next_reload_on_and_are_taken_back(combining: Combining, town: Path) -> None:
    editions = editions_of(combining, str(town))
    editions.reload()
    fingerprint = editions.current.fingerprint
    file = write(combining.kept.additions, "museum.md", MUSEUM)
    assert [article.id for article in reloaded(editions).changes.added] == [f"{ADDITIONS}/museum"]
    restarted = editions_of(combining, str(town))
    assert isinstance(restarted.start(), Resumed)
    assert isinstance(restarted.reload(), Unchanged)
    assert ids(restarted) == [f"{ADDITIONS}/museum", "bridge", "library"]
    file.unlink()
    outcome = reloaded(restarted)
    assert [article.id for article in outcome.changes.removed] == [f"{ADDITIONS}/museum"]
    assert restarted.current.fingerprint == fingerprint


def remove(combining: Combining, editions: Editions, title: str) -> Removal:
    """Put an article on the list, as a moderator's command does before its reload."""
    [article] = [one for one in editions.current.articles.values() if one.title == title]
    combining.kept.removals.add([removal := Removal(article.id, article.url, title)])
    return removal


def titles(editions: Editions) -> list[str]:
    return sorted(article.title for article in editions.current.articles.values())


def test_what_was_removed_stays_out_whatever_its_source_does(
    combining: Combining, town: Path, site: PageServer
) -> None:
    listed = site.serve("/feed", rss(site.link("/news/"), "سفينة", "فرية"))
    editions = editions_of(combining, str(town), listed)
    editions.reload()
    before = titles(editions)
    removal = remove(combining, editions, "فرية")
    assert [one.title for one in reloaded(editions, by="<@1>", fetches=False).changes.removed] == ["فرية"]
    assert isinstance(editions.reload(), Unchanged)
    site.serve("/feed", rss(site.link("/news/"), "سفينة", "فرية كبرى", "قارب"))
    assert [one.title for one in reloaded(editions).changes.added] == ["قارب"]
    # Another source with the same link, and a start without any of it on disk.
    other = site.serve("/other", rss(site.link("/news/"), "سفينة", "عنوان آخر للفرية"))
    again = editions_of(combining, str(town), other, listed)
    again.start()
    assert "عنوان آخر للفرية" not in titles(again)
    shutil.rmtree(combining.cache / "editions", ignore_errors=True)
    combining.kept.removals.take_off([removal])
    assert reloaded(editions, by="<@1>", fetches=False).changes.added
    assert len(titles(editions)) == len(before) + 1


def test_a_removal_needs_no_source_and_brings_no_other_news(combining: Combining, town: Path, site: PageServer) -> None:
    feed = site.serve("/feed", rss(site.link("/news/"), "سفينة", "فرية"))
    editions = editions_of(combining, str(town), feed)
    editions.reload()
    site.serve("/feed", rss(site.link("/news/"), "سفينة", "فرية", "قارب"))
    (town / "questions.yaml").write_text("- {question: متى افتتحت البلدية المكتبة العامة؟, refuse: true}\n")
    with pytest.raises(GateError, match="golden"):
        editions.reload()
    remove(combining, editions, "فرية")
    changes = reloaded(editions, by="<@1>", fetches=False).changes
    assert ([one.title for one in changes.removed], len(changes.added)) == (["فرية"], 0)


def test_a_removal_of_most_of_a_small_coverage_is_meant(combining: Combining, town: Path, harbour: Path) -> None:
    editions = editions_of(combining, str(town), str(harbour))
    editions.reload()
    for name in ("خبر library", "خبر bridge"):
        remove(combining, editions, name)
    reloaded(editions, by="<@1>", fetches=False)
    assert titles(editions) == ["خبر museum"]


def test_a_list_that_differs_by_what_is_not_there_changes_nothing(combining: Combining, town: Path) -> None:
    editions = editions_of(combining, str(town))
    editions.reload()
    combining.kept.removals.add([Removal("gone", None, "خبر قديم")])
    assert isinstance(editions.reload(by="<@1>", fetches=False), Unchanged)
    assert isinstance(editions.reload(), Unchanged)


def test_a_removal_leaves_what_was_rolled_back_from_where_it_is(
    combining: Combining, town: Path, site: PageServer
) -> None:
    editions = rolled_back(combining, town, site)
    remove(combining, editions, "سفينة")
    reloaded(editions, by="<@1>", fetches=False)
    assert editions.is_held_back
    assert isinstance(editions.reload(), HeldBack)
    assert "يخت" not in titles(editions)
    reloaded(editions, by="<@1>")
    assert ("يخت" in titles(editions), "سفينة" in titles(editions)) == (True, False)


def test_a_rollback_passes_over_removals_and_brings_nothing_back(
    combining: Combining, town: Path, site: PageServer
) -> None:
    feed = site.serve("/feed", rss(site.link("/news/"), "سفينة"))
    editions = editions_of(combining, str(town), feed)
    editions.reload()
    first = titles(editions)
    site.serve("/feed", rss(site.link("/news/"), "سفينة", "فرية", "يخت"))
    editions.reload()
    remove(combining, editions, "فرية")
    reloaded(editions, by="<@1>", fetches=False)
    # The coverage before the last change of the sources.
    editions.rollback("<@1>")
    assert titles(editions) == first
    reloaded(editions, by="<@1>")
    remove(combining, editions, "سفينة")
    reloaded(editions, by="<@1>", fetches=False)
    with pytest.raises(RemovedBeforeError, match=r"rollback\.removed"):
        editions.rollback("<@1>")


def withdraw(combining: Combining, title: str) -> None:
    """Let a feed have found for days that the page of an article is gone."""
    [file] = (file for file in combining.kept.local.rglob("*.md") if f'"{title}"' in file.read_text())
    link, memory = str(read_front_matter(file.read_text()).fields["url"]), PageMemory.read(file.parent)
    page = memory.pages.pop(file.name)
    page.looked, page.refused = page.came, page.came - 2 * DAY
    memory.withdrawn[FeedEntry(link).key] = Withdrawal(file.name, link, title, taken=page.came, page=page)
    memory.write(file.parent)
    file.unlink()


def test_what_was_withdrawn_comes_back_by_no_rollback_and_is_not_held(
    combining: Combining, town: Path, site: PageServer
) -> None:
    editions = rolled_back(combining, town, site)
    first = editions.current.fingerprint
    withdraw(combining, "سفينة")
    changes = reloaded(editions).changes
    assert ([one.title for one in changes.removed], len(changes.withdrawn)) == (["سفينة"], 1)
    assert ("سفينة" in titles(editions), "يخت" in titles(editions), editions.is_held_back) == (False, False, True)
    assert isinstance(editions.reload(), HeldBack)
    reloaded(editions, by="<@1>")
    assert ("سفينة" in titles(editions), "يخت" in titles(editions)) == (False, True)
    restarted = editions_of(combining, str(town), site.link("/feed"))
    restarted.start()
    with pytest.raises(RemovedBeforeError, match=r"rollback\.withdrawn"):
        restarted.rollback("<@1>", first)


def test_a_golden_question_that_wants_what_was_removed_is_passed_over(combining: Combining, town: Path) -> None:
    questions = "- {question: متى افتتحت البلدية المكتبة العامة؟, article: library}\n"
    (town / "questions.yaml").write_text(questions)
    editions = editions_of(combining, str(town))
    editions.reload()
    combining.kept.removals.add([Removal("library", None, "خبر library")])
    reloaded(editions, by="<@1>", fetches=False)
    assert (ids(editions), editions.golden) == (["bridge"], ())
    restarted = editions_of(combining, str(town))
    assert isinstance(restarted.start(), Resumed)
    assert isinstance(restarted.reload(), Unchanged)
    assert ids(restarted) == ["bridge"]


def test_a_list_that_came_from_the_store_counts_from_the_first_build_on(combining: Combining, town: Path) -> None:
    remote = Faulty()
    store = KeptStore(read_address("s3://kept-bucket/news"), LIMITS, lambda _: (remote, ROOT))
    kept = KeptFolder(combining.kept.local, store)
    kept.removals.add([Removal("library", None, "خبر library")])
    kept.removals.settle()
    shutil.rmtree(combining.kept.local)
    editions = editions_of(combining, str(town), kept=KeptFolder(combining.kept.local, store))
    editions.start()
    assert ids(editions) == ["bridge"]


def test_a_start_does_not_wait_for_sources_that_are_away(combining: Combining, town: Path, site: PageServer) -> None:
    feed = site.serve("/feed", rss(site.link("/news/"), "سفينة"))
    editions = editions_of(combining, str(town), feed)
    editions.start()
    site.answers.clear()
    restarted = editions_of(combining, str(town), feed)
    assert isinstance(restarted.start(), Resumed)
    assert restarted.needs_fetch
    assert len(restarted.current.articles) == 3
    assert isinstance(restarted.reload(), Unchanged)
    assert [problem.is_away for problem in restarted.source_problems] == [True]


@pytest.mark.slow
def test_nothing_gathered_is_lost_with_a_disk_that_is_thrown_away(
    combining: Combining, town: Path, site: PageServer
) -> None:
    remote, address = Faulty(), read_address("s3://kept-bucket/news")
    local = combining.cache / "kept-store"

    def kept() -> KeptFolder:
        return KeptFolder(local, KeptStore(address, LIMITS, lambda _: (remote, ROOT)))

    feed = site.serve("/feed", rss(site.link("/news/"), "سفينة", "قارب"))
    folder = kept()
    write(folder.additions, "museum.md", MUSEUM)
    assert folder.push()
    editions = editions_of(combining, str(town), feed, kept=folder)
    editions.start()
    before = ids(editions)
    assert len(before) == 5
    # The feed has moved on, and its host is away: what was gathered is nowhere but in the store.
    site.serve("/feed", rss(site.link("/other/"), "جديد"))
    shutil.rmtree(combining.cache)
    restarted = editions_of(combining, str(town), feed, kept=kept())
    restarted.start()
    assert set(before) < set(ids(restarted))
    shutil.rmtree(combining.cache)
    site.answers.clear()
    again = editions_of(combining, str(town), feed, kept=kept())
    again.start()
    assert ids(again) == ids(restarted)
    assert [problem.is_away for problem in again.source_problems] == [True]


@pytest.mark.slow
def test_while_the_store_is_away_the_rest_serves_and_nothing_is_gathered_twice(
    combining: Combining, town: Path, site: PageServer
) -> None:
    remote, address = Faulty(), read_address("s3://kept-bucket/news")

    def kept() -> KeptFolder:
        return KeptFolder(combining.cache / "kept-store", KeptStore(address, LIMITS, lambda _: (remote, ROOT)))

    feed = site.serve("/feed", rss(site.link("/news/"), "سفينة"))
    editions_of(combining, str(town), feed, kept=kept()).start()
    shutil.rmtree(combining.cache)
    remote.away = ConnectionError()
    editions = editions_of(combining, str(town), feed, kept=kept())
    editions.start()
    assert ids(editions) == ["bridge", "library"]
    assert {(problem.source, problem.error.key) for problem in editions.source_problems} == {
        (feed, "source.store"),
        ("s3://kept-bucket/news", "source.store"),
    }
    remote.away = None
    assert len(reloaded(editions).changes.added) == 1
    assert editions.source_problems == ()
