import os
import subprocess
import sys

import pytest

from bot.storage import is_writing, writer_mark


def test_who_writes_is_known_for_as_long_as_it_runs() -> None:
    script = "from bot.storage import writer_mark; print(writer_mark(), flush=True); input()"
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdin
        assert other.stdout
        mark = other.stdout.readline().strip()
        assert mark.startswith(f"{other.pid}-")
        assert is_writing(mark)
        other.stdin.close()
        other.stdout.read()
        # It may still be there for somebody to ask for its exit code.
        os.waitid(os.P_PID, other.pid, os.WEXITED | os.WNOWAIT)
        assert not is_writing(mark)
    assert not is_writing(mark)


def test_a_process_of_the_same_number_is_another_one() -> None:
    assert is_writing(writer_mark())
    assert writer_mark() == writer_mark()
    assert not is_writing(f"{os.getpid()}-0")


@pytest.mark.parametrize("mark", ["", "-", "old", "99999999999999999999-a", "half-1"])
def test_what_is_no_mark_is_nobody(mark: str) -> None:
    assert not is_writing(mark)
