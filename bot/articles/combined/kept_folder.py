"""What was gathered, feeds' articles, moderators' additions and removals: a folder, and its copy in an object store."""

import hashlib
import json
import logging
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from threading import RLock

from bot.articles.combined.kept_store import KeptStore
from bot.articles.corpus_files import ARTICLE_SUFFIXES
from bot.articles.removals import RemovalList
from bot.articles.sources.safe_paths import disk_errors_converted, unexpected_error
from bot.articles.sources.source import SourceError
from bot.storage import atomic_write

logger = logging.getLogger(__name__)

_RECORD = ".stored.json"
# In place of the digest of a file that may have arrived.
_UNCERTAIN = ""
# Drafts and locks (see bot/storage/unfinished_files.py): copies would mislead.
_PASSING = (".part", ".lock", ".hold", ".trials")


@dataclass(slots=True)
class _Record:
    """The digests of the files that the store has or may have, and the files that it must lose."""

    stored: dict[str, str] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, file: Path) -> "_Record":
        """Read a record; an empty one where it is gone or damaged, after which all is copied once more."""
        try:
            record = json.loads(file.read_bytes())
            stored = {str(name): str(digest) for name, digest in record["stored"].items()}
            return cls(stored, set(record["deleted"]))
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
        # Whether all that was kept is here, so that more may be gathered.
        self.is_restored = store is None
        self._lock = RLock()

    @property
    def shown(self) -> Path | str:
        """The folder or the store, as it may be shown to members."""
        return self._store.name if self._store else self.local

    @property
    def additions(self) -> Path:
        """The folder of the articles that moderators added; it need not be there yet."""
        return self.local / "additions"

    @property
    def removals(self) -> RemovalList:
        return RemovalList(self.local / "removed", self.push)

    @property
    def is_remote(self) -> bool:
        return self._store is not None

    def feed(self, name: str) -> Path:
        """Return the folder of a feed; it need not be there yet."""
        return self.local / "feeds" / name

    def restore(self) -> bool:
        """Bring down what the folder lacks, once in the life of a process; return whether all is here.

        A file that was here, and whose deletion nobody noted, was lost with the disk.
        """
        return self._attempt(self._restore)

    def push(self) -> bool:
        """Copy what is new or changed to the store, delete there what is gone here; return whether all went well."""
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
                problem = error if isinstance(error, SourceError) else unexpected_error(error)
                if problem is not error:
                    logger.exception("Copying what was gathered failed unexpectedly; the next reload tries again")
                if str(problem) != str(self.problem):
                    logger.warning("%s has no copy of what was gathered since: %s", self._store.name, problem)
                self.problem = problem
            else:
                self.problem = None
            return self.problem is None

    def _restore(self, store: KeptStore) -> None:
        if self.is_restored:
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
        self.is_restored = True

    def _push(self, store: KeptStore) -> None:
        """Copy articles first: a note that an article was gathered must not outlive the article."""
        record = _Record.read(self.local / _RECORD)
        found = dict(_digests(self.local))
        changed = [name for name, digest in found.items() if record.stored.get(name) != digest]
        gone = record.stored.keys() - found.keys()
        if not changed and not gone and not record.deleted - found.keys():
            return
        record.deleted = (record.deleted | gone) - found.keys()
        for name in gone:
            del record.stored[name]
        # A file may arrive there though its upload fails, and is then to be deleted like all others.
        record.stored |= dict.fromkeys(changed, _UNCERTAIN)
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
    root = str(folder)
    for parent, folders, files in os.walk(root):
        # What is in a passing folder passes with it.
        folders[:] = [name for name in folders if not name.endswith(_PASSING)]
        inside = parent[len(root) :].replace(os.sep, "/").strip("/")
        for name in files:
            if name != _RECORD and not name.endswith(_PASSING):
                yield f"{inside}/{name}" if inside else name


def _digests(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and digest of each file that is to be kept: of ten thousand in a third of a second."""
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
