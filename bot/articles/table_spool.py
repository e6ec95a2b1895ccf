"""Writes articles into columns as they come."""

from collections.abc import Callable
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.articles.article import Article
from bot.articles.table import NONE, describe, digest
from bot.storage import Spool, TextSpool, encode, ends, under

_LABELS: dict[str, Callable[[Article], str | None]] = {
    "outlets": attrgetter("outlet"),
    "authors": attrgetter("author"),
    "languages": attrgetter("language"),
}


class TableSpool:
    """Takes articles of distinct ids, and gives the arrays of an `ArticleTable`."""

    def __init__(self, folder: Path | None = None) -> None:
        """Keep what grows in files of a folder, or else in memory."""
        self._texts = {name: TextSpool(folder) for name in ("ids", "titles", "urls", "texts")}
        self._labels: dict[str, int] = {}
        # Labels are counted from 1 on here: a spool has no room for NONE.
        self._columns = {
            name: Spool(folder) for name in ("days", "digests", "counts", "dropped", "sections", "keys", *_LABELS)
        }

    def __len__(self) -> int:
        return len(self._columns["counts"])

    def append(self, article: Article) -> None:
        """Add an article."""
        self._texts["ids"].append(article.id)
        self._texts["titles"].append(article.title)
        self._texts["urls"].append(article.url or "")
        for paragraph in article.paragraphs:
            self._texts["texts"].append(paragraph.text)
        columns = self._columns
        columns["sections"].extend([self._label(paragraph.section) for paragraph in article.paragraphs])
        columns["days"].append(article.published.toordinal() if article.published else 0)
        columns["counts"].append(len(article.paragraphs))
        columns["dropped"].append(article.dropped)
        columns["digests"].append(_number(describe(article)))
        columns["keys"].append(_number(encode(article.id)))
        for name, read in _LABELS.items():
            columns[name].append(self._label(read(article)))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return what the table is made of; nothing can be added afterwards."""
        columns = {name: spool.array() for name, spool in self._columns.items()}
        columns |= {name: columns[name].astype(np.int32) + NONE for name in ("sections", *_LABELS)}
        keys = columns.pop("keys")
        columns["places"] = np.argsort(keys, kind="stable").astype(np.int32)
        columns["id_digests"] = keys[columns["places"]]
        columns["firsts"] = ends(columns.pop("counts"))
        labels = TextSpool()
        for label in self._labels:
            labels.append(label)
        texts = {name: spool.arrays() for name, spool in self._texts.items()} | {"labels": labels.arrays()}
        return {
            **under("columns", columns),
            **{name: array for part, own in texts.items() for name, array in under(part, own).items()},
        }

    def _label(self, label: str | None) -> int:
        """Number a label from 1 on, 0 for none."""
        return 0 if label is None else self._labels.setdefault(label, len(self._labels) + 1)


def _number(data: bytes) -> int:
    return int.from_bytes(digest(data), "big")
