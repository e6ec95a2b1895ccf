"""Editions on real corpora, and what a reload changes or leaves alone."""

import threading
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.articles import RejectionReason
from bot.articles.sources import DirectorySource
from bot.edition import Edition, Editions, EmptyCorpusError, ReloadRunningError, StageCallback
from tests.edition.samples import BRIDGE, LIBRARY, build, reloaded, write
from tests.retrieval.coverage import embedded


@pytest.fixture
def editions(town: Path) -> Editions:
    return Editions(DirectorySource(town), build)


def test_the_first_reload_adds_every_article(editions: Editions) -> None:
    changes = reloaded(editions).changes
    assert [article.id for article in changes.added] == ["bridge", "library"]
    assert (list(changes.changed), list(changes.removed), changes.rejections) == ([], [], ())
    assert list(editions.current.articles) == ["bridge", "library"]
    assert len(editions.current.index) == 2


def test_a_reload_tells_what_was_added_changed_and_removed(editions: Editions, town: Path) -> None:
    editions.reload()
    write(town, "museum.md")
    write(town, "library.md", "أغلقت البلدية المكتبة.")
    (town / "bridge.md").unlink()
    changes = reloaded(editions).changes
    assert [article.id for article in changes.added] == ["museum"]
    assert [article.paragraphs[0].text for article in changes.changed] == ["أغلقت البلدية المكتبة."]
    [before] = changes.previous
    assert before.id == "library"
    assert before.paragraphs != changes.changed[0].paragraphs
    assert [article.id for article in changes.removed] == ["bridge"]
    assert set(editions.current.articles) == {"library", "museum"}


def test_a_file_that_cannot_be_read_is_named_and_the_rest_loads(editions: Editions, town: Path) -> None:
    editions.reload()
    (town / "bridge.md").write_bytes(b"")
    changes = reloaded(editions).changes
    assert [article.id for article in changes.removed] == ["bridge"]
    assert [(rejection.path, rejection.reason) for rejection in changes.rejections] == [
        ("bridge.md", RejectionReason.EMPTY)
    ]
    assert editions.current.rejections == changes.rejections
    assert list(editions.current.articles) == ["library"]


def remove(town: Path) -> None:
    town.rename(town.with_name("elsewhere"))


def empty(town: Path) -> None:
    for file in town.iterdir():
        file.unlink()


def spoil(town: Path) -> None:
    for file in town.iterdir():
        file.write_bytes(b"\x00")


@pytest.mark.parametrize("harm", [remove, empty, spoil])
def test_a_corpus_without_articles_leaves_the_old_edition_serving(
    editions: Editions, town: Path, harm: Callable[[Path], None]
) -> None:
    editions.reload()
    before = editions.current
    harm(town)
    with pytest.raises(EmptyCorpusError) as caught:
        editions.reload()
    assert caught.value.name == str(town)
    assert bool(caught.value.rejections) == (harm is not empty)
    assert editions.current is before


@pytest.mark.parametrize("error", [MemoryError, RuntimeError, OSError, KeyboardInterrupt])
def test_whatever_fails_in_a_build_leaves_the_old_edition_serving(town: Path, error: type[BaseException]) -> None:
    fails = False

    def build_or_fail(path: Path, progress: StageCallback | None) -> Edition:
        if fails:
            raise error
        return build(path, progress)

    editions = Editions(DirectorySource(town), build_or_fail)
    editions.reload()
    before = editions.current
    fails = True
    with pytest.raises(error):
        editions.reload()
    assert editions.current is before
    fails = False
    write(town, "museum.md")
    editions.reload()
    assert editions.current is not before


def test_a_first_reload_that_fails_leaves_no_edition(tmp_path: Path) -> None:
    editions = Editions(DirectorySource(tmp_path / "nowhere"), build)
    with pytest.raises(EmptyCorpusError, match="nowhere"):
        editions.reload()
    with pytest.raises(LookupError):
        _ = editions.current


def test_the_fingerprint_is_that_of_the_content(town: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for name in ("library.md", "bridge.md"):
        (other / name).write_bytes((town / name).read_bytes())
    assert build(town).fingerprint == build(town).fingerprint == build(other).fingerprint


@pytest.mark.parametrize(
    "change",
    [
        partial(write, name="library.md", text=f"{LIBRARY}!"),
        partial(write, name="library.md", text=LIBRARY.replace(". ", ".\n\n")),
        partial(write, name="library.md", text=f"## قسم\n\n{LIBRARY}"),
        partial(write, name="library.md", front="outlet: صحيفة\n"),
        partial(write, name="library.md", front="url: https://news.example/1\n"),
        partial(write, name="library.md", front="author: منى\n"),
        partial(write, name="library.md", front="published: 2026-03-09\n"),
        partial(write, name="library.md", front="language: ar\n"),
        partial(write, name="another.md"),
        lambda town: (town / "library.md").unlink(),
        lambda town: (town / "library.md").rename(town / "renamed.md"),
    ],
    ids=["text", "paragraphs", "section", "outlet", "url", "author", "date", "language", "added", "removed", "renamed"],
)
def test_every_change_of_content_changes_the_fingerprint(town: Path, change: Callable[[Path], object]) -> None:
    before = build(town).fingerprint
    change(town)
    assert build(town).fingerprint != before


def test_progress_names_every_stage(editions: Editions) -> None:
    stages: list[str] = []
    editions.reload(lambda stage, done, total: stages.append(stage) if 0 <= done <= total else pytest.fail(stage))
    assert list(dict.fromkeys(stages)) == ["fetching", "reading", "indexing"]


def is_running(editions: Editions) -> bool:
    return editions.running is not None


def test_a_second_reload_is_told_of_the_first_and_readers_never_wait(town: Path) -> None:
    building, release = threading.Event(), threading.Event()

    def slowly(path: Path, progress: StageCallback | None) -> Edition:
        edition = build(path, progress)
        building.set()
        assert release.wait(10)
        return edition

    editions = Editions(DirectorySource(town), slowly)
    release.set()
    editions.reload()
    before = editions.current
    building.clear()
    release.clear()
    write(town, "museum.md")
    first = threading.Thread(target=editions.reload, kwargs={"by": "سلمى"})
    first.start()
    assert building.wait(10)
    for attempt in (partial(editions.reload, by="عمر"), partial(editions.rollback, "عمر")):
        with pytest.raises(ReloadRunningError) as caught:
            attempt()
        assert (caught.value.running.by, caught.value.running.stage) == ("سلمى", "indexing")
        assert 0 < caught.value.running.done <= caught.value.running.total
    assert is_running(editions)
    assert editions.current is before
    release.set()
    first.join(10)
    assert not is_running(editions)
    assert len(editions.current.articles) == 3


DAYS = {"old.md": date(2025, 12, 31), "new.md": date(2026, 3, 9)}


def write_dated(town: Path, days: Mapping[str, date]) -> None:
    for name, day in days.items():
        write(town, name, front=f"published: {day.isoformat()}\n")


def test_an_edition_is_as_of_the_day_of_its_newest_article_and_of_none_from_the_future(town: Path) -> None:
    edition = build(town)
    assert edition.as_of is None
    today = edition.built.date()
    write_dated(town, {**DAYS, "future.md": today + timedelta(days=400)})
    assert build(town).as_of == DAYS["new.md"]
    write_dated(town, {"today.md": today})
    assert build(town).as_of == today


def test_an_edition_lists_its_outlets_once(town: Path) -> None:
    for name, outlet in (("a.md", "الميناء"), ("b.md", "الانباء"), ("c.md", "الأنباء"), ("d.md", "الأنباء")):
        write(town, name, front=f"outlet: {outlet}\n")
    assert build(town).outlets == ("الأنباء", "الميناء")


def test_an_edition_finds_its_articles_by_their_titles(town: Path) -> None:
    write_dated(town, DAYS)
    edition = build(town)
    newest = edition.catalogue.search("", 2)
    assert [article.published for article in newest] == [DAYS["new.md"], DAYS["old.md"]]


def test_an_edition_knows_the_passages_that_several_articles_have(town: Path) -> None:
    assert build(town).folded == 0
    write(town, "museum.md", f"خبر عاجل.\n\n{BRIDGE}")
    write(town, "tower.md", BRIDGE.replace("أ", "ا"))
    edition = build(town)
    index = embedded(edition)
    numbers = [number for number in range(len(index)) if "الجسر" in index.passage(number).text]
    twins = edition.index.read(numbers)
    assert all(one.is_near_duplicate_of(other) == (one.number != other.number) for one in twins for other in twins)
    assert [len(edition.index.near_duplicates(passage, None, 5)) for passage in twins] == [2, 2, 2]
    others = edition.index.read([number for number in range(len(edition.index)) if number not in numbers])
    assert [list(edition.index.near_duplicates(passage, None, 5)) for passage in others] == [[], []]
    assert edition.folded == 2
