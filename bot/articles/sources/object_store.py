"""An object store through fsspec: its articles listed and fetched."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from bot.articles.sources.address import Address, with_folder
from bot.articles.sources.fatal_versions import Killed
from bot.articles.sources.limits import Budget, Limits
from bot.articles.sources.safe_paths import (
    DEEPEST,
    NO_ROOM,
    golden_beside,
    is_kept,
    is_rejected,
    leave_mark,
    place,
    safe_path,
)
from bot.articles.sources.snapshots import Snapshot, Snapshots
from bot.articles.sources.source import SourceError, Version
from bot.articles.sources.web_archive import FarSource
from bot.threads import start_in_daemon

# What stores call that which changes with an object's content, the most telling first.
_MARKS = ("ETag", "etag", "md5Hash", "generation", "LastModified", "last_modified", "updated", "mtime", "created")

T = TypeVar("T")

EXTRA = "stores"

_FILES = "files"
_AT_ONCE = 16
_MOST_LEFT = 2 * _AT_ONCE
_PIECE, _BLOCK = 1 << 20, 1 << 22  # bytes that are written at once, and that are asked for ahead

OpenStore = Callable[[str], tuple[Any, str]]
"""Opens the store that an address names, and returns it with the path in it."""


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An object by its key in the store, its path below the folder that was asked for, its bytes and its mark.

    One that is `rejected` is no article, and only its name counts.
    """

    key: str
    path: PurePosixPath
    size: int
    mark: str
    rejected: bool = False


def list_articles(store: Any, root: str, budget: Budget) -> list[StoredArticle]:
    """List the articles below a folder of a store, or the one that is asked for by name."""
    store.invalidate_cache()
    info = store.info(root)
    if info["type"] == "file":
        return [_article(info, safe_path(root.rpartition("/")[2])), *_golden_beside(store, root)]
    articles = list(_below(store, root, budget))
    if all(article.rejected for article in articles):
        raise SourceError("source.no_articles")
    budget.check_unpacked(sum(article.size for article in articles))
    return articles


def digest_of(articles: Sequence[StoredArticle]) -> str:
    """Digest all that would differ if an article did."""
    marks = sorted((article.path.as_posix(), article.size, article.mark) for article in articles)
    return hashlib.sha256(repr(marks).encode("utf-8", "surrogatepass")).hexdigest()


def _below(store: Any, root: str, budget: Budget) -> Iterator[StoredArticle]:
    for _, _, files in store.walk(root, maxdepth=DEEPEST, detail=True, on_error="raise"):
        for info in files.values():
            budget.look_at_entry()
            path = safe_path(info["name"][len(root) :].lstrip("/"))
            if is_kept(path):
                budget.keep_file()
                yield _article(info, path)
            elif info.get("size") and is_rejected(path):  # empty objects stand for folders
                budget.keep_file()
                yield StoredArticle(info["name"], path, 0, "", rejected=True)


def _golden_beside(store: Any, root: str) -> Iterator[StoredArticle]:
    """Yield the golden questions of a corpus that is a single object."""
    for path in golden_beside(PurePosixPath(root)):
        # A store that may not be listed forbids what is not there.
        with suppress(FileNotFoundError, PermissionError):
            yield _article(store.info(str(path)), PurePosixPath(path.name))


def _article(info: Mapping[str, Any], path: PurePosixPath) -> StoredArticle:
    mark = next((info[name] for name in _MARKS if info.get(name)), "")
    return StoredArticle(info["name"], path, int(info.get("size") or 0), str(mark))


def open_store(url: str) -> tuple[Any, str]:
    """Open a store with credentials from where its own library looks for them; raise ImportError."""
    from fsspec.core import url_to_fs  # noqa: PLC0415 - an optional extra

    store, path = url_to_fs(url)
    return store, str(path)


class StoreSource(FarSource):
    """A folder of an object store. It is listed at every fetch, and copied only where the listing has changed."""

    def __init__(self, address: Address, snapshots: Snapshots, limits: Limits, opener: OpenStore = open_store) -> None:
        super().__init__(snapshots, limits)
        self._address = address
        self._open = opener
        self._left: list[Future[Any]] = []

    @property
    def name(self) -> str:
        """The address, and the folder."""
        return with_folder(self._address.shown, self._address.folder)

    def _bring(self, budget: Budget, barred: Killed | None) -> Snapshot:
        """Copy the articles of the store if there are others than before."""
        with _store_errors_told(self._address):
            [(store, root, articles)] = self._in_time([partial(self._list, budget)], budget)
            version = Version(digest=digest_of(articles))
            if barred is not None and barred.is_of(version):
                raise barred.error()
            last = self._snapshots.last()
            if last is not None and last.version == version:
                return last
            self._trials.begin(version)
            with self._snapshots.draft() as draft:
                self._copy(store, [article for article in articles if not article.rejected], draft / _FILES, budget)
                for article in articles:
                    if article.rejected:
                        leave_mark(draft / _FILES, article.path)
                single = articles[0].path if articles[0].key == root else PurePosixPath()
                return self._snapshots.publish(draft, PurePosixPath(_FILES) / single, version)

    def _list(self, budget: Budget) -> tuple[Any, str, list[StoredArticle]]:
        store, root = self._open(self._address.url)
        root = "/".join([root.rstrip("/"), *self._address.folder.parts])
        return store, root, list_articles(store, root, budget)

    def _copy(self, store: Any, articles: Sequence[StoredArticle], files: Path, budget: Budget) -> None:
        """Copy articles, many at once: a store takes its time for each of them."""
        calls = (partial(_copy_one, store, files, article, budget) for article in articles)
        for done, _ in enumerate(self._in_time(calls, budget), 1):
            budget.tell(done, len(articles))

    def _in_time(self, calls: Iterable[Callable[[], T]], budget: Budget) -> Iterator[T]:
        """Make calls to the store's library, a few at once, and yield what they return, in the order that they end.

        A call cannot be broken off: one that outlasts the time of the fetch is left behind with its thread, and while
        there are many of those, nothing more is asked for.
        """
        self._left = [future for future in self._left if not future.done()]
        if len(self._left) >= _MOST_LEFT:
            raise SourceError("source.silent", seconds=round(self._limits.seconds))
        pending = set[Future[T]]()
        try:
            for call in calls:
                pending.add(start_in_daemon(call))
                if len(pending) == _AT_ONCE:
                    done, pending = _first_done(pending, budget)
                    yield from (future.result() for future in done)
            while pending:
                done, pending = _first_done(pending, budget)
                yield from (future.result() for future in done)
        except BaseException:
            budget.give_up()
            self._left += pending
            raise


def _first_done(pending: "set[Future[T]]", budget: Budget) -> "tuple[set[Future[T]], set[Future[T]]]":
    done, others = wait(pending, max(budget.seconds_left, 0), FIRST_COMPLETED)
    if not done:
        raise SourceError("source.timeout", seconds=round(budget.limits.seconds))
    return done, others


@contextmanager
def _store_errors_told(address: Address) -> Iterator[None]:
    """Say in a reader's words what a store's library raises; each has errors of its own."""
    try:
        yield
    except SourceError:
        raise
    except ImportError as error:
        scheme = address.url.partition(":")[0]
        raise SourceError("source.no_store", scheme=scheme, extra=EXTRA) from error
    except FileNotFoundError as error:
        raise SourceError("source.not_found", url=address.shown) from error
    except PermissionError as error:
        raise SourceError("source.forbidden", url=address.shown) from error
    except Exception as error:
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            raise
        raise SourceError("source.store", url=address.shown, words=type(error).__name__) from error


def _copy_one(store: Any, files: Path, article: StoredArticle, budget: Budget) -> None:
    """Copy an article piece by piece: what a store lists as small may be large by now."""
    with store.open(article.key, "rb", block_size=_BLOCK) as stream:
        budget.check_time()  # before a folder is made anew that is gone since
        with place(files, article.path).open("wb") as file:
            while piece := stream.read(_PIECE):
                budget.unpack(len(piece))
                file.write(piece)
