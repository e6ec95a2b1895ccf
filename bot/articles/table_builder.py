"""The columns of an article table, written as articles come in or taken from an earlier table."""

import json
from collections.abc import Callable
from dataclasses import astuple
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.articles.article import Article
from bot.articles.article_store import NONE, digest
from bot.articles.table import ARTICLE_TEXTS
from bot.storage import Arrays, IntegerBuilder, TextTable, TextTableBuilder, add_prefix, encode, offsets, strip_prefix

_LABELS: dict[str, Callable[[Article], str | None]] = {
    "outlets": attrgetter("outlet"),
    "authors": attrgetter("author"),
    "languages": attrgetter("language"),
}


class TableRows:
    """The rows of a table, from which a later one takes those of articles that it has too."""

    def __init__(self, arrays: Arrays) -> None:
        """Read the rows out of the arrays of a `TableBuilder`."""
        self.columns = strip_prefix(arrays, "columns")
        self.firsts = self.columns["firsts"]
        self.keys = self.columns["id_digests"][np.argsort(self.columns["places"])]
        self.texts = {name: strip_prefix(arrays, name) for name in (*ARTICLE_TEXTS, "texts")}
        # The last is that of NONE.
        self.labels: list[str | None] = [*TextTable.from_arrays(strip_prefix(arrays, "labels")), None]


class TableBuilder:
    """Takes articles with distinct ids, and returns the arrays of an `ArticleTable`."""

    def __init__(self, folder: Path | None = None) -> None:
        """Keep the growing arrays in files of a folder, or else in memory."""
        self._texts = {name: TextTableBuilder(folder) for name in (*ARTICLE_TEXTS, "texts")}
        self._labels: dict[str, int] = {}
        # Labels are counted from 1 on here: a builder has no room for NONE.
        self._columns = {
            name: IntegerBuilder(folder)
            for name in ("days", "digests", "counts", "dropped", "dead", "sections", "keys", *_LABELS)
        }

    def append(self, article: Article) -> None:
        """Add an article."""
        self._texts["ids"].append(article.id)
        self._texts["titles"].append(article.title)
        self._texts["urls"].append(article.url or "")
        sources = [astuple(source) for source in article.sources]
        self._texts["sources"].append(json.dumps(sources, ensure_ascii=False) if sources else "")
        for paragraph in article.paragraphs:
            self._texts["texts"].append(paragraph.text)
        columns = self._columns
        columns["sections"].extend([self._label(paragraph.section) for paragraph in article.paragraphs])
        columns["days"].append(article.published.toordinal() if article.published else 0)
        columns["counts"].append(len(article.paragraphs))
        columns["dropped"].append(article.dropped)
        columns["dead"].append(article.dead_since.toordinal() if article.dead_since else 0)
        # All that a reader could see of it.
        columns["digests"].append(_number(f"{article!r}{article.dead_since or ''}"))
        columns["keys"].append(_number(article.id))
        for name, read in _LABELS.items():
            columns[name].append(self._label(read(article)))

    def take(self, old: TableRows, begin: int, end: int) -> None:
        """Add the articles of another table from `begin` up to `end`, their numbers there."""
        firsts = old.firsts[begin : end + 1]
        for name, texts in old.texts.items():
            first, last = (firsts[0], firsts[-1]) if name == "texts" else (begin, end)
            self._texts[name].extend(texts, int(first), int(last))
        for name in ("days", "digests", "dropped", "dead"):
            self._columns[name].extend(old.columns[name][begin:end])
        self._columns["keys"].extend(old.keys[begin:end])
        self._columns["counts"].extend(np.diff(firsts))
        # Labels have their numbers in the order in which articles have them: first their sections, then the others.
        sections, own = (
            old.columns["sections"][firsts[0] : firsts[-1]],
            [old.columns[name][begin:end] for name in _LABELS],
        )
        ends = np.repeat(firsts[1:] - firsts[0], len(_LABELS))
        in_order = np.insert(sections, ends, np.stack(own, axis=1).ravel()).tolist()
        numbers = np.zeros(len(old.labels), dtype=np.int64)
        for label in dict.fromkeys(in_order):
            numbers[label] = self._label(old.labels[label])
        for name, labels in zip(("sections", *_LABELS), (sections, *own), strict=True):
            self._columns[name].extend(numbers[labels])

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of the table; nothing can be added afterwards."""
        columns = {name: builder.array() for name, builder in self._columns.items()}
        columns |= {name: columns[name].astype(np.int32) + NONE for name in ("sections", *_LABELS)}
        keys = columns.pop("keys")
        columns["places"] = np.argsort(keys, kind="stable").astype(np.int32)
        columns["id_digests"] = keys[columns["places"]]
        columns["firsts"] = offsets(columns.pop("counts"))
        texts = {name: builder.arrays() for name, builder in self._texts.items()}
        parts: dict[str, Arrays] = {"columns": columns, **texts, "labels": TextTable.of(list(self._labels)).arrays()}
        return {name: array for part, own in parts.items() for name, array in add_prefix(part, own).items()}

    def _label(self, label: str | None) -> int:
        """Number a label from 1 on, 0 for none."""
        return 0 if label is None else self._labels.setdefault(label, len(self._labels) + 1)


def _number(text: str) -> int:
    return int.from_bytes(digest(encode(text)), "big")
