"""Holds, as several processes have them: who lives keeps what it writes, and who died keeps nothing."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.storage import lock_if_abandoned, open_locked, unfinished_files

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
