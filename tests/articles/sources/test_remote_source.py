"""A source that takes too long waits, and one whose archive ends its child is away like any other."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.articles.sources import SourceError
from bot.articles.sources import web_archive as module
from bot.articles.sources.remote_source import SlowFetches
from bot.workers.child_process import CallError, ChildError, ChildProcess
from tests.articles.sources.archives import ARTICLES, names, tar_gz
from tests.articles.sources.conftest import LIMITS, Fetching
from tests.articles.sources.serving import failure, served
from tests.articles.sources.web_server import WebServer, reply
from tests.same_process import IN_CHILD

HOUR = 3600.0


def test_a_source_that_outlives_its_limit_twice_waits(server: WebServer, fetching: Fetching) -> None:
    server.answers = [reply(200, tar_gz(ARTICLES))]
    short = replace(LIMITS, seconds=0.0)
    for _ in range(2):
        assert fetching.error(short).key == "source.timeout"
    asked = len(server.seen)
    error = fetching.error(short)  # after a restart
    assert (error.key, error.values["url"], error.values["count"]) == ("source.waits", server.url, 2)
    assert len(server.seen) == asked
    assert failure(fetching.source(limits=short), force=True).key == "source.timeout"
    # Who gives it more time need not wait.
    assert names(fetching.source().fetch().path) == sorted(ARTICLES)
    assert fetching.error(short).key == "source.timeout"


class Trial:
    """A file of slow fetches whose clock stands still."""

    def __init__(self, folder: Path) -> None:
        self.now = 1_000_000.0
        self.slow = SlowFetches(folder / "outlived.json", 300.0, lambda: self.now)

    def waits(self) -> bool:
        try:
            self.slow.check("source")
        except SourceError as error:
            return error.key == "source.waits"
        return False


def test_it_waits_longer_each_time(tmp_path: Path) -> None:
    trial = Trial(tmp_path)
    trial.slow.note()
    assert not trial.waits()
    for hours in (1, 2, 4, 8, 16, 24, 24):
        trial.slow.note()
        trial.now += hours * HOUR - 1
        assert trial.waits()
        trial.now += 1
        assert not trial.waits()
    trial.slow.forget()
    trial.slow.note()
    assert not trial.waits()


def test_a_clock_that_was_set_back_bars_nothing(tmp_path: Path) -> None:
    trial = Trial(tmp_path)
    trial.slow.note()
    trial.slow.note()
    trial.now -= 10
    assert not trial.waits()


@pytest.mark.parametrize("note", ["", "{", "[]", '{"limit": 300, "count": "x", "at": 1}', "null"])
def test_a_note_that_cannot_be_read_is_nothing(tmp_path: Path, note: str) -> None:
    (tmp_path / "outlived.json").write_text(note)
    assert not Trial(tmp_path).waits()


def test_an_archive_is_unpacked_by_a_process_of_its_own(
    server: WebServer, fetching: Fetching, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ChildProcess, "_call", IN_CHILD)
    monkeypatch.setattr(module, "unpack", None)
    server.answers = [reply(200, tar_gz(ARTICLES)), reply(200, tar_gz(ARTICLES)[:-20])]
    assert names(fetching.source().fetch().path) == sorted(ARTICLES)
    assert fetching.error().key == "source.truncated"


@pytest.mark.parametrize(
    ("fault", "key"), [(ChildError("exit code -9"), "source.died"), (CallError("Traceback"), "source.unforeseen")]
)
def test_a_process_that_ends_over_an_archive_is_an_error_like_another(
    server: WebServer, fetching: Fetching, monkeypatch: pytest.MonkeyPatch, fault: ChildError, key: str
) -> None:
    server.answers = [reply(200, tar_gz(ARTICLES))]
    good = served(fetching.source())
    server.answers = [reply(200, tar_gz({"other.md": "x"}))]

    def end(*_: object) -> None:
        raise fault

    with monkeypatch.context() as patch:
        patch.setattr(ChildProcess, "_call", end)
        assert fetching.error().key == key
        assert fetching.source().last_served() == good
    assert names(fetching.source().fetch().path) == ["other.md"]
