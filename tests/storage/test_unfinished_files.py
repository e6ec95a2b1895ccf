"""Locks as several processes have them, and files that are written as a whole or not at all."""

import os
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.storage import alone_with, atomic_write, lock_if_abandoned, open_locked, remove_abandoned, unfinished_files

HOLD = """
import sys
from pathlib import Path
from bot.storage import open_locked
stream = open_locked(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def holder(file: Path) -> Iterator["subprocess.Popen[str]"]:
    """Hold a file in another process, until that ends."""
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", HOLD, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def is_left(file: Path) -> bool:
    with lock_if_abandoned(file) as found:
        return found


def test_a_file_is_held_for_as_long_as_its_process_lives(tmp_path: Path) -> None:
    file = tmp_path / "part"
    with holder(file) as process:
        assert not is_left(file)
        process.kill()
        # It may still be there for somebody to ask for its exit code.
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert is_left(file)


def test_two_processes_may_hold_one_file(tmp_path: Path) -> None:
    file = tmp_path / "read"
    with open_locked(file), holder(file) as process:
        process.kill()
        process.wait()
        assert not is_left(file)
    assert is_left(file)


def test_who_takes_over_what_is_left_is_alone(tmp_path: Path) -> None:
    """A file that is removed between its making and its hold is made again."""
    file = tmp_path / "part"
    file.touch()
    with lock_if_abandoned(file) as first, lock_if_abandoned(file) as second:
        assert (first, second) == (True, False)
        file.unlink()
        with open_locked(file) as stream:
            stream.write(b"anew")
            stream.flush()
            assert file.read_bytes() == b"anew"
            assert not is_left(file)


def test_a_hold_needs_its_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_locked(tmp_path / "gone" / "part")
    assert not is_left(tmp_path / "gone" / "part")


@pytest.mark.parametrize("system", ["none", "refusing"])
def test_where_there_are_no_locks_age_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    def refuse(*_: Any) -> None:
        raise OSError(95, "Operation not supported")

    if system == "none":
        monkeypatch.setattr(unfinished_files, "_locks", None)
    else:
        monkeypatch.setattr("fcntl.flock", refuse)
    file = tmp_path / "part"
    with open_locked(file):
        assert not is_left(file)
        yesterday = time.time() - 90_000
        os.utime(file, (yesterday, yesterday))
        assert is_left(file)


def test_a_file_is_on_the_disk_before_its_name_and_its_name_before_all_that_follows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, synced = tmp_path / "file", list[tuple[bool, bytes]]()
    file.write_bytes(b"old")

    def note(descriptor: int) -> None:
        synced.append((os.path.samestat(os.fstat(descriptor), tmp_path.stat()), file.read_bytes()))

    monkeypatch.setattr(os, "fsync", note)
    atomic_write(file, b"new")
    assert synced == [(False, b"old"), (True, b"new")]
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")

    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="No space"):
        atomic_write(file, b"new")
    assert [(entry.name, entry.read_bytes()) for entry in tmp_path.iterdir()] == [("file", b"old")]


def test_a_file_is_written_part_by_part_or_not_at_all(tmp_path: Path) -> None:
    def parts() -> Iterator[bytes]:
        yield b"half"
        raise EOFError

    file = tmp_path / "file"
    atomic_write(file, iter((b"one ", b"two")))
    with pytest.raises(EOFError):
        atomic_write(file, parts())
    assert file.read_bytes() == b"one two"
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_system_that_syncs_no_folders_costs_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse_folders(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(22, "Invalid argument")

    monkeypatch.setattr(os, "fsync", refuse_folders)
    atomic_write(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"


def test_a_draft_belongs_to_who_writes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts = list[bool]()
    monkeypatch.setattr(os, "fsync", lambda _: drafts.extend(map(is_left, tmp_path.glob("*.*.part"))))
    atomic_write(tmp_path / "file", b"new")
    assert drafts == [False]


def test_a_file_is_written_where_there_are_no_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unfinished_files, "_locks", None)
    atomic_write(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"


def test_who_is_alone_with_a_file_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "lock"
    with alone_with(file) as first, alone_with(file) as second:
        assert (first, second) == (True, False)
    with alone_with(file) as third:
        assert third
    # Where there are no locks nobody can tell, and waiting for somebody would be for ever.
    monkeypatch.setattr(unfinished_files, "_locks", None)
    with alone_with(file) as fourth, alone_with(file) as fifth:
        assert (fourth, fifth) == (True, True)
    with pytest.raises(OSError), alone_with(tmp_path / "missing" / "lock"):  # noqa: PT011 (whatever the system says)
        pass


def test_drafts_are_removed_once_nobody_writes_them(tmp_path: Path) -> None:
    left, held = tmp_path / ".left.part", tmp_path / ".held.part"
    left.touch()
    with open_locked(held):
        remove_abandoned(tmp_path)
        assert [file.name for file in tmp_path.iterdir()] == [".held.part"]
    remove_abandoned(tmp_path)
    remove_abandoned(tmp_path / "missing")
    assert list(tmp_path.iterdir()) == []
