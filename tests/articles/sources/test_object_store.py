import io
from collections.abc import Callable, Iterator
from concurrent.futures import wait
from dataclasses import replace
from itertools import count
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from fsspec.core import url_to_fs
from fsspec.implementations.memory import MemoryFileSystem

from bot.articles.sources.address import read_address
from bot.articles.sources.limits import FetchLimits
from bot.articles.sources.object_store import ObjectStoreSource
from bot.articles.sources.snapshots import Snapshots
from tests.articles.sources.archives import ARTICLES, TEXT, names
from tests.articles.sources.conftest import LIMITS
from tests.articles.sources.serving import failure, served
from tests.patience import slowness

MakeSource = Callable[..., ObjectStoreSource]


@pytest.fixture
def store() -> Iterator[MemoryFileSystem]:
    """A store in memory, which fsspec keeps for the whole process."""
    memory = MemoryFileSystem()
    for name, text in ARTICLES.items():
        memory.pipe_file(f"/bucket/news/{name}", text.encode())
    memory.pipe_file("/bucket/other.md", TEXT.encode())
    yield memory
    memory.rm("/bucket", recursive=True)


@pytest.fixture
def source(store: MemoryFileSystem, tmp_path: Path) -> MakeSource:
    def make(url: str = "s3://bucket/news", limits: FetchLimits = LIMITS, opened: Any = store) -> ObjectStoreSource:
        def opener(url: str) -> tuple[Any, str]:
            return opened, str(url_to_fs(url.replace("s3:/", "memory:/"))[1])

        return ObjectStoreSource(read_address(url), Snapshots(tmp_path / "cache"), limits, opener)

    return make


@pytest.mark.parametrize("url", ["s3://bucket/news", "s3://bucket/news/", "s3://bucket#news"])
def test_a_folder_of_a_store_becomes_articles(source: MakeSource, url: str) -> None:
    fetched = source(url).fetch()
    assert names(fetched.path) == sorted(ARTICLES)
    assert (fetched.path / "a.txt").read_text() == TEXT


def test_how_many_files_of_a_store_are_here_can_be_followed(source: MakeSource) -> None:
    told: list[tuple[int, int]] = []
    source().fetch(lambda *step: told.append(step))
    assert told == [(number, len(ARTICLES)) for number in range(1, len(ARTICLES) + 1)]


def test_what_is_no_article_is_not_copied(source: MakeSource, store: MemoryFileSystem) -> None:
    for name in ("README.md", "a.png", ".hidden/a.md"):
        store.pipe_file(f"/bucket/news/{name}", b"x")
    assert names(source().fetch().path) == sorted(ARTICLES)


def test_what_is_rejected_by_its_name_leaves_no_more_than_that(source: MakeSource, store: MemoryFileSystem) -> None:
    for name, data in {"c.pdf": b"x", "folder": b"", "sub/d.odt": b"x"}.items():
        store.pipe_file(f"/bucket/news/{name}", data)
    first = source().fetch()
    assert names(first.path) == sorted([*ARTICLES, "c.pdf", "sub/d.odt"])
    assert (first.path / "c.pdf").read_bytes() == b""
    store.pipe_file("/bucket/news/c.pdf", b"another")
    assert source().fetch() == first
    for name in ARTICLES:
        store.rm(f"/bucket/news/{name}")
    assert failure(source()).key == "source.no_articles"


def test_golden_questions_come_beside_a_single_object(source: MakeSource, store: MemoryFileSystem) -> None:
    for name in ("a.jsonl", "questions.yml", "b.md"):
        store.pipe_file(f"/bucket/lines/{name}", TEXT.encode())
    fetched = served(source("s3://bucket/lines/a.jsonl"))
    assert source("s3://bucket/lines/a.jsonl").last_served() == fetched
    assert fetched.path.name == "a.jsonl"
    assert names(fetched.path.parent) == ["a.jsonl", "questions.yml"]


def test_a_store_is_copied_when_its_listing_changes(source: MakeSource, store: MemoryFileSystem) -> None:
    first = source().fetch()
    store.pipe_file("/bucket/news/README.md", b"not an article")
    second = source().fetch()
    assert second == first
    store.pipe_file("/bucket/news/a.txt", TEXT.swapcase().encode())
    third = source().fetch()
    assert third.path != first.path
    store.rm("/bucket/news/a.txt")
    assert names(source().fetch().path) == ["sub/b.md"]


@pytest.mark.parametrize(
    ("limits", "key"),
    [
        (replace(LIMITS, files=1), "too_many_files"),
        (replace(LIMITS, unpacked_bytes=100), "unpacked_too_large"),
        (replace(LIMITS, seconds=0), "timeout"),
    ],
)
def test_a_store_has_limits_too(source: MakeSource, limits: FetchLimits, key: str, tmp_path: Path) -> None:
    assert failure(source(limits=limits)).key == f"source.{key}"
    assert not left(tmp_path / "cache")


def left(cache: Path) -> list[str]:
    """List what was fetched, or begun; that a fetch outlived its limit is remembered."""
    return [path.name for path in cache.glob("*") if path.name != "outlived.json"]


class Failing(MemoryFileSystem):  # type: ignore[misc]
    """A store that fails when it is asked for a file."""

    cachable = False
    error: Exception = PermissionError("no")

    def _open(self, *_: object, **__: object) -> None:
        raise self.error


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (PermissionError("no"), "forbidden"),
        (FileNotFoundError("gone since"), "not_found"),
        (RuntimeError("its own words, which may hold a secret"), "store"),
        (OSError(28, "No space left on device"), "disk_full"),
    ],
)
def test_what_a_store_says_is_said_in_a_sentence(
    source: MakeSource, error: Exception, key: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Failing, "error", error)
    found = failure(source(opened=Failing()))
    assert found.key == f"source.{key}"
    assert "secret" not in str(found)
    assert not left(tmp_path / "cache")


class Hanging(MemoryFileSystem):  # type: ignore[misc]
    """A store that does not answer one kind of question, or in the middle of it, until it is let go."""

    cachable = False
    question = ""
    answer = Event()

    def info(self, path: str, **options: object) -> Any:
        self._hang("info")
        return super().info(path, **options)

    def walk(self, path: str, *arguments: object, **options: object) -> Any:
        self._hang("walk")
        return super().walk(path, *arguments, **options)

    def _open(self, path: str, mode: str = "rb", **options: object) -> Any:
        self._hang("open")
        stream = super()._open(path, mode, **options)
        if self.question == "read":
            stream.read = lambda *_: self.answer.wait() and b""
        return stream

    def _hang(self, question: str) -> None:
        if question == self.question:
            self.answer.wait()


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    answer = Event()
    monkeypatch.setattr(Hanging, "answer", answer)
    yield answer
    answer.set()


@pytest.mark.parametrize("question", ["info", "walk", "open", "read"])
def test_a_store_that_hangs_is_not_waited_for(
    source: MakeSource, question: str, monkeypatch: pytest.MonkeyPatch, answer: Event, tmp_path: Path
) -> None:
    monkeypatch.setattr(Hanging, "question", question)
    hung = source(opened=Hanging(), limits=replace(LIMITS, seconds=0.2 * slowness()))
    assert failure(hung).key == "source.timeout"
    assert not left(tmp_path / "cache")
    calls = list(hung._calls.left)
    assert calls
    answer.set()
    wait(calls)
    # What was left behind writes nothing any more.
    assert not left(tmp_path / "cache")
    monkeypatch.setattr(Hanging, "question", "")
    hung._limits = LIMITS
    assert names(hung.fetch(force=True).path) == sorted(ARTICLES)


def test_a_store_that_goes_on_hanging_is_not_asked_for_ever(
    source: MakeSource, monkeypatch: pytest.MonkeyPatch, answer: Event
) -> None:
    monkeypatch.setattr(Hanging, "question", "walk")
    hung = source(opened=Hanging(), limits=replace(LIMITS, seconds=0.01))
    while len(hung._calls.left) < 32:
        assert failure(hung, force=True).key == "source.timeout"
    assert [failure(hung, force=True).key for _ in range(8)] == ["source.silent"] * 8
    assert len(hung._calls.left) == 32
    answer.set()
    wait(hung._calls.left)
    monkeypatch.setattr(Hanging, "question", "")
    hung._limits = LIMITS
    assert names(hung.fetch(force=True).path) == sorted(ARTICLES)


def test_an_object_that_is_larger_than_listed_is_stopped_at_the_limit(
    source: MakeSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = count()

    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            next(read)
            return b"x" * size

    monkeypatch.setattr(Hanging, "_open", lambda *_, **__: Endless())
    assert failure(source(opened=Hanging())).key == "source.unpacked_too_large"
    # Each of a few objects at once reads on until it sees that the limit is passed.
    assert next(read) <= LIMITS.unpacked_bytes // (1 << 20) + 2 * len(ARTICLES)


def test_a_key_that_leads_out_is_not_copied(source: MakeSource, tmp_path: Path) -> None:
    class Hostile(MemoryFileSystem):  # type: ignore[misc]
        cachable = False

        def walk(self, root: str, **_: object) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
            yield root, {}, {"x.md": {"name": f"{root}/../../x.md", "size": 1, "type": "file"}}

    assert failure(source(opened=Hostile())).key == "source.unsafe_name"
    assert not list(tmp_path.rglob("*.md"))


@pytest.mark.parametrize("scheme", ["s3", "gs", "az", "sftp"])
def test_a_store_that_is_not_installed_names_the_extra(scheme: str, tmp_path: Path) -> None:
    def opener(_: str) -> tuple[Any, str]:
        raise ImportError("Install s3fs to access S3")

    address = read_address(f"{scheme}://bucket/news")
    error = failure(ObjectStoreSource(address, Snapshots(tmp_path), LIMITS, opener))
    assert (error.key, error.values) == ("source.no_store", {"scheme": scheme, "extra": "stores"})
