"""What a reload reports, what the source's absence does to it, and the way back."""

import logging
from pathlib import Path

import pytest

from bot.articles import Removal, Removals
from bot.articles.sources import DirectorySource, SourceError, Version
from bot.edition import (
    Editions,
    EmptyCorpusError,
    GateError,
    HeldBack,
    NothingBeforeError,
    Reloaded,
    ReloadOutcome,
    Unchanged,
)
from tests.edition.samples import (
    BRIDGE,
    LIBRARY,
    MUSEUM,
    Counted,
    PlayedSource,
    bring,
    build,
    builder,
    ids,
    reloaded,
    write,
)


def test_a_report_says_what_was_done_for_whom(town: Path) -> None:
    editions = Editions(source := PlayedSource(town, "0123456789abcdef"), build)
    first = reloaded(editions)
    assert (first.before, first.serving.fingerprint, first.by) == (None, editions.current.fingerprint, None)
    write(town, "library.md", LIBRARY + " وشكر الحضور.")
    source.version = "fedcba9876543210"
    outcome = reloaded(editions, by="سلمى")
    assert (outcome.by, outcome.serving.version, outcome.serving.passages) == ("سلمى", "fedcba987654", 2)
    assert [article.id for article in outcome.changes.changed] == ["library"]
    assert outcome.before != outcome.serving.fingerprint == editions.current.fingerprint
    assert outcome.seconds > 0
    assert outcome.at.tzinfo is not None
    assert editions.last is outcome


def test_a_report_says_which_removed_articles_their_source_withdrew(town: Path) -> None:
    kept_out = list[Removal]()
    editions = Editions(source := PlayedSource(town), builder(removals=lambda: Removals(kept_out)).build)
    write(town, "museum.md", MUSEUM, front="url: https://host.example/museum\n")
    write(town, "bridge.md", BRIDGE)
    write(town, "bank.md", MUSEUM)
    write(town, "port.md", MUSEUM)
    assert reloaded(editions).changes.withdrawn == frozenset()
    # Another feed withdrew it under an id of its own.
    links = {"other/museum": "https://host.example/museum", "long-gone": "https://host.example/1"}
    kept_out += [Removal(name, link, is_withdrawn=True) for name, link in links.items()] + [Removal("bridge")]
    (town / "museum.md").unlink()
    source.version = "without"
    changes = reloaded(editions).changes
    assert {article.id for article in changes.removed} == {"museum", "bridge"}
    assert changes.withdrawn == {"museum"}


def test_everybody_is_given_the_report_of_their_own_attempt(
    editions: Editions, source: PlayedSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(source)

    def log_late(outcome: ReloadOutcome) -> None:
        # Somebody else is quicker than the line in the log.
        if isinstance(outcome, Reloaded):
            editions.rollback("عمر")

    monkeypatch.setattr("bot.edition.editions.log_outcome", log_late)
    outcome = editions.reload(by="سلمى")
    assert isinstance(outcome, Reloaded)
    assert outcome.by == "سلمى"


def test_nothing_is_built_where_the_source_has_nothing_new(town: Path) -> None:
    build_counted = Counted()
    editions = Editions(PlayedSource(town), build_counted)
    editions.reload()
    outcome = editions.reload(by="سلمى")
    assert isinstance(outcome, Unchanged)
    assert (outcome.serving.fingerprint, build_counted.builds) == (editions.current.fingerprint, 1)


def test_nothing_is_built_where_the_files_are_the_same(town: Path, tmp_path: Path) -> None:
    build_counted = Counted()
    editions = Editions(DirectorySource(town), build_counted, key=builder(tmp_path).key)
    editions.reload()
    assert isinstance(editions.reload(), Unchanged)
    assert build_counted.builds == 1
    write(town, "museum.md", MUSEUM)
    assert isinstance(editions.reload(), Reloaded)
    assert build_counted.builds == 2


def test_what_changed_back_to_what_serves_is_nothing_new(editions: Editions, source: PlayedSource) -> None:
    serving = editions.current
    source.version = "two"
    assert isinstance(editions.reload(), Unchanged)
    assert editions.current is serving
    build_counted = Counted()
    editions._build_in_process = build_counted
    assert isinstance(editions.reload(), Unchanged)
    assert build_counted.builds == 0


def test_a_start_without_the_source_takes_what_was_kept_and_catches_up(
    town: Path, caplog: pytest.LogCaptureFixture
) -> None:
    source = PlayedSource(town)
    source.away, source.served = True, Version(revision="one")
    editions = Editions(source, build)
    with caplog.at_level(logging.WARNING):
        editions.reload()
    assert ids(editions) == ["bridge", "library"]
    assert editions.source_error is not None
    assert editions.source_error.key == "source.unreachable"
    assert "away" in caplog.text
    bring(source)
    source.away = False
    editions.reload()
    assert ids(editions) == ["bridge", "library", "museum"]
    assert editions.source_error is None


@pytest.mark.parametrize("fault", [OverflowError("secret"), UnicodeError("secret"), RuntimeError(), MemoryError()])
def test_what_nobody_foresaw_in_a_fetch_is_told_as_a_source_that_is_away(
    town: Path, caplog: pytest.LogCaptureFixture, fault: Exception
) -> None:
    source = PlayedSource(town)
    source.fault, source.served = fault, Version(revision="one")
    editions = Editions(source, build)
    with caplog.at_level(logging.WARNING):
        editions.reload()
    assert ids(editions) == ["bridge", "library"]
    assert editions.source_error is not None
    error = editions.source_error
    assert (error.key, error.values) == ("source.unforeseen", {"words": type(fault).__name__})
    assert [record.exc_info is not None for record in caplog.records] == [True, False]
    caplog.clear()
    with pytest.raises(SourceError):
        editions.reload()
    assert not any(record.exc_info for record in caplog.records)
    source.fault = None
    assert isinstance(editions.reload(), Unchanged)
    assert not any(record.exc_info for record in caplog.records)


def test_a_start_without_the_source_and_with_nothing_kept_fails(town: Path) -> None:
    source = PlayedSource(town)
    source.away = True
    editions = Editions(source, build)
    with pytest.raises(SourceError):
        editions.reload()
    with pytest.raises(LookupError):
        _ = editions.current


def test_a_reload_without_the_source_fails_and_the_old_edition_serves(editions: Editions, source: PlayedSource) -> None:
    serving = editions.current
    source.away, source.served = True, Version(revision="one")
    with pytest.raises(SourceError):
        editions.reload()
    assert editions.current is serving
    assert editions.source_error is not None


def test_a_corpus_without_articles_goes_by_the_name_of_its_source(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(EmptyCorpusError) as caught:
        Editions(PlayedSource(tmp_path / "empty"), build).reload()
    assert (caught.value.name, caught.value.key) == (PlayedSource.name, "gate.empty")
    assert caught.value.values == {"source": PlayedSource.name}


def test_the_way_back_leads_to_the_edition_before_and_no_farther(town: Path) -> None:
    editions = Editions(source := PlayedSource(town), build)
    with pytest.raises(NothingBeforeError):
        editions.rollback("عمر")
    editions.reload()
    with pytest.raises(NothingBeforeError):
        editions.rollback("عمر")
    before = editions.current
    bring(source)
    editions.reload()
    outcome = editions.rollback("عمر")
    assert editions.current is before
    assert [article.id for article in outcome.changes.removed] == ["museum"]
    assert (outcome.by, outcome.serving.fingerprint) == ("عمر", before.fingerprint)
    assert isinstance(editions.reload(), HeldBack)
    with pytest.raises(NothingBeforeError):
        editions.rollback("عمر")


@pytest.mark.parametrize("has_version", [True, False])
@pytest.mark.parametrize("has_key", [True, False])
def test_what_was_gone_back_from_returns_by_a_person_or_as_something_else(
    town: Path, tmp_path: Path, has_version: bool, has_key: bool
) -> None:
    source = PlayedSource(town) if has_version else DirectorySource(town)
    editions = Editions(source, build, key=builder(tmp_path).key if has_key else None)

    def change(name: str) -> None:
        write(town, name, MUSEUM)
        if isinstance(source, PlayedSource):
            source.version = name

    editions.reload()
    change("museum.md")
    editions.reload()
    editions.rollback("عمر")
    for _ in range(2):
        assert isinstance(editions.reload(), HeldBack)
        assert ids(editions) == ["bridge", "library"]
    editions.reload(by="عمر")
    assert ids(editions) == ["bridge", "library", "museum"]
    editions.rollback("عمر")
    change("port.md")
    assert isinstance(editions.reload(), Reloaded)
    assert ids(editions) == ["bridge", "library", "museum", "port"]


def test_every_attempt_is_logged_on_one_line(
    editions: Editions, source: PlayedSource, caplog: pytest.LogCaptureFixture
) -> None:
    old = editions.current.fingerprint
    bring(source)
    with caplog.at_level(logging.INFO):
        editions.reload(by="سلمى\nroot")
        editions.reload(by="سلمى")
        editions.rollback("عمر")
        source.away = True
        with pytest.raises(SourceError):
            editions.reload()
        with pytest.raises(NothingBeforeError):
            editions.rollback("عمر")
    levels = [record.levelname for record in caplog.records]
    lines = [record.getMessage() for record in caplog.records]
    assert levels == ["INFO", "INFO", "INFO", "WARNING", "INFO"]
    assert not any("\n" in line for line in lines)
    assert "by سلمى root" in lines[0]
    assert f"after {old}; 1 added, 0 changed, 0 removed, 0 rejected; 3 passages" in lines[0]
    assert "nothing is new" in lines[1]
    assert lines[2].startswith(f"Rollback by عمر: edition {old} serves")
    assert "by the bot itself failed" in lines[3]
    assert "no edition before" in lines[4]


def test_a_corpus_that_lost_more_than_its_share_needs_force(tmp_path: Path) -> None:
    for number in range(10):
        write(tmp_path / "town", f"{number}.md", BRIDGE)
    editions = Editions(DirectorySource(tmp_path / "town"), build, most_shrink=0.2)
    editions.reload()
    for number in range(2):
        (tmp_path / "town" / f"{number}.md").unlink()
    editions.reload()
    for number in range(2, 4):
        (tmp_path / "town" / f"{number}.md").unlink()
    with pytest.raises(GateError) as caught:
        editions.reload()
    assert (caught.value.key, caught.value.values) == ("gate.shrunk", {"before": 8, "after": 6, "percent": 20})
    assert len(ids(editions)) == 8
    editions.reload(force=True)
    assert len(ids(editions)) == 6
