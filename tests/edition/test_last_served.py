"""What a restart remembers: which edition serves, and which one somebody went back from."""

import logging
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from bot.arabic import Analyser
from bot.articles.sources import DirectorySource, Fetched, Version
from bot.edition import (
    BuildError,
    Edition,
    EditionBuilder,
    Editions,
    EmptyCorpusError,
    GoldenOutcome,
    GoldenQuestion,
    LastServed,
    ReloadCancelledError,
    Resumed,
    StageCallback,
)
from tests.answering.coverage import ANALYSER
from tests.edition.samples import LIBRARY, MUSEUM, PHRASES, PlayedSource, builder, ids, started, write

pytestmark = pytest.mark.usefixtures("builds_here")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


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


OTHER = Analyser({*ANALYSER.stop_words, "كلمة"})


def test_a_stop_ends_the_build_of_what_served_before_an_update(tmp_path: Path, cache: Path) -> None:
    source, stopped = PlayedSource(tmp_path / "one"), list[bool]()
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
