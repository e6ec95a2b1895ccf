"""Articles in an object store, through fsspec."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from bot.articles.sources.address import Address, with_folder
from bot.articles.sources.budget import Budget
from bot.articles.sources.disk import NO_ROOM
from bot.articles.sources.errors import SourceError
from bot.articles.sources.far_source import FarSource
from bot.articles.sources.limits import Limits
from bot.articles.sources.listing import StoredArticle, digest_of, list_articles
from bot.articles.sources.snapshot import Snapshot
from bot.articles.sources.snapshots import Snapshots
from bot.articles.sources.source import Version
from bot.articles.sources.trials import Killed
from bot.articles.sources.writing import leave_mark, place

EXTRA = "stores"

_FILES = "files"
_AT_ONCE = 16
_BATCH = 64  # what is still to be waited for when time is up

OpenStore = Callable[[str], tuple[Any, str]]
"""Opens the store that an address names, and returns it with the path in it."""


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

    @property
    def name(self) -> str:
        """The address, and the folder."""
        return with_folder(self._address.shown, self._address.folder)

    def _bring(self, budget: Budget, barred: Killed | None) -> Snapshot:
        """Copy the articles of the store if there are others than before."""
        with _store_errors_told(self._address):
            store, root = self._open(self._address.url)
            root = "/".join([root.rstrip("/"), *self._address.folder.parts])
            articles = list_articles(store, root, budget)
            version = Version(digest=digest_of(articles))
            if barred is not None and barred.is_of(version):
                raise barred.error()
            last = self._snapshots.last()
            if last is not None and last.version == version:
                return last
            self._trials.begin(version)
            with self._snapshots.draft() as draft:
                _copy(store, [article for article in articles if not article.rejected], draft / _FILES, budget)
                for article in articles:
                    if article.rejected:
                        leave_mark(draft / _FILES, article.path)
                single = articles[0].path if articles[0].key == root else PurePosixPath()
                return self._snapshots.publish(draft, PurePosixPath(_FILES) / single, version)


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


def _copy(store: Any, articles: Sequence[StoredArticle], files: Path, budget: Budget) -> None:
    """Copy articles, many at once: a store takes its time for each of them."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for start in range(0, len(articles), _BATCH):
            batch = articles[start : start + _BATCH]
            for size in pool.map(partial(_copy_one, store, files), batch):
                budget.unpack(size)
            budget.tell(min(start + _BATCH, len(articles)), len(articles))


def _copy_one(store: Any, files: Path, article: StoredArticle) -> int:
    file = place(files, article.path)
    store.get_file(article.key, str(file))
    return file.stat().st_size
