"""What goes wrong around a reload: the old edition serves, or the new one is right."""

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

from bot.articles.sources import DirectorySource, Source, SourceError
from bot.articles.sources.archive_download import ArchiveRequest
from bot.articles.sources.limits import FetchLimits
from bot.articles.sources.snapshots import Snapshots
from bot.articles.sources.web_archive import WebArchiveSource
from bot.edition import BuildError, Editions, GoldenOutcome, Unchanged
from bot.edition import build_process as child_module
from bot.storage import ArrayFile
from tests.articles.sources.archives import tar_gz
from tests.articles.sources.web_server import Answer, WebServer, cut, head, raw, reply, web_server
from tests.edition.samples import (
    BRIDGE,
    CHECK,
    LIBRARY,
    MUSEUM,
    build,
    build_here,
    builder,
    ids,
    reloaded,
    write,
    write_lines,
)
from tests.patience import PATIENCE

LIMITS = FetchLimits(
    download_bytes=2_000_000, unpacked_bytes=20_000_000, files=2000, seconds=PATIENCE, silence=PATIENCE, pause=0.001
)
TOWN = {"library.md": f"---\ntitle: المكتبة\n---\n\n{LIBRARY}\n", "bridge.md": f"---\ntitle: الجسر\n---\n\n{BRIDGE}\n"}
GOLDEN = {"questions.yaml": "- question: متى افتتحت البلدية المكتبة العامة؟\n  article: library\n"}
ARCHIVE = tar_gz(TOWN, "town-main/", commit="a" * 40)
NEWER = tar_gz({**TOWN, "museum.md": f"---\ntitle: المتحف\n---\n\n{MUSEUM}\n"}, "town-main/", commit="b" * 40)


@pytest.fixture
def server() -> Iterator[WebServer]:
    with web_server() as server:
        yield server


def archive(server: WebServer, cache: Path) -> Source:
    """Make a source anew, as a restart does."""
    request = ArchiveRequest(server.url, server.url, None, allow_private=True)
    return WebArchiveSource(request, PurePosixPath(), Snapshots(cache), LIMITS)


@pytest.mark.parametrize(
    "fault",
    [reply(500), reply(403), cut, raw(head(200, Content_Length=len(NEWER)), NEWER[: len(NEWER) // 2])],
    ids=["500", "403", "cut", "half an archive"],
)
def test_a_source_that_fails_at_start_or_at_a_reload(server: WebServer, tmp_path: Path, fault: Answer) -> None:
    server.answers = [reply(200, ARCHIVE)]
    running = Editions(archive(server, tmp_path), build)
    running.reload()
    server.answers = [fault]
    with pytest.raises(SourceError):
        running.reload()
    assert ids(running) == ["bridge", "library"]

    restarted = Editions(archive(server, tmp_path), build)
    assert restarted.reload().serving.version == "a" * 12
    assert restarted.source_error is not None
    assert ids(restarted) == ["bridge", "library"]

    server.answers = [reply(200, NEWER, ETag='"2"')]
    for editions in (running, restarted):
        editions.reload()
        assert ids(editions) == ["bridge", "library", "museum"]
    server.answers = [reply(304)]
    assert isinstance(running.reload(), Unchanged)


def test_what_the_disk_changed_is_neither_built_nor_left(server: WebServer, tmp_path: Path) -> None:
    server.answers = [reply(200, ARCHIVE)]
    editions = Editions(archive(server, tmp_path), build)
    editions.reload()
    (library,) = tmp_path.rglob("library.md")
    library.write_text(library.read_text().replace("12", "92"))
    assert archive(server, tmp_path).last_served() is None
    assert isinstance(editions.reload(), Unchanged)
    server.answers = [reply(500)]
    updated = Editions(archive(server, tmp_path), build)
    updated.reload()
    assert updated.source_error is not None
    assert updated.current.fingerprint == editions.current.fingerprint
    assert "12 مليون" in updated.current.articles["library"].paragraphs[0].text


def test_an_archive_brings_its_golden_questions(server: WebServer, tmp_path: Path) -> None:
    server.answers = [reply(200, tar_gz({**TOWN, **GOLDEN}, "town-main/"))]
    golden = Editions(archive(server, tmp_path), build, check=CHECK).reload().serving.golden
    assert golden is not None
    assert golden.passed == 1


def test_what_an_archive_has_in_other_forms_is_rejected_as_in_a_directory(server: WebServer, tmp_path: Path) -> None:
    files = {**TOWN, "a.odt": "x", "b.pdf": "x", "c.markdown": "x", "README.md": "x", "d.png": "x", ".e.pdf": "x"}
    for name, text in files.items():
        (tmp_path / "town" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "town" / name).write_text(text)
    server.answers = [reply(200, tar_gz(files, "town-main/"))]
    fetched = Editions(archive(server, tmp_path / "cache"), build)
    fetched.reload()
    local = Editions(DirectorySource(tmp_path / "town"), build)
    local.reload()
    assert [rejection.path for rejection in local.current.rejections] == ["a.odt", "b.pdf", "c.markdown"]
    assert fetched.current.rejections == local.current.rejections


def test_what_did_not_pass_a_gate_is_judged_again_though_the_source_calls_it_unchanged(
    server: WebServer, tmp_path: Path
) -> None:
    server.answers = [reply(200, tar_gz({f"{number}.md": TOWN["bridge.md"] for number in range(9)}))]
    editions = Editions(archive(server, tmp_path), build)
    editions.reload()
    server.answers = [reply(200, ARCHIVE, ETag='"1"'), reply(304)]
    for _ in range(3):
        with pytest.raises(Exception, match="shrunk"):
            editions.reload()
    editions.reload(force=True)
    assert ids(editions) == ["bridge", "library"]


@pytest.mark.parametrize("seconds", [0, 1, 2**31 - 1])
def test_a_clock_that_was_set_hides_no_change(town: Path, tmp_path: Path, seconds: int) -> None:
    editions = Editions(DirectorySource(town), build, key=builder(tmp_path).key)
    editions.reload()
    file = write(town, "library.md", LIBRARY.replace("الأحد", "السبت"))
    for one in (file, town):
        os.utime(one, (seconds, seconds))
    assert [article.id for article in reloaded(editions).changes.changed] == ["library"]
    os.utime(file, (5, 5))
    assert isinstance(editions.reload(), Unchanged)


def full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def killing(condition: str) -> str:
    """Make a child that is killed in the middle of a phase."""
    return f"""
import os
from bot.edition import build_process
die = lambda *_, **__: os.kill(os.getpid(), 9)
report = build_process._report_progress
build_process._report_progress = lambda stage, done, total: die() if {condition} else report(stage, done, total)
build_process.ArrayFile.finish = die
build_process.main()
"""


@pytest.mark.parametrize(
    "condition",
    [
        pytest.param("True", id="reading"),
        pytest.param("stage == 'reading' and done >= total", id="read", marks=pytest.mark.slow),
        pytest.param("stage == 'indexing'", id="indexing", marks=pytest.mark.slow),
        pytest.param("False", id="writing"),
    ],
)
def test_a_child_that_is_killed_in_any_phase_leaves_the_old_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, condition: str
) -> None:
    corpus, cache = tmp_path / "articles.jsonl", tmp_path / "cache"
    write_lines(corpus, 200)
    make = builder(cache)
    editions = Editions(DirectorySource(corpus), make.build, key=make.key)
    with monkeypatch.context() as patch:
        build_here(patch)
        editions.reload()
    serving = editions.current
    write_lines(corpus, 200, "ثان")
    with monkeypatch.context() as patch:
        patch.setattr(child_module, "_START", killing(condition))
        with pytest.raises(BuildError, match="-9"):
            editions.reload()
    assert editions.current is serving
    assert editions.current.articles["n7"].paragraphs[0].text.startswith("قرر المجلس أول")
    build_here(monkeypatch)
    outcome = reloaded(editions)
    assert len(outcome.changes.changed) == 200
    assert len(list(cache.iterdir())) == 2


@pytest.mark.usefixtures("builds_here")
def test_a_disk_that_is_full_costs_the_file_and_not_the_edition(
    town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = builder(tmp_path / "cache")
    editions = Editions(DirectorySource(town), make.build, key=make.key)
    editions.reload()
    write(town, "museum.md", MUSEUM)
    monkeypatch.setattr(ArrayFile, "finish", full)
    editions.reload()
    assert ids(editions) == ["bridge", "library", "museum"]


def test_a_disk_that_is_full_of_what_is_fetched_keeps_the_old_edition(
    server: WebServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answers = [reply(200, ARCHIVE)]
    editions = Editions(archive(server, tmp_path), build)
    editions.reload()
    server.answers = [reply(200, NEWER)]
    monkeypatch.setattr(Snapshots, "publish", full)
    with pytest.raises(SourceError, match="disk_full"):
        editions.reload()
    assert ids(editions) == ["bridge", "library"]


@pytest.mark.parametrize("error", [MemoryError, OSError, KeyboardInterrupt])
def test_whatever_fails_in_a_check_keeps_the_old_edition(town: Path, error: type[BaseException]) -> None:
    fails = False

    def check(*_: object) -> GoldenOutcome:
        if fails:
            raise error
        return GoldenOutcome()

    editions = Editions(DirectorySource(town), build, check=check)
    editions.reload()
    write(town, "museum.md", MUSEUM)
    fails = True
    with pytest.raises(error):
        editions.reload()
    assert ids(editions) == ["bridge", "library"]
    fails = False
    editions.reload()
    assert ids(editions) == ["bridge", "library", "museum"]
