import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from bot.articles.sources.snapshots import Snapshots
from bot.articles.sources.source import Version
from tests.articles.conftest import ROOT

from .archives import TEXT, names


def keep(snapshots: Snapshots, text: str = TEXT, version: Version | None = None) -> Path:
    with snapshots.draft() as draft:
        (draft / "files").mkdir()
        (draft / "files" / "a.txt").write_text(text)
        return snapshots.publish(draft, PurePosixPath("files"), version or Version(digest=text)).path


def test_there_is_none_before_the_first(tmp_path: Path) -> None:
    assert Snapshots(tmp_path / "cache").newest() is None
    assert not (tmp_path / "cache").exists()


def test_the_last_one_is_found_after_a_restart(tmp_path: Path) -> None:
    version = Version('"1"', "yesterday", "commit", "digest")
    path = keep(Snapshots(tmp_path), version=version)
    last = Snapshots(tmp_path).newest()
    assert last is not None
    assert (last.path, last.version) == (path, version)


def test_a_draft_is_no_snapshot(tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path)
    with snapshots.draft() as draft:
        (draft / "files").mkdir()
        assert snapshots.newest() is None
    assert list(tmp_path.iterdir()) == []


def replace_in(file: Path, old: str, new: str) -> None:
    file.write_text(file.read_text().replace(old, new))


def without_digest(manifest: Path) -> None:
    """Make a manifest as an earlier version did."""
    found = json.loads(manifest.read_text())
    del found["digest"]
    manifest.write_text(json.dumps(found))


def change_both(folder: Path) -> None:
    replace_in(folder / "files" / "a.txt", "bad", "bat")
    replace_in(folder / "digests.jsonl", "a", "b")


DAMAGES: dict[str, Callable[[Path], object]] = {
    "cut": lambda folder: (folder / "files" / "a.txt").write_text(""),
    "changed": lambda folder: replace_in(folder / "files" / "a.txt", "bad", "bat"),
    "added": lambda folder: (folder / "files" / "questions.yml").touch(),
    "added beside": lambda folder: shutil.copytree(folder / "files", folder / "more"),
    "renamed": lambda folder: (folder / "files" / "a.txt").rename(folder / "files" / "b.txt"),
    "removed": lambda folder: (folder / "files" / "a.txt").unlink(),
    "digests changed": change_both,
    "digests removed": lambda folder: (folder / "digests.jsonl").unlink(),
    "manifest removed": lambda folder: (folder / "snapshot.json").unlink(),
    "manifest cut": lambda folder: os.truncate(folder / "snapshot.json", 20),
    "manifest of another form": lambda folder: (folder / "snapshot.json").write_text("[]"),
    "manifest without digest": lambda folder: without_digest(folder / "snapshot.json"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_snapshot_that_lost_something_is_passed_over(tmp_path: Path, damage: str) -> None:
    """A machine that loses power may keep the name of a file and lose its content."""
    snapshots = Snapshots(tmp_path)
    good, bad = keep(snapshots, "good"), keep(snapshots, "bad")
    DAMAGES[damage](bad.parent)
    last = snapshots.newest()
    assert last is not None
    assert last.path == good
    assert names(keep(snapshots, "next")) == ["a.txt"]


def test_a_manifest_cannot_lead_out(tmp_path: Path) -> None:
    path = keep(Snapshots(tmp_path))
    manifest = path.parent / "snapshot.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"root": "../../secret"}))
    assert Snapshots(tmp_path).newest() is None


def test_what_a_killed_process_left_goes_with_the_next_fetch(tmp_path: Path) -> None:
    for name in (f".draft-{os.getpid()}-0-x", ".draft-1-0-x", ".draft-old"):
        (tmp_path / name / "files").mkdir(parents=True)
    keep(Snapshots(tmp_path))
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["1"]


DRAFT = """
import sys
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from bot.articles.sources.snapshots import Snapshots
from bot.articles.sources.source import Version
snapshots = Snapshots(Path(sys.argv[1]))
with snapshots.draft() as draft:
    (draft / "files").mkdir()
    (draft / "files" / "a.txt").write_text("theirs")
    print(draft, flush=True)
    if sys.stdin.readline():
        snapshot = snapshots.publish(draft, PurePosixPath("files"), Version(digest="theirs"))
hold = snapshots.hold(snapshot)
print(snapshot.folder, flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("container", [(), ("unshare", "--pid", "--fork", "--kill-child")], ids=["here", "apart"])
def test_what_another_process_writes_and_reads_stays_until_it_ends(tmp_path: Path, container: tuple[str, ...]) -> None:
    """Its number tells nothing: in another container, it may be that of anything."""
    if container and (not shutil.which("unshare") or subprocess.run([*container, "true"], check=False).returncode):  # noqa: S603
        pytest.skip("this system makes no containers")
    command = [*container, sys.executable, "-c", DRAFT, str(tmp_path)]
    with subprocess.Popen(  # noqa: S603
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdin
        assert other.stdout
        draft = Path(other.stdout.readline().strip())
        keep(Snapshots(tmp_path), "ours")
        assert names(draft) == [".hold", "files/a.txt"]
        other.stdin.write("publish\n")
        other.stdin.flush()
        read = Path(other.stdout.readline().strip())
        for number in range(4):
            keep(Snapshots(tmp_path), str(number))
        assert (read / "files" / "a.txt").read_text() == "theirs"
        other.kill()
        other.stdout.read()  # until all of it has ended
    keep(Snapshots(tmp_path), "last")
    assert not read.exists()
    assert len(list(tmp_path.iterdir())) == 2


def test_two_processes_may_fetch_the_same(tmp_path: Path) -> None:
    one, other = Snapshots(tmp_path), Snapshots(tmp_path)
    with one.draft() as first, other.draft() as second:
        for draft in (first, second):
            (draft / "files").mkdir()
            (draft / "files" / "a.txt").write_text(draft.name)
        numbers_seen = one._numbers()
        one._numbers = lambda: numbers_seen  # type: ignore[method-assign]
        other.publish(second, PurePosixPath("files"), Version(digest="second"))
        one.publish(first, PurePosixPath("files"), Version(digest="first"))
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["1", "2"]


def test_other_files_of_the_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("keep")
    snapshots = Snapshots(tmp_path)
    for number in range(4):
        keep(snapshots, str(number))
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["3", "4", "notes.txt"]
