"""What a restart remembers: which edition serves, and which one somebody went back from."""

import logging
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from bot.arabic import Analyser
from bot.articles import ProgressCallback
from bot.articles.sources import DirectorySource, Fetched, Source, Version
from bot.edition import (
    BuildError,
    Edition,
    EditionBuilder,
    Editions,
    EmptyCorpusError,
    GateError,
    GoldenOutcome,
    GoldenQuestion,
    HeldBack,
    LastServed,
    ReloadCancelledError,
    Reloaded,
    Resumed,
    StageCallback,
    Unchanged,
)
from tests.answering.coverage import ANALYSER
from tests.edition.samples import (
    BRIDGE,
    CHECK,
    LIBRARY,
    MUSEUM,
    PHRASES,
    PlayedSource,
    builder,
    ids,
    reloaded,
    write,
    write_lines,
)

pytestmark = pytest.mark.usefixtures("builds_here")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def started(source: Source, cache: Path, analyser: Analyser = ANALYSER, large: int = 1 << 20) -> Editions:
    """Start as the bot does, by the same folder."""
    make = EditionBuilder(PHRASES, analyser, cache, large)
    last_served = LastServed(cache, source.name, PHRASES, analyser)
    editions = Editions(source, make.build, key=make.key, check=CHECK, store=last_served)
    editions.start()
    return editions


@pytest.mark.parametrize("large", [0, 1 << 30], ids=["in a file", "in memory"])
def test_what_served_serves_again_before_a_far_source_is_asked(town: Path, cache: Path, large: int) -> None:
    source = PlayedSource(town)
    serving = started(source, cache, large=large).current
    source.away = True
    again = started(source, cache, large=large)
    assert dict(again.current.articles) == dict(serving.articles)
    assert (again.current.fingerprint, again.needs_fetch, again.source_error) == (serving.fingerprint, True, None)
    write(town, "museum.md", MUSEUM)
    source.away, source.version = False, "two"
    assert [article.id for article in reloaded(again).changes.added] == ["museum"]
    assert not again.needs_fetch
    again.rollback("عمر")
    assert ids(again) == ["bridge", "library"]


def test_a_near_source_is_read_behind_what_served_before(town: Path, cache: Path) -> None:
    source = DirectorySource(town)
    started(source, cache)
    again = started(source, cache)
    assert again.needs_fetch
    assert isinstance(again.last, Resumed)
    assert isinstance(again.reload(), Unchanged)
    write(town, "museum.md", MUSEUM)
    later = started(source, cache)
    assert ids(later) == ["bridge", "library"]
    later.reload()
    assert ids(later) == ["bridge", "library", "museum"]


def test_a_restart_serves_before_anything_is_asked(town: Path, cache: Path) -> None:
    (town / "questions.yaml").write_text("- question: متى افتتحت المكتبة؟\n  article: library\n", encoding="utf-8")
    source = DirectorySource(town)
    serving = started(source, cache).current.fingerprint
    asked = list[str]()

    def check(edition: Edition, questions: Sequence[GoldenQuestion], progress: StageCallback) -> GoldenOutcome:
        del progress
        asked.append(edition.fingerprint)
        return GoldenOutcome(len(questions))

    make = EditionBuilder(PHRASES, ANALYSER, cache, 1 << 20)
    last_served = LastServed(cache, source.name, PHRASES, ANALYSER)
    again = Editions(source, make.build, key=make.key, check=check, store=last_served)
    again.start()
    assert (again.current.fingerprint, asked) == (serving, [])
    again.reload()
    assert asked == [serving]


@pytest.mark.parametrize("is_local", [True, False])
def test_a_restart_opens_no_gate(tmp_path: Path, cache: Path, is_local: bool) -> None:
    corpus = tmp_path / "lines.jsonl"
    write_lines(corpus, 9)
    source: Source = DirectorySource(corpus) if is_local else (played := PlayedSource(corpus))
    serving = started(source, cache).current.fingerprint
    write_lines(corpus, 2)
    if not is_local:
        played.version = "two"
    again = started(source, cache)
    with pytest.raises(GateError, match="shrunk"):
        again.reload()
    assert again.current.fingerprint == serving
    assert len(reloaded(again, force=True).changes.removed) == 7


def test_a_corpus_without_articles_keeps_what_served_over_a_restart(town: Path, cache: Path) -> None:
    source = DirectorySource(town)
    started(source, cache)
    for file in town.iterdir():
        file.unlink()
    again = started(source, cache)
    with pytest.raises(EmptyCorpusError):
        again.reload()
    assert ids(again) == ["bridge", "library"]


def gone_back(source: PlayedSource, cache: Path) -> Editions:
    """Serve a museum that the source has in its second version, and go back from it."""
    editions = started(source, cache)
    write(source.path, "museum.md", MUSEUM)
    source.version = "two"
    editions.reload()
    editions.rollback("عمر")
    return editions


def test_what_somebody_went_back_from_stays_away_over_a_restart(town: Path, cache: Path) -> None:
    gone_back(source := PlayedSource(town), cache)
    again = started(source, cache)
    assert ids(again) == ["bridge", "library"]
    outcome = again.reload()
    assert (isinstance(outcome, HeldBack), ids(again)) == (True, ["bridge", "library"])
    write(town, "bridge.md", BRIDGE + " واستؤنف العمل.")
    source.version = "three"
    assert isinstance(again.reload(), Reloaded)
    assert ids(started(source, cache)) == ["bridge", "library", "museum"]


def test_what_somebody_went_back_from_stays_away_when_the_source_returns_to_it(town: Path, cache: Path) -> None:
    editions = gone_back(source := PlayedSource(town), cache)
    other = write(town, "other.md", BRIDGE)
    source.version = "three"
    editions.reload()
    other.unlink()
    source.version = "two"
    assert (isinstance(editions.reload(), HeldBack), ids(editions)) == (True, ["bridge", "library", "museum", "other"])
    editions.reload(by="عمر")
    assert ids(editions) == ["bridge", "library", "museum"]


class Versions(PlayedSource):
    """A source that keeps every version in a folder of its own, and knows which of them served."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder

    def fetch(self, progress: ProgressCallback = lambda *_: None, *, force: bool = False) -> Fetched:
        self.path = self.folder / self.version
        return super().fetch(progress, force=force)

    def last_served(self) -> Fetched | None:
        return Fetched(self.folder / str(self.served.revision), self.served) if self.served else None


OTHER = Analyser({*ANALYSER.stop_words, "كلمة"})


def test_an_update_of_the_program_brings_nothing_back(tmp_path: Path, cache: Path) -> None:
    source = Versions(tmp_path)
    for version, names in (("one", ["library", "bridge"]), ("two", ["library", "bridge", "museum"])):
        for name in names:
            write(tmp_path / version, f"{name}.md", f"{MUSEUM} {name}")
    editions = started(source, cache)
    source.version = "two"
    editions.reload()
    editions.rollback("عمر")
    updated = started(source, cache, OTHER)
    assert (ids(updated), updated.needs_fetch) == (["bridge", "library"], True)
    assert (isinstance(updated.reload(), HeldBack), ids(updated)) == (True, ["bridge", "library"])
    source.away = True
    again = started(source, cache, OTHER)
    assert (ids(again), isinstance(again.last, Resumed)) == (["bridge", "library"], True)


def test_a_stop_ends_the_build_of_what_served_before_an_update(tmp_path: Path, cache: Path) -> None:
    source, stopped = Versions(tmp_path), list[bool]()
    write(tmp_path / "one", "library.md", LIBRARY)
    started(source, cache)
    make = EditionBuilder(PHRASES, OTHER, cache)

    def build(path: Path, progress: StageCallback | None = None) -> Edition:
        assert progress is not None
        assert editions.running is not None
        assert editions.cancel(None)
        # As where its child was killed.
        raise BuildError(str(path))

    last_served = LastServed(cache, source.name, PHRASES, OTHER)
    editions = Editions(source, build, key=make.key, store=last_served, stop=partial(stopped.append, True))
    with pytest.raises(ReloadCancelledError):
        editions.start()
    assert (stopped, editions.running) == ([True], None)


def test_an_update_of_the_program_opens_no_gate(tmp_path: Path, cache: Path) -> None:
    source = Versions(tmp_path)
    for version, count in (("one", 9), ("two", 1)):
        (tmp_path / version).mkdir()
        write_lines(tmp_path / version / "lines.jsonl", count)
    started(source, cache)
    source.version = "two"
    updated = started(source, cache, OTHER)
    with pytest.raises(GateError, match="shrunk"):
        updated.reload()
    assert len(updated.current.articles) == 9


def test_of_a_directory_an_update_remembers_how_many_articles_served(tmp_path: Path, cache: Path) -> None:
    corpus = tmp_path / "lines.jsonl"
    write_lines(corpus, 9)
    started(DirectorySource(corpus), cache)
    write_lines(corpus, 1)
    updated = started(DirectorySource(corpus), cache, OTHER)
    assert len(updated.current.articles) == 1
    assert isinstance(updated.last, Reloaded | Resumed)
    assert updated.last.failed_gate is not None
    assert updated.last.failed_gate.key == "gate.shrunk"


def test_the_same_articles_under_another_version_are_noted(town: Path, cache: Path) -> None:
    editions = started(source := PlayedSource(town), cache)
    source.version = "two"
    assert isinstance(editions.reload(), Unchanged)
    assert source.served == Version(revision="two")


def test_no_number_of_reloads_that_fail_throws_away_what_serves(town: Path, cache: Path) -> None:
    editions = started(source := PlayedSource(town), cache, large=0)
    for number in range(4):
        source.version = str(number)
        write(town, "questions.yaml", "")
        write(town, f"more{number}.md", MUSEUM)
        (town / "questions.yaml").write_text("- question: من هذا؟\n  article: nobody\n", encoding="utf-8")
        with pytest.raises(Exception, match="golden"):
            editions.reload()
    assert ids(started(source, cache, large=0)) == ["bridge", "library"]


@pytest.mark.parametrize("harm", ["other source", "other stop words", "cut", "no record", "other edition", "garbage"])
def test_what_is_not_known_for_sure_is_not_remembered(town: Path, cache: Path, harm: str) -> None:
    started(PlayedSource(town), cache)
    source, analyser = PlayedSource(town), ANALYSER
    arrays, record = cache / "serving.arrays", cache / "serving.json"
    match harm:
        case "other source":
            source.name = "https://other.example/corpus.zip"
        case "other stop words":
            analyser = Analyser({"خبر"})
        case "cut":
            arrays.write_bytes(arrays.read_bytes()[:-9])
        case "no record":
            record.unlink()
        case "other edition":
            record.write_text(record.read_text().replace('"fingerprint": "', '"fingerprint": "0'))
        case _:
            record.write_text("[")
    again = started(source, cache, analyser)
    assert not again.needs_fetch
    assert ids(again) == ["bridge", "library"]


def test_a_folder_that_cannot_be_written_costs_the_memory_and_not_the_edition(
    town: Path, cache: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.parent.mkdir(exist_ok=True)
    cache.write_text("a file")
    with caplog.at_level(logging.WARNING):
        assert ids(started(PlayedSource(town), cache)) == ["bridge", "library"]
    assert "cannot be noted" in caplog.text
    cache.unlink()

    # A file system without second names for files.
    def no_link(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_link)
    started(PlayedSource(town), cache)
    assert started(PlayedSource(town), cache).needs_fetch


def test_a_note_that_does_not_reach_the_disk_leaves_the_one_before(
    town: Path, cache: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = PlayedSource(town)
    editions = started(source, cache)
    before = (cache / "serving.json").read_bytes()

    def refuse_json(descriptor: int) -> None:
        if os.pread(descriptor, 1, 0) == b"{":
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse_json)
    write(town, "museum.md", MUSEUM)
    source.version = "two"
    with caplog.at_level(logging.WARNING):
        editions.reload()
    assert ids(editions) == ["bridge", "library", "museum"]
    assert "cannot be noted" in caplog.text
    assert (cache / "serving.json").read_bytes() == before


def test_a_source_without_articles_at_the_first_start_brings_back_the_last_that_served(
    tmp_path: Path, town: Path, caplog: pytest.LogCaptureFixture
) -> None:
    # The disk kept what was fetched, and the edition is of another version of the bot.
    (empty := tmp_path / "empty").mkdir()

    class Emptied(PlayedSource):
        def last_served(self) -> Fetched | None:
            return PlayedSource(town).fetch() if self.served else None

    source = Emptied(empty)
    with pytest.raises(EmptyCorpusError):
        Editions(source, builder().build).start()
    source.served = Version(revision="one")
    editions = Editions(source, builder().build)
    with caplog.at_level(logging.WARNING):
        outcome = editions.start()
    assert ids(editions) == ["bridge", "library"]
    assert isinstance(outcome, Resumed)
    assert isinstance(outcome.failed_gate, EmptyCorpusError)
    assert "failed a gate" in caplog.text
