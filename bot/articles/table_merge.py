"""Puts the articles of two tables together: the columns of `TableSpool`, array for array."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.articles.table import NONE
from bot.storage import Arrays, Merge, TextSpool, TextTable, merge_texts, under, within

_LABELS = ("outlets", "authors", "languages")


def merge_tables(old: Arrays, new: Arrays, rows: NDArray[np.integer], folder: Path | None = None) -> dict[str, Any]:
    """Return the arrays of the table that has some articles of two others.

    `rows` are their numbers, those of the new table counted on from those of the old one.
    """
    before, after = within(old, "columns"), within(new, "columns")
    articles = Merge.of(rows, len(before["days"]), folder)
    paragraphs = articles.within(before["firsts"], after["firsts"])
    columns = {name: articles.take_narrow(before[name], after[name]) for name in ("days", "digests", "dropped")}
    columns["firsts"] = articles.starts(before["firsts"], after["firsts"])
    keys = articles.take_narrow(_keys(before), _keys(after))
    columns["places"] = np.argsort(keys, kind="stable").astype(np.int32)
    columns["id_digests"] = keys[columns["places"]]
    labels, labelled = _labels(old, new, articles, paragraphs, columns["firsts"])
    texts = {"labels": labels}
    for name in ("ids", "titles", "urls", "texts"):
        tables = (TextTable.from_arrays(within(arrays, name)) for arrays in (old, new))
        texts[name] = merge_texts(paragraphs if name == "texts" else articles, *tables)
    return {
        **under("columns", columns | labelled),
        **{name: array for part, own in texts.items() for name, array in under(part, own).items()},
    }


def _keys(columns: Arrays) -> NDArray[np.integer]:
    """Return the digest of each article's id."""
    keys = np.empty_like(columns["id_digests"])
    keys[columns["places"]] = columns["id_digests"]
    return keys


def _labels(
    old: Arrays, new: Arrays, articles: Merge, paragraphs: Merge, firsts: NDArray[np.integer]
) -> tuple[dict[str, NDArray[Any]], dict[str, NDArray[np.int32]]]:
    """Number the labels in the order in which articles have them: first their sections, then the others."""
    strings = [*TextTable.from_arrays(within(old, "labels"))]
    numbers = {string: number for number, string in enumerate(strings)}
    joined = [numbers.setdefault(label, len(numbers)) for label in TextTable.from_arrays(within(new, "labels"))]
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
    spool, names = TextSpool(), list(numbers)
    for number in order.tolist():
        spool.append(names[number])
    return spool.arrays(), {name: ranks[column] for name, column in columns.items()}
