"""Nothing that a test starts outlives it, however it ends."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import PATIENCE, wait_until
from tests.processes import end_those_left, leashed, own_children, parent_of

ROOT = Path(__file__).resolve().parents[1]
SLEEP = "import time; print('begun', flush=True); time.sleep(600)"
PARENT = f"""
import subprocess, time
from tests.processes import leashed
print(subprocess.Popen(leashed("-c", {SLEEP!r})).pid, flush=True)
time.sleep(600)
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells of processes there, and ends them so")


def test_what_a_test_has_left_is_ended_and_named() -> None:
    before = own_children()
    with subprocess.Popen([sys.executable, "-c", SLEEP], stdout=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdout
        assert process.stdout.readline()
        [left] = end_those_left(before, patience=0)
        assert left.startswith(f"{process.pid}: ")
        assert SLEEP in left
        assert process.wait(PATIENCE) == -signal.SIGKILL
    assert end_those_left(before) == []


def test_what_ends_in_a_while_is_waited_for() -> None:
    before = own_children()
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(0.1)"]) as process:
        assert end_those_left(before, PATIENCE) == []
        assert process.wait(PATIENCE) == 0


def test_a_leashed_process_ends_where_its_parent_is_killed() -> None:
    command = [sys.executable, "-c", PARENT]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:  # noqa: S603
        assert parent.stdout
        child = int(parent.stdout.readline())
        assert parent_of(child) == parent.pid
        parent.kill()
    wait_until(lambda: parent_of(child) is None, "the end of a leashed process")


def test_a_leash_without_its_parent_lets_nothing_begin() -> None:
    command = [*leashed()[:-1], "1", "-c", "print('begun')"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    assert (done.returncode, done.stdout) == (1, "")
