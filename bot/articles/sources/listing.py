"""Lists the articles of an object store."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from bot.articles.sources.budget import Budget
from bot.articles.sources.errors import SourceError
from bot.articles.sources.names import DEEPEST, golden_beside, is_kept, is_rejected, safe_path

# What stores call that which changes with an object's content, the most telling first.
_MARKS = ("ETag", "etag", "md5Hash", "generation", "LastModified", "last_modified", "updated", "mtime", "created")


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
