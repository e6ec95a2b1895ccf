"""A fork is a program like any other, and ends with the tests."""

import os
import signal
from pathlib import Path

import pytest

from tests.e2e.fork_server import ForkServer
from tests.patience import wait_until
from tests.processes import children_of, parent_of

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs forks")


@pytest.fixture
def forks(fork_server: ForkServer | None) -> ForkServer:
    """The server of all tests."""
    return fork_server or pytest.skip("there is none on this system")


def test_each_has_its_environment_its_output_and_its_exit_code(forks: ForkServer, tmp_path: Path) -> None:
    ended = []
    for language, command in (("en", "check"), ("ar", "articles"), ("en", "nonsense")):
        environment = {"REPLY_LANGUAGE": language, "XDG_CACHE_HOME": str(tmp_path)}
        process = forks.start("bot", command, environment, tmp_path / f"{language}{command}")
        ended.append(process.wait())
        assert process.returncode == ended[-1]
    assert ended == [0, 0, 2]
    said = [(tmp_path / name).read_text(encoding="utf-8") for name in ("encheck", "ararticles", "ennonsense")]
    assert len(set(said)) == 3
    assert not any("Traceback" in text or "Warning" in text for text in said)


def test_those_left_are_ended(forks: ForkServer, tmp_path: Path) -> None:
    before = forks.running()
    process = forks.start("http.server", "0", {}, tmp_path / "log")
    assert forks.end_those_left(before) == [process.pid]
    assert process.returncode == -signal.SIGKILL
    assert forks.end_those_left(before) == []


@pytest.mark.slow
def test_without_its_server_a_fork_ends(tmp_path: Path) -> None:
    forks = ForkServer()
    process = forks.start("http.server", "0", {}, tmp_path / "log")
    server = parent_of(process.pid)
    assert server
    assert children_of(server) == [process.pid]
    forks.close()
    wait_until(lambda: parent_of(process.pid) is None, "the end of the fork")
