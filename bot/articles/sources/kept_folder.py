"""What was gathered, feeds' articles and moderators' additions: a folder, and its copy in an object store."""

import hashlib
import json
import logging
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from threading import RLock
from typing import Any

from bot.articles.corpus_files import ARTICLE_SUFFIXES
from bot.articles.sources.address import Address, with_folder
from bot.articles.sources.limits import FetchBudget, FetchLimits
from bot.articles.sources.safe_paths import disk_errors_converted, safe_path
from bot.articles.sources.source import SourceError, unexpected_error
from bot.articles.sources.store_calls import OpenStore, StoreCalls, open_store, store_errors_converted
from bot.storage import atomic_write

logger = logging.getLogger(__name__)

_ADDITIONS, _FEEDS = "additions", "feeds"
_RECORD = ".stored.json"
# Drafts and locks (see bot/storage/unfinished_files.py), of which a copy would be of no use.
_PASSING = frozenset({".part", ".lock", ".hold"})


class KeptStore:
    """A folder of an object store by the names of its files; every method raises SourceError."""

    def __init__(self, address: Address, limits: FetchLimits, opener: OpenStore = open_store) -> None:
        self._address = address
        self._limits = limits
        self._open = opener
        self._calls = StoreCalls()

    @property
    def name(self) -> str:
        """The address, and the folder, as they may be shown."""
        return with_folder(self._address.shown, self._address.folder)

    def list_names(self) -> list[str]:
        """Return the names of all files, relative to the folder; none where there is no such folder."""
        budget = FetchBudget(self._limits)
        with store_errors_converted(self._address):
            [names] = self._calls.run([partial(self._list, budget)], budget)
        return names

    def download(self, names: Iterable[str], local: Path) -> Iterator[tuple[str, bytes]]:
        """Write files below a local folder, each whole or not at all; yield the name and content of each."""
        budget = FetchBudget(self._limits)
        with store_errors_converted(self._address):
            store, root = self._opened()
            yield from self._calls.run((partial(_download, store, root, name, local, budget) for name in names), budget)

    def upload(self, names: Iterable[str], local: Path) -> Iterator[tuple[str, bytes | None]]:
        """Copy files there; yield the name and content of each, None where the file is gone meanwhile."""
        budget = FetchBudget(self._limits)
        with store_errors_converted(self._address):
            store, root = self._opened()
            yield from self._calls.run((partial(_upload, store, root, name, local, budget) for name in names), budget)

    def delete(self, names: Iterable[str]) -> Iterator[str]:
        """Delete files there, also those that are gone already; yield the name of each."""
        budget = FetchBudget(self._limits)
        with store_errors_converted(self._address):
            store, root = self._opened()
            yield from self._calls.run((partial(_delete, store, root, name, budget) for name in names), budget)

    def _opened(self) -> tuple[Any, str]:
        store, root = self._open(self._address.url)
        return store, "/".join([root.rstrip("/"), *self._address.folder.parts])

    def _list(self, budget: FetchBudget) -> list[str]:
        store, root = self._opened()
        store.invalidate_cache()
        try:
            keys = list(store.find(root))
        except FileNotFoundError:
            return []
        for _ in keys:
            budget.count_file()
        return [safe_path(key[len(root) :].lstrip("/")).as_posix() for key in keys if key != root]


def _download(store: Any, root: str, name: str, local: Path, budget: FetchBudget) -> tuple[str, bytes]:
    budget.check_time()
    data = bytes(store.cat_file(f"{root}/{name}"))
    budget.unpack(len(data))
    file = local / name
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    atomic_write(file, data)
    return name, data


def _upload(store: Any, root: str, name: str, local: Path, budget: FetchBudget) -> tuple[str, bytes | None]:
    budget.check_time()
    try:
        data = (local / name).read_bytes()
    except FileNotFoundError:
        return name, None
    store.pipe_file(f"{root}/{name}", data)
    return name, data


def _delete(store: Any, root: str, name: str, budget: FetchBudget) -> str:
    budget.check_time()
    with suppress(FileNotFoundError):
        store.rm_file(f"{root}/{name}")
    return name


@dataclass(slots=True)
class _Record:
    """The digests of the files that the store has, and the files that it must lose."""

    stored: dict[str, str] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, file: Path) -> "_Record":
        """Read a record; an empty one where it is gone or damaged, after which all is copied once more."""
        try:
            record = json.loads(file.read_bytes())
            return cls({str(name): str(digest) for name, digest in record["stored"].items()}, set(record["deleted"]))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls()

    def write(self, file: Path) -> None:
        """Write the record; raise OSError."""
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        atomic_write(file, json.dumps({"stored": self.stored, "deleted": sorted(self.deleted)}).encode())


class KeptFolder:
    """A local folder of what was gathered, with a copy in a store where the disk is thrown away.

    `problem` is why the copy is not as the folder is, None where it is. The methods block, and may be called from any
    thread but the event loop's.
    """

    def __init__(self, local: Path, store: KeptStore | None = None) -> None:
        self.local = local
        self.problem: SourceError | None = None
        self._store = store
        self._is_restored = store is None
        self._lock = RLock()

    @property
    def name(self) -> str:
        """The folder, or the store, as it may be shown."""
        return self._store.name if self._store else str(self.local)

    @property
    def additions(self) -> Path:
        """The folder of the articles that moderators added; it need not be there yet."""
        return self.local / _ADDITIONS

    @property
    def is_remote(self) -> bool:
        """Whether there is a copy behind a network."""
        return self._store is not None

    def feed(self, name: str) -> Path:
        """Return the folder of a feed; it need not be there yet."""
        return self.local / _FEEDS / name

    def restore(self) -> bool:
        """Bring down what the folder lacks, once in the life of a process; tell whether all is here.

        A file that was here, and whose deletion nobody noted, was lost with the disk.
        """
        return self._attempt(self._restore)

    def push(self) -> bool:
        """Copy what is new or changed to the store, and delete there what is gone here; tell whether all went well."""
        return self._attempt(self._push)

    def _attempt(self, work: Callable[[KeptStore], None]) -> bool:
        """Do work that may fail, and note why it did."""
        if self._store is None:
            return True
        with self._lock:
            try:
                with disk_errors_converted(self.local):
                    self._restore(self._store)
                    work(self._store)
            except Exception as error:
                if not isinstance(error, SourceError):
                    logger.exception("What was gathered could not be copied, in a way that nobody foresaw")
                problem = error if isinstance(error, SourceError) else unexpected_error(error)
                if str(problem) != str(self.problem):
                    logger.warning("What was gathered is not kept in %s: %s", self._store.name, problem)
                self.problem = problem
            else:
                self.problem = None
            return self.problem is None

    def _restore(self, store: KeptStore) -> None:
        if self._is_restored:
            return
        record, here = _Record.read(self.local / _RECORD), set(_names(self.local))
        missing = [name for name in store.list_names() if name not in here and name not in record.deleted]
        self.local.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            for some in _articles_first(missing):
                for name, data in store.download(some, self.local):
                    record.stored[name] = _digest(data)
        finally:
            record.write(self.local / _RECORD)
        self._is_restored = True

    def _push(self, store: KeptStore) -> None:
        """Copy articles first: a note that an article was gathered must not outlive the article."""
        record, digests = _Record.read(self.local / _RECORD), dict(_digests(self.local))
        changed = [name for name, digest in digests.items() if record.stored.get(name) != digest]
        gone = record.stored.keys() - digests.keys()
        if not changed and not gone and not record.deleted - digests.keys():
            return
        record.deleted = (record.deleted | gone) - digests.keys()
        for name in gone:
            del record.stored[name]
        # Before the store is asked, which may be away: what was deleted here must not come back at the next start.
        record.write(self.local / _RECORD)
        try:
            for some in _articles_first(changed):
                for name, data in store.upload(some, self.local):
                    if data is not None:
                        record.stored[name] = _digest(data)
            for name in store.delete(sorted(record.deleted)):
                record.deleted.discard(name)
        finally:
            record.write(self.local / _RECORD)


def _names(folder: Path) -> Iterator[str]:
    """Yield the names of all files below a folder that are to be kept."""
    for parent, _, files in os.walk(folder):
        for name in files:
            path = PurePosixPath(os.path.relpath(os.path.join(parent, name), folder))  # noqa: PTH118
            if path.suffix not in _PASSING and path.name != _RECORD:
                yield path.as_posix()


def _digests(folder: Path) -> Iterator[tuple[str, str]]:
    for name in _names(folder):
        with suppress(FileNotFoundError):
            yield name, _digest((folder / name).read_bytes())


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _articles_first(names: Iterable[str]) -> tuple[list[str], list[str]]:
    articles, others = list[str](), list[str]()
    for name in names:
        (articles if PurePosixPath(name).suffix in ARTICLE_SUFFIXES else others).append(name)
    return articles, others
