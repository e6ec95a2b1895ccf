"""The columns of an article table, written as articles come in or merged with those of an earlier one."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.articles.article import Article
from bot.articles.article_store import NONE, digest
from bot.articles.table import ARTICLE_TEXTS
from bot.storage import (
    Arrays,
    IntegerBuilder,
    Merge,
    TextTable,
    TextTableBuilder,
    add_prefix,
    encode,
    merge_texts,
    offsets,
    strip_prefix,
)

_LABELS: dict[str, Callable[[Article], str | None]] = {
    "outlets": attrgetter("outlet"),
    "authors": attrgetter("author"),
    "languages": attrgetter("language"),
}


class TableBuilder:
    """Takes articles with distinct ids, and returns the arrays of an `ArticleTable`."""

    def __init__(self, folder: Path | None = None) -> None:
        """Keep the growing arrays in files of a folder, or else in memory."""
        self._texts = {name: TextTableBuilder(folder) for name in (*ARTICLE_TEXTS, "texts")}
        self._labels: dict[str, int] = {}
        # Labels are counted from 1 on here: a builder has no room for NONE.
        self._columns = {
            name: IntegerBuilder(folder)
            for name in ("days", "digests", "counts", "dropped", "sections", "keys", *_LABELS)
        }

    def __len__(self) -> int:
        return len(self._columns["counts"])

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
        # All that a reader could see of it.
        columns["digests"].append(_number(repr(article)))
        columns["keys"].append(_number(article.id))
        for name, read in _LABELS.items():
            columns[name].append(self._label(read(article)))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of the table; nothing can be added afterwards."""
        columns = {name: builder.array() for name, builder in self._columns.items()}
        columns |= {name: columns[name].astype(np.int32) + NONE for name in ("sections", *_LABELS)}
        keys = columns.pop("keys")
        columns["places"] = np.argsort(keys, kind="stable").astype(np.int32)
        columns["id_digests"] = keys[columns["places"]]
        columns["firsts"] = offsets(columns.pop("counts"))
        texts = {name: builder.arrays() for name, builder in self._texts.items()}
        return _joined({"columns": columns, **texts, "labels": _label_arrays(self._labels)})

    def _label(self, label: str | None) -> int:
        """Number a label from 1 on, 0 for none."""
        return 0 if label is None else self._labels.setdefault(label, len(self._labels) + 1)


def _number(text: str) -> int:
    return int.from_bytes(digest(encode(text)), "big")


def merge_tables(old: Arrays, new: Arrays, rows: NDArray[np.integer], folder: Path | None = None) -> dict[str, Any]:
    """Return the arrays of the table that has some articles of two others.

    `rows` are their numbers, those of the new table counted on from those of the old one.
    """
    before, after = strip_prefix(old, "columns"), strip_prefix(new, "columns")
    articles = Merge.of(rows, len(before["days"]), folder)
    paragraphs = articles.expand(before["firsts"], after["firsts"])
    columns = {name: articles.take_narrow(before[name], after[name]) for name in ("days", "digests", "dropped")}
    columns["firsts"] = articles.starts(before["firsts"], after["firsts"])
    # The digest of each article's id, by the article's number.
    keys = articles.take_narrow(*(own["id_digests"][np.argsort(own["places"])] for own in (before, after)))
    columns["places"] = np.argsort(keys, kind="stable").astype(np.int32)
    columns["id_digests"] = keys[columns["places"]]
    labels, labelled = _labels(old, new, articles, paragraphs, columns["firsts"])
    texts = {"labels": labels}
    for name in (*ARTICLE_TEXTS, "texts"):
        tables = (TextTable.from_arrays(strip_prefix(arrays, name)) for arrays in (old, new))
        texts[name] = merge_texts(paragraphs if name == "texts" else articles, *tables)
    return _joined({"columns": columns | labelled, **texts})


def _joined(parts: Mapping[str, Arrays]) -> dict[str, NDArray[Any]]:
    return {name: array for part, own in parts.items() for name, array in add_prefix(part, own).items()}


def _label_arrays(labels: Iterable[str]) -> dict[str, NDArray[Any]]:
    builder = TextTableBuilder()
    for label in labels:
        builder.append(label)
    return builder.arrays()


def _labels(
    old: Arrays, new: Arrays, articles: Merge, paragraphs: Merge, firsts: NDArray[np.integer]
) -> tuple[dict[str, NDArray[Any]], dict[str, NDArray[np.int32]]]:
    """Number the labels in the order in which articles have them: first their sections, then the others."""
    numbers = {label: number for number, label in enumerate(TextTable.from_arrays(strip_prefix(old, "labels")))}
    joined = [numbers.setdefault(label, len(numbers)) for label in TextTable.from_arrays(strip_prefix(new, "labels"))]
    of_new = np.array([*joined, NONE], dtype=np.int32)
    columns = {
        name: (paragraphs if name == "sections" else articles).take(
            old[f"columns.{name}"], of_new[new[f"columns.{name}"]]
        )
        for name in ("sections", *_LABELS)
    }
    others = len(_LABELS) * np.arange(len(firsts) - 1)
    sections = np.arange(firsts[-1]) + np.repeat(others, np.diff(firsts))
    met = np.full(len(numbers) + 1, np.iinfo(np.int64).max)
    np.minimum.at(met, columns["sections"], sections)
    for place, name in enumerate(_LABELS):
        np.minimum.at(met, columns[name], firsts[1:] + others + place)
    met[NONE] = np.iinfo(np.int64).max
    order = np.argsort(met[:-1], kind="stable")
    order = order[: np.count_nonzero(met < np.iinfo(np.int64).max)]
    ranks = np.full(len(met), NONE, dtype=np.int32)
    ranks[order] = np.arange(len(order))
    names = list(numbers)
    labels = _label_arrays(names[number] for number in order.tolist())
    return labels, {name: ranks[column] for name, column in columns.items()}
