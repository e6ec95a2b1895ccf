"""Editions on real corpora, and what a reload changes or leaves alone."""

import threading
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.arabic import Analyser
from bot.articles import BoilerplatePhrases, RejectionReason
from bot.articles.sources import DirectorySource
from bot.edition import Edition, Editions, EmptyCorpusError, ReloadRunningError, Unchanged, build_edition
from bot.settings import CONFIG
from tests.edition.samples import reloaded
from tests.retrieval.coverage import embedded

StageCallback = Callable[[str, int, int], None]


def build(path: Path, progress: StageCallback | None = None) -> Edition:
    return build_edition(BoilerplatePhrases.read(CONFIG / "marks.toml"), Analyser(), path, progress)


def write(corpus: Path, name: str, body: str = "افتتحت البلدية المكتبة صباح الأحد.", *, front: str = "") -> Path:
    file = corpus / name
    file.write_text(f"---\ntitle: خبر {Path(name).stem}\n{front}---\n\n{body}\n", encoding="utf-8")
    return file


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    directory = tmp_path / "corpus"
    directory.mkdir()
    write(directory, "library.md")
    write(directory, "bridge.md", "أغلقت البلدية الجسر القديم.")
    return directory


@pytest.fixture
def editions(corpus: Path) -> Editions:
    return Editions(DirectorySource(corpus), build)


def test_there_is_no_edition_before_the_first_reload(editions: Editions) -> None:
    with pytest.raises(LookupError):
        _ = editions.current


def test_the_first_reload_adds_every_article(editions: Editions) -> None:
    changes = reloaded(editions).changes
    assert [article.id for article in changes.added] == ["bridge", "library"]
    assert (list(changes.changed), list(changes.removed), changes.rejections) == ([], [], ())
    assert list(editions.current.articles) == ["bridge", "library"]
    assert len(editions.current.index) == 2


def test_a_reload_tells_what_was_added_changed_and_removed(editions: Editions, corpus: Path) -> None:
    editions.reload()
    write(corpus, "museum.md")
    write(corpus, "library.md", "أغلقت البلدية المكتبة.")
    (corpus / "bridge.md").unlink()
    changes = reloaded(editions).changes
    assert [article.id for article in changes.added] == ["museum"]
    assert [article.paragraphs[0].text for article in changes.changed] == ["أغلقت البلدية المكتبة."]
    [before] = changes.previous
    assert before.id == "library"
    assert before.paragraphs != changes.changed[0].paragraphs
    assert [article.id for article in changes.removed] == ["bridge"]
    assert set(editions.current.articles) == {"library", "museum"}


def test_a_reload_of_the_same_files_changes_nothing(editions: Editions) -> None:
    editions.reload()
    before = editions.current
    assert isinstance(editions.reload(), Unchanged)
    assert editions.current is before


def test_a_file_that_cannot_be_read_is_named_and_the_rest_loads(editions: Editions, corpus: Path) -> None:
    (corpus / "broken.md").write_bytes(b"")
    changes = reloaded(editions).changes
    assert [(rejection.path, rejection.reason) for rejection in changes.rejections] == [
        ("broken.md", RejectionReason.EMPTY)
    ]
    assert editions.current.rejections == changes.rejections
    assert len(editions.current.articles) == 2


def test_an_article_that_can_no_longer_be_read_counts_as_removed(editions: Editions, corpus: Path) -> None:
    editions.reload()
    (corpus / "bridge.md").write_bytes(b"\x00\x01")
    changes = reloaded(editions).changes
    assert [article.id for article in changes.removed] == ["bridge"]
    assert [rejection.path for rejection in changes.rejections] == ["bridge.md"]


def remove(corpus: Path) -> None:
    corpus.rename(corpus.with_name("elsewhere"))


def empty(corpus: Path) -> None:
    for file in corpus.iterdir():
        file.unlink()


def spoil(corpus: Path) -> None:
    for file in corpus.iterdir():
        file.write_bytes(b"\x00")


@pytest.mark.parametrize("harm", [remove, empty, spoil])
def test_a_corpus_without_articles_leaves_the_old_edition_serving(
    editions: Editions, corpus: Path, harm: Callable[[Path], None]
) -> None:
    editions.reload()
    before = editions.current
    harm(corpus)
    with pytest.raises(EmptyCorpusError) as caught:
        editions.reload()
    assert caught.value.name == str(corpus)
    assert bool(caught.value.rejections) == (harm is not empty)
    assert editions.current is before


@pytest.mark.parametrize("error", [MemoryError, RuntimeError, OSError, KeyboardInterrupt])
def test_whatever_fails_in_a_build_leaves_the_old_edition_serving(corpus: Path, error: type[BaseException]) -> None:
    fails = False

    def build_or_fail(path: Path, progress: StageCallback | None) -> Edition:
        if fails:
            raise error
        return build(path, progress)

    editions = Editions(DirectorySource(corpus), build_or_fail)
    editions.reload()
    before = editions.current
    fails = True
    with pytest.raises(error):
        editions.reload()
    assert editions.current is before
    fails = False
    write(corpus, "museum.md")
    editions.reload()
    assert editions.current is not before


def test_a_first_reload_that_fails_leaves_no_edition(tmp_path: Path) -> None:
    editions = Editions(DirectorySource(tmp_path / "nowhere"), build)
    with pytest.raises(EmptyCorpusError, match="nowhere"):
        editions.reload()
    with pytest.raises(LookupError):
        _ = editions.current


def test_the_fingerprint_is_that_of_the_content(corpus: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for name in ("library.md", "bridge.md"):
        (other / name).write_bytes((corpus / name).read_bytes())
    assert build(corpus).fingerprint == build(corpus).fingerprint == build(other).fingerprint


@pytest.mark.parametrize(
    "change",
    [
        partial(write, name="library.md", body="افتتحت البلدية المكتبة صباح الأحد!"),
        partial(write, name="library.md", body="## قسم\n\nافتتحت البلدية المكتبة صباح الأحد."),
        partial(write, name="library.md", front="outlet: صحيفة\n"),
        partial(write, name="library.md", front="url: https://news.example/1\n"),
        partial(write, name="library.md", front="author: منى\n"),
        partial(write, name="library.md", front="published: 2026-03-09\n"),
        partial(write, name="library.md", front="language: ar\n"),
        partial(write, name="another.md"),
        lambda corpus: (corpus / "library.md").unlink(),
        lambda corpus: (corpus / "library.md").rename(corpus / "renamed.md"),
    ],
    ids=["text", "section", "outlet", "url", "author", "date", "language", "added", "removed", "renamed"],
)
def test_every_change_of_content_changes_the_fingerprint(corpus: Path, change: Callable[[Path], object]) -> None:
    before = build(corpus).fingerprint
    change(corpus)
    assert build(corpus).fingerprint != before


def test_where_a_paragraph_ends_is_part_of_the_content(corpus: Path) -> None:
    write(corpus, "library.md", "أول ثان\n\nثالث")
    before = build(corpus).fingerprint
    write(corpus, "library.md", "أول\n\nثان ثالث")
    assert build(corpus).fingerprint != before


def test_progress_names_every_stage(editions: Editions) -> None:
    stages: list[str] = []
    editions.reload(lambda stage, done, total: stages.append(stage) if 0 <= done <= total else pytest.fail(stage))
    assert list(dict.fromkeys(stages)) == ["fetching", "reading", "indexing"]


def is_running(editions: Editions) -> bool:
    return editions.running is not None


def test_a_second_reload_is_told_of_the_first_and_readers_never_wait(corpus: Path) -> None:
    building, release = threading.Event(), threading.Event()

    def slowly(path: Path, progress: StageCallback | None) -> Edition:
        edition = build(path, progress)
        building.set()
        assert release.wait(10)
        return edition

    editions = Editions(DirectorySource(corpus), slowly)
    release.set()
    editions.reload()
    before = editions.current
    building.clear()
    release.clear()
    write(corpus, "museum.md")
    first = threading.Thread(target=editions.reload, kwargs={"by": "سلمى"})
    first.start()
    assert building.wait(10)
    for attempt in (partial(editions.reload, by="عمر"), partial(editions.rollback, "عمر")):
        with pytest.raises(ReloadRunningError) as caught:
            attempt()
        assert (caught.value.by, caught.value.stage) == ("سلمى", "indexing")
        assert 0 < caught.value.done <= caught.value.total
    assert is_running(editions)
    assert editions.current is before
    release.set()
    first.join(10)
    assert not is_running(editions)
    assert len(editions.current.articles) == 3


DAYS = {"old.md": date(2025, 12, 31), "new.md": date(2026, 3, 9)}


def write_dated(corpus: Path, days: Mapping[str, date]) -> None:
    for name, day in days.items():
        write(corpus, name, front=f"published: {day.isoformat()}\n")


def test_an_edition_is_as_of_the_day_of_its_newest_article(corpus: Path) -> None:
    write_dated(corpus, DAYS)
    assert build(corpus).as_of == DAYS["new.md"]


def test_an_article_from_the_future_makes_no_edition_newer(corpus: Path) -> None:
    edition = build(corpus)
    write_dated(corpus, DAYS)
    write_dated(corpus, {"future.md": edition.built.date() + timedelta(days=400)})
    assert build(corpus).as_of == DAYS["new.md"]


def test_the_day_of_the_build_is_no_future(corpus: Path) -> None:
    today = build(corpus).built.date()
    write_dated(corpus, {"today.md": today})
    assert build(corpus).as_of == today


def test_an_edition_without_dates_is_as_of_no_day(corpus: Path) -> None:
    assert build(corpus).as_of is None


def test_an_edition_lists_its_outlets_once(corpus: Path) -> None:
    for name, outlet in (("a.md", "الميناء"), ("b.md", "الانباء"), ("c.md", "الأنباء"), ("d.md", "الأنباء")):
        write(corpus, name, front=f"outlet: {outlet}\n")
    assert build(corpus).outlets == ("الأنباء", "الميناء")


def test_an_edition_finds_its_articles_by_their_titles(corpus: Path) -> None:
    write_dated(corpus, DAYS)
    edition = build(corpus)
    newest = edition.catalogue.search("", 2)
    assert [article.published for article in newest] == [DAYS["new.md"], DAYS["old.md"]]


def test_an_edition_knows_the_passages_that_several_articles_have(corpus: Path) -> None:
    assert build(corpus).folded == 0
    write(corpus, "museum.md", "خبر عاجل.\n\nأغلقت البلدية الجسر القديم.")
    write(corpus, "tower.md", "اغلقت البلدية الجسر القديم!")
    edition = build(corpus)
    index = embedded(edition)
    numbers = [number for number in range(len(index)) if "الجسر" in index.passage(number).text]
    twins = edition.index.read(numbers)
    assert all(one.is_near_duplicate_of(other) == (one.number != other.number) for one in twins for other in twins)
    assert [len(edition.index.near_duplicates(passage, None, 5)) for passage in twins] == [2, 2, 2]
    others = edition.index.read([number for number in range(len(edition.index)) if number not in numbers])
    assert [list(edition.index.near_duplicates(passage, None, 5)) for passage in others] == [[], []]
    assert edition.folded == 2
