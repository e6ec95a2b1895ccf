import gc
import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import settings

import tests.examples  # noqa: F401 (it registers the profiles)
from bot.workers.child_process import ChildProcess
from tests.e2e.fork_server import ForkServer
from tests.machine import kept_log
from tests.opensearch_server import OPENSEARCH_FIXTURES
from tests.processes import end_those_left, own_children
from tests.same_process import call_here

pytest_plugins = ["tests.opensearch_server.fixtures"]

settings.load_profile("few")
# Many containers keep Python from writing bytecode; each process that a test starts would compile the whole bot.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@pytest.fixture(scope="session", autouse=True)
def _no_children() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ChildProcess, "_call", call_here)
        yield


def pytest_collection(session: pytest.Session) -> None:
    """Let nothing go while tests are collected: whatever is imported and collected stays."""
    gc.disable()
    if session.config.args_source is session.config.ArgsSource.TESTPATHS and not session.config.option.ignore:
        _import_in_turn(os.environ.get("PYTEST_XDIST_WORKER", ""))


def _import_in_turn(worker: str) -> None:
    """Import the tests beginning elsewhere than other workers do, so that each is compiled by one for all of them."""
    if not (number := worker.removeprefix("gw")):
        return
    names = [".".join(path.with_suffix("").parts) for path in sorted(Path("tests").rglob("test_*.py"))]
    begin = int(number) * len(names) // int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
    for name in names[begin:] + names[:begin]:
        with suppress(Exception, pytest.skip.Exception):  # told of when it is collected
            importlib.import_module(name)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave what meets a PostgreSQL or an OpenSearch to the slow tests: the other half of each of them is quick."""
    for item in items:
        if not isinstance(item, pytest.Function):
            continue
        if OPENSEARCH_FIXTURES & set(item.fixturenames):
            item.add_marker(pytest.mark.opensearch)
            item.add_marker(pytest.mark.slow)
        elif "postgres" in item.fixturenames:
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    """Keep the garbage collector from looking through all that has been imported and collected."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def _nothing_runs_on() -> Iterator[None]:
    """Fail at the end where a process lives on that something in this run has started."""
    before = own_children()
    yield
    assert not (left := end_those_left(before)), f"processes outlived the tests: {left}"


@pytest.fixture(scope="session")
def fork_server(_nothing_runs_on: None, _own_cache: None) -> Iterator[ForkServer | None]:
    """One process that is imported, for all tests that start programs, on the system of which that is known to work."""
    server = ForkServer() if sys.platform == "linux" else None
    yield server
    if server:
        server.close()


@pytest.fixture(autouse=True)
def _nothing_outlives_its_test(_nothing_runs_on: None) -> Iterator[None]:
    """End the processes that a test has left, and fail; those of fixtures that tests share were there before."""
    before = own_children()
    yield
    assert not (left := end_those_left(before)), f"processes outlived their test: {left}"


@pytest.fixture(autouse=True)
def _log_as_it_was() -> Iterator[None]:
    with kept_log():
        yield


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep editions of this run out of the user's cache, and those of earlier runs out of this one."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield
