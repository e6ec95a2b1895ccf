"""Stores that fsspec opens by their scheme: SFTP, by a filesystem of memory and a library that stand in for it."""

import gc
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from fsspec.implementations.memory import MemoryFileSystem
from fsspec.registry import _registry

from bot.articles.combined import KeptFolder
from bot.articles.combined.kept_store import KeptStore
from bot.articles.sources.address import read_address
from bot.articles.sources.object_store import ObjectStoreSource
from bot.articles.sources.snapshots import Snapshots
from bot.articles.sources.store_calls import open_store
from tests.articles.sources.archives import ARTICLES, names
from tests.articles.sources.conftest import LIMITS


class SftpInMemory(MemoryFileSystem):  # type: ignore[misc]
    """Has what an SFTP server has: hosts, folders that must be there before a file is, and a policy for host keys."""

    protocol = "sftp"
    cachable = True
    store: dict[str, Any] = {}  # noqa: RUF012 (as in fsspec's own)
    pseudo_dirs: list[str] = [""]  # noqa: RUF012

    def __init__(self, host: str, host_key_policy: Any = None, username: str = "", **options: Any) -> None:
        super().__init__(**options)
        self.seen = (host, username, host_key_policy)
        self.client = Client()

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return "/" + path.removeprefix("sftp://").partition("/")[2].strip("/") if "://" in path else path.rstrip("/")

    @staticmethod
    def _get_kwargs_from_urls(path: str) -> dict[str, str]:
        user, _, host = path.removeprefix("sftp://").partition("/")[0].rpartition("@")
        return {"host": host, "username": user}

    def pipe_file(self, path: str, value: bytes, mode: str = "overwrite", **_: Any) -> None:
        if not self.isdir(path.rpartition("/")[0]):
            raise FileNotFoundError(path)
        super().pipe_file(path, value, mode)


class RefusedError(Exception):
    """What paramiko raises for a host that is not known."""


class Client:
    closed = 0

    def close(self) -> None:
        Client.closed += 1


class HostKeys:
    def __init__(self) -> None:
        self.lines: list[str] = []

    def load(self, file: str) -> None:
        self.lines = Path(file).read_text(encoding="ascii").splitlines()

    def check(self, host: str, key: str) -> bool:
        return f"{host} {key}" in self.lines


class RejectPolicy:
    def missing_host_key(self, *_: object) -> None:
        raise RefusedError


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    library = ModuleType("paramiko")
    library.__dict__.update(HostKeys=HostKeys, RejectPolicy=RejectPolicy)
    monkeypatch.setitem(sys.modules, "paramiko", library)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setitem(_registry, "sftp", SftpInMemory)
    yield tmp_path
    SftpInMemory.store.clear()
    SftpInMemory.pseudo_dirs[:] = [""]


def test_a_folder_on_a_server_becomes_articles(home: Path) -> None:
    store, _ = open_store("sftp://reader@host/news")
    assert store.seen[:2] == ("host", "reader")
    store.makedirs("/news")
    for name, text in ARTICLES.items():
        store.makedirs(f"/news/{name}".rpartition("/")[0], exist_ok=True)
        store.pipe_file(f"/news/{name}", text.encode())
    source = ObjectStoreSource(read_address("sftp://reader@host/news"), Snapshots(home / "cache"), LIMITS)
    assert source.name == "sftp://host/news"
    assert names(source.fetch().path) == sorted(ARTICLES)


def test_what_was_gathered_is_copied_to_a_server(home: Path) -> None:
    kept = KeptFolder(home / "kept", KeptStore(read_address("sftp://host/kept"), LIMITS))
    (kept.additions).mkdir(parents=True)
    (kept.additions / "a.md").write_text("x", encoding="ascii")
    assert kept.push()
    store, _ = open_store("sftp://host/kept")
    assert store.cat_file("/kept/additions/a.md") == b"x"
    (kept.additions / "a.md").unlink()
    assert kept.push()
    assert not store.exists("/kept/additions/a.md")


def test_only_a_host_whose_key_is_known_is_believed(home: Path) -> None:
    policy = open_store("sftp://host/news")[0].seen[2]()
    with pytest.raises(RefusedError):
        policy.missing_host_key(Client(), "host", "key")
    (home / ".ssh").mkdir()
    (home / ".ssh" / "known_hosts").write_text("host key\n", encoding="ascii")
    policy.missing_host_key(Client(), "host", "key")
    with pytest.raises(RefusedError):
        policy.missing_host_key(Client(), "host", "other")


def test_each_opening_connects_anew_and_closes_when_it_is_done(home: Path) -> None:
    (first, _), (second, _) = (open_store(f"sftp://host/{name}") for name in ("news", "news"))
    assert first is not second
    before = Client.closed
    del first, second
    gc.collect()
    assert (Client.closed, home.is_dir()) == (before + 2, True)
