import json
import os
from pathlib import Path, PurePosixPath

import pytest

from bot.articles.sources.snapshots import Snapshots
from bot.articles.sources.source import Version
from bot.storage import writer_mark

from .archives import TEXT, names


def keep(snapshots: Snapshots, text: str = TEXT, version: Version | None = None) -> Path:
    with snapshots.draft() as draft:
        (draft / "files").mkdir()
        (draft / "files" / "a.txt").write_text(text)
        return snapshots.publish(draft, PurePosixPath("files"), version or Version(digest=text)).path


def test_there_is_none_before_the_first(tmp_path: Path) -> None:
    assert Snapshots(tmp_path / "cache").last() is None
    assert not (tmp_path / "cache").exists()


def test_the_last_one_is_found_after_a_restart(tmp_path: Path) -> None:
    version = Version('"1"', "yesterday", "commit", "digest")
    path = keep(Snapshots(tmp_path), version=version)
    last = Snapshots(tmp_path).last()
    assert last is not None
    assert (last.path, last.version) == (path, version)


def test_a_draft_is_no_snapshot(tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path)
    with snapshots.draft() as draft:
        (draft / "files").mkdir()
        assert snapshots.last() is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("damage", ["cut", "removed", "manifest removed", "manifest cut", "manifest of another form"])
def test_a_snapshot_that_lost_something_is_passed_over(tmp_path: Path, damage: str) -> None:
    """A machine that loses power may keep the name of a file and lose its content."""
    snapshots = Snapshots(tmp_path)
    good, bad = keep(snapshots, "good"), keep(snapshots, "bad")
    manifest = bad.parent / "snapshot.json"
    match damage:
        case "cut":
            (bad / "a.txt").write_text("")
        case "removed":
            (bad / "a.txt").unlink()
        case "manifest removed":
            manifest.unlink()
        case "manifest cut":
            manifest.write_bytes(manifest.read_bytes()[:20])
        case _:
            manifest.write_text(json.dumps([]))
    last = snapshots.last()
    assert last is not None
    assert last.path == good
    assert names(keep(snapshots, "next")) == ["a.txt"]


def test_a_manifest_cannot_lead_out(tmp_path: Path) -> None:
    path = keep(Snapshots(tmp_path))
    manifest = path.parent / "snapshot.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"root": "../../secret"}))
    assert Snapshots(tmp_path).last() is None


def test_what_a_killed_process_left_goes_with_the_next_fetch(tmp_path: Path) -> None:
    own = f".draft-{writer_mark()}-x"
    for name in (own, f".draft-{os.getpid()}-0-x", ".draft-old"):
        (tmp_path / name / "files").mkdir(parents=True)
    keep(Snapshots(tmp_path))
    assert sorted(entry.name for entry in tmp_path.iterdir()) == [own, "1"]


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
