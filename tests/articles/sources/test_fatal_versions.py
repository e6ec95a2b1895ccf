"""A version that kills the process, killed for real, and what the next start does."""

import hashlib
import json
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.articles.sources import SourceError
from bot.articles.sources.fatal_versions import VersionTrials
from bot.articles.sources.source import Version
from tests.articles.conftest import ROOT
from tests.articles.sources.archives import ARTICLES, TEXT, names, tar_gz
from tests.articles.sources.conftest import LIMITS, Fetching
from tests.articles.sources.serving import served
from tests.articles.sources.web_server import WebServer, reply

GOOD, DEADLY, LATER = (tar_gz(files) for files in (ARTICLES, {"deadly.md": TEXT}, {"later.md": TEXT}))
HOUR = 3600.0
VERSION = Version(digest="deadly")

# Stands still where it is told to, as one does that asks for memory that there is not.
FETCH = """
import signal, sys
from pathlib import Path, PurePosixPath
from bot.articles.sources import web_archive
from bot.articles.sources.limits import FetchLimits
from bot.articles.sources.archive_download import ArchiveRequest
from bot.articles.sources.snapshots import Snapshots
from bot.articles.sources.web_archive import WebArchiveSource

def stand_still(*_):
    print("now", flush=True)
    sys.stdin.read()

signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
url, cache, moment = sys.argv[1:]
if moment == "unpacking":
    web_archive.write_file = stand_still
request = ArchiveRequest(url, url, allow_private=True)
source = WebArchiveSource(request, PurePosixPath(), Snapshots(Path(cache)), FetchLimits())
source.fetch()
stand_still()
"""


def killed(fetching: Fetching, moment: str, by: signal.Signals = signal.SIGKILL) -> None:
    """Fetch in a process that is killed at a moment."""
    command = [sys.executable, "-c", FETCH, fetching.server.url, str(fetching.cache), moment]
    with subprocess.Popen(  # noqa: S603
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "now\n"
        process.send_signal(by)


def killed_twice(fetching: Fetching, archive: bytes) -> None:
    """Leave what a version has that killed two processes."""
    for _ in range(2):
        die(fetching.cache, Version(digest=hashlib.sha256(archive).hexdigest()))
        VersionTrials(fetching.cache).blocked()


def refuse(fetching: Fetching) -> None:
    with pytest.raises(SourceError) as caught:
        fetching.source().fetch()
    assert (caught.value.key, caught.value.values["count"]) == ("source.deadly", 2)


@pytest.mark.parametrize("moment", [pytest.param("unpacking", marks=pytest.mark.slow), "reading"])
def test_what_killed_twice_is_not_tried_again_by_itself(server: WebServer, fetching: Fetching, moment: str) -> None:
    server.answers = [reply(200, GOOD, ETag='"good"'), reply(200, DEADLY, ETag='"deadly"')]
    good = served(fetching.source())
    killed(fetching, moment)
    if moment == "reading":
        server.answers = [reply(304)]
    killed(fetching, moment)
    for answer in (reply(304), reply(200, DEADLY)):
        server.answers = [answer]
        refuse(fetching)
        assert server.seen[-1].headers["If-None-Match"] == '"deadly"'
        assert fetching.source().last_served() == good
    assert not list(fetching.cache.glob(".draft-*"))


def test_somebody_may_insist(server: WebServer, fetching: Fetching) -> None:
    server.answers = [reply(200, DEADLY)]
    killed_twice(fetching, DEADLY)
    refuse(fetching)
    source = fetching.source()
    assert names(source.fetch(force=True).path) == ["deadly.md"]
    source.note_survived()
    assert names(fetching.source().fetch().path) == ["deadly.md"]


def test_another_version_is_tried(server: WebServer, fetching: Fetching) -> None:
    killed_twice(fetching, DEADLY)
    server.answers = [reply(200, LATER)]
    assert names(fetching.source().fetch().path) == ["later.md"]


def test_what_killed_a_process_that_was_told_to_end_did_not_kill_it(server: WebServer, fetching: Fetching) -> None:
    """A platform that replaces a container says so first, and kills it in the middle of anything at worst once."""
    server.answers = [reply(200, DEADLY)]
    killed(fetching, "unpacking", signal.SIGTERM)
    die(fetching.cache, Version(digest=hashlib.sha256(DEADLY).hexdigest()))
    assert names(fetching.source().fetch().path) == ["deadly.md"]


def test_a_failure_is_no_death(server: WebServer, fetching: Fetching) -> None:
    server.answers = [reply(200, GOOD[:-20], ETag='"1"')]
    for _ in range(3):
        assert fetching.error().key == "source.truncated"
    assert "trying.json" not in fetching.left()


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def die(folder: Path, version: Version = VERSION) -> None:
    """Leave what a killed process leaves."""
    folder.mkdir(exist_ok=True)
    (folder / "trying.json").write_text(json.dumps({"digest": version.digest}))


def test_it_is_tried_again_ever_later(tmp_path: Path) -> None:
    trials = VersionTrials(tmp_path, clock := Clock())
    die(tmp_path)
    assert trials.blocked() is None
    for hours in (1, 2, 4, 8, 16, 24, 24):
        die(tmp_path)
        assert trials.blocked() is not None
        clock.now += hours * HOUR - 1
        assert trials.blocked() is not None
        clock.now += 2
        assert trials.blocked() is None


def test_a_clock_that_was_set_back_bars_nothing(tmp_path: Path) -> None:
    trials = VersionTrials(tmp_path, clock := Clock())
    for _ in range(2):
        die(tmp_path)
        trials.blocked()
    clock.now -= 10
    assert trials.blocked() is None


def test_deaths_of_one_version_are_counted_in_a_row(tmp_path: Path) -> None:
    trials = VersionTrials(tmp_path, Clock())
    for version in (VERSION, Version(digest="other"), VERSION):
        die(tmp_path, version)
        assert trials.blocked() is None
    trials.begin(VERSION)
    trials.end()
    die(tmp_path)
    assert trials.blocked() is None


def test_the_trial_of_a_process_that_lives_is_none_of_a_dead_one(tmp_path: Path) -> None:
    trying = VersionTrials(tmp_path)
    trying.begin(VERSION)
    other = VersionTrials(tmp_path)
    for _ in range(3):
        assert other.blocked() is None
        other.begin(VERSION)
        other.end()
    assert names(tmp_path) == ["trying.json"]
    trying.end()
    assert names(tmp_path) == []


@pytest.mark.parametrize("note", ["", "{", "[]", '{"digest": 1, "more": 2}', "null"])
def test_a_note_that_cannot_be_read_is_nothing(tmp_path: Path, note: str) -> None:
    (tmp_path / "trying.json").write_text(note)
    (tmp_path / "killed.json").write_text(note)
    assert VersionTrials(tmp_path).blocked() is None
    assert not (tmp_path / "trying.json").exists()


def test_a_source_that_outlives_its_limit_twice_waits(server: WebServer, fetching: Fetching) -> None:
    server.answers = [reply(200, GOOD)]
    short = replace(LIMITS, seconds=0.0)
    for _ in range(2):
        assert fetching.error(short).key == "source.timeout"
    asked = len(server.seen)
    error = fetching.error(short)  # after a restart
    assert (error.key, error.values["url"], error.values["count"]) == ("source.waits", server.url, 2)
    assert len(server.seen) == asked
    with pytest.raises(SourceError) as caught:
        fetching.source(limits=short).fetch(force=True)
    assert caught.value.key == "source.timeout"
    # Who gives it more time need not wait.
    assert names(fetching.source().fetch().path) == sorted(ARTICLES)
    assert fetching.error(short).key == "source.timeout"


def test_it_waits_longer_each_time(tmp_path: Path) -> None:
    now = [0.0]
    trials = VersionTrials(tmp_path, lambda: now[0])
    trials.note_outlived(VERSION)
    assert trials.waiting(VERSION) is None
    for hours in (1, 2, 4, 8, 16, 24, 24):
        trials.note_outlived(VERSION)
        now[0] += hours * HOUR - 1
        assert trials.waiting(VERSION) is not None
        assert trials.waiting(Version(digest="other")) is None
        now[0] += 1
        assert trials.waiting(VERSION) is None
    trials.note_in_time()
    trials.note_outlived(VERSION)
    assert trials.waiting(VERSION) is None
