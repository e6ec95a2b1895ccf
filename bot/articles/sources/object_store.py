"""An object store through fsspec: its articles listed and fetched."""

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from bot.articles.sources.address import Address, with_folder
from bot.articles.sources.limits import FetchBudget, FetchLimits
from bot.articles.sources.remote_source import RemoteSource
from bot.articles.sources.safe_paths import (
    MAX_DEPTH,
    golden_beside,
    is_corpus_file,
    is_unsupported,
    prepare_path,
    safe_path,
    write_placeholder,
)
from bot.articles.sources.snapshots import Snapshot, Snapshots
from bot.articles.sources.source import SourceError, Version
from bot.articles.sources.store_calls import OpenStore, StoreCalls, open_store, store_errors_converted

# What stores call that which changes with an object's content, the most telling first.
_CHANGE_TAGS = ("ETag", "etag", "md5Hash", "generation", "LastModified", "last_modified", "updated", "mtime", "created")

_FILES = "files"
_PIECE, _BLOCK = 1 << 20, 1 << 22  # bytes that are written at once, and that are read ahead


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An object by its key in the store, its path below the listed folder, its bytes and its change tag.

    Of a `rejected` one, which is no article, only the name counts.
    """

    key: str
    path: PurePosixPath
    size: int
    change_tag: str
    rejected: bool = False


def list_articles(store: Any, root: str, budget: FetchBudget) -> list[StoredArticle]:
    """List the articles below a folder of a store, or the single one that `root` names."""
    store.invalidate_cache()
    info = store.info(root)
    if info["type"] == "file":
        found = [_article(info, safe_path(root.rpartition("/")[2]))]
        for path in golden_beside(PurePosixPath(root)):
            # A store that may not be listed forbids what is not there.
            with suppress(FileNotFoundError, PermissionError):
                found.append(_article(store.info(str(path)), PurePosixPath(path.name)))
        return found
    articles = list[StoredArticle]()
    for _, _, files in store.walk(root, maxdepth=MAX_DEPTH, detail=True, on_error="raise"):
        for info in files.values():
            budget.count_entry()
            path = safe_path(info["name"][len(root) :].lstrip("/"))
            if is_corpus_file(path):
                budget.count_file()
                articles.append(_article(info, path))
            elif info.get("size") and is_unsupported(path):  # empty objects stand for folders
                budget.count_file()
                articles.append(StoredArticle(info["name"], path, 0, "", rejected=True))
    if all(article.rejected for article in articles):
        raise SourceError("source.no_articles")
    budget.check_unpacked(sum(article.size for article in articles))
    return articles


def digest_of(articles: Sequence[StoredArticle]) -> str:
    """Digest all that would differ if an article did."""
    change_tags = sorted((article.path.as_posix(), article.size, article.change_tag) for article in articles)
    return hashlib.sha256(repr(change_tags).encode("utf-8", "surrogatepass")).hexdigest()


def _article(info: Mapping[str, Any], path: PurePosixPath) -> StoredArticle:
    change_tag = next((info[name] for name in _CHANGE_TAGS if info.get(name)), "")
    return StoredArticle(info["name"], path, int(info.get("size") or 0), str(change_tag))


class ObjectStoreSource(RemoteSource):
    """A folder of an object store. It is listed at every fetch, and copied only where the listing has changed."""

    def __init__(
        self, address: Address, snapshots: Snapshots, limits: FetchLimits, opener: OpenStore = open_store
    ) -> None:
        super().__init__(snapshots, limits)
        self._address = address
        self._open = opener
        self._calls = StoreCalls(address)

    @property
    def name(self) -> str:
        return with_folder(self._address.shown, self._address.folder)

    def _fetch_snapshot(self, budget: FetchBudget) -> Snapshot:
        """Copy the articles of the store if there are others than before."""
        with store_errors_converted(self._address):
            [(store, root, articles)] = self._calls.run([partial(self._list, budget)], budget)
            version = Version(digest=digest_of(articles))
            last = self._snapshots.newest()
            if last is not None and last.version == version:
                return last
            with self._snapshots.draft() as draft:
                wanted = [article for article in articles if not article.rejected]
                # Many at once: a store takes its time for each of them.
                calls = (partial(_copy_one, store, draft / _FILES, article, budget) for article in wanted)
                for done, _ in enumerate(self._calls.run(calls, budget), 1):
                    budget.report_progress(done, len(wanted))
                for article in articles:
                    if article.rejected:
                        write_placeholder(draft / _FILES, article.path)
                single = articles[0].path if articles[0].key == root else PurePosixPath()
                return self._snapshots.publish(draft, PurePosixPath(_FILES) / single, version)

    def _list(self, budget: FetchBudget) -> tuple[Any, str, list[StoredArticle]]:
        store, root = self._open(self._address.url)
        root = "/".join([root.rstrip("/"), *self._address.folder.parts])
        return store, root, list_articles(store, root, budget)


def _copy_one(store: Any, files: Path, article: StoredArticle, budget: FetchBudget) -> None:
    """Copy an article piece by piece: what a store lists as small may be large by now."""
    with store.open(article.key, "rb", block_size=_BLOCK) as stream:
        budget.check_time()  # before a folder is made anew that is gone since
        with prepare_path(files, article.path).open("wb") as file:
            while piece := stream.read(_PIECE):
                budget.unpack(len(piece))
                file.write(piece)
