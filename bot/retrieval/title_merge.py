"""Puts the index of titles together from what an earlier one has of its articles, and from articles that are new."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.articles import ArticleTable
from bot.retrieval.inverted_merge import GONE, Inverted, merge_inverted, numbers_of_kept
from bot.retrieval.labels import label_arrays
from bot.retrieval.letters import Letters
from bot.retrieval.titles import newest_first
from bot.retrieval.typed_word import typed_word_arrays
from bot.storage import Arrays, MergedStrings, Numbers, Ragged, StringTable, under, within

_KEYS = ("spellings", "stems", "bares")


def merge_titles(
    old: Arrays, tables: tuple[ArticleTable, ArticleTable, ArticleTable], rows: Numbers, folder: Path | None = None
) -> dict[str, NDArray[Any]]:
    """Return what `title_arrays` makes of a table that `merge_tables` made: the last, of an old one and a new one.

    `rows` are the numbers of its articles, those of the new table counted on from those of the old one.
    """
    former, new, _ = tables
    before, after = _places(*tables, rows)
    titles = label_arrays(map(new.title, range(len(new))))
    held = Ragged.from_arrays(within(old, "holders"))
    used = Inverted(held, np.zeros(len(held), dtype=np.int32), before[newest_first(former)]).keys_in_use()
    words = MergedStrings.of(
        StringTable.from_arrays(within(old, "vocabulary")),
        used,
        list(StringTable.from_arrays(within(titles, "vocabulary"))),
        folder,
    )
    holders = merge_inverted(
        Inverted(held, words.old, before[newest_first(former)]),
        Inverted(Ragged.from_arrays(within(titles, "holders")), words.new, after),
        len(words.table),
        len(rows),
    )
    return {
        **under("vocabulary", words.table.arrays()),
        **under("holders", holders.arrays()),
        **under("words", _typed(within(old, "words"), words, folder)),
    }


def _places(former: ArticleTable, new: ArticleTable, merged: ArticleTable, rows: Numbers) -> tuple[Numbers, Numbers]:
    """Return at which place of all articles, the newest first, those of the old table and of the new one are."""
    places = np.empty(len(rows), dtype=np.int32)
    places[newest_first(merged)] = np.arange(len(rows), dtype=np.int32)
    both = np.full(len(former) + len(new), GONE, dtype=np.int32)
    both[rows] = places
    return both[: len(former)], both[len(former) :]


def _typed(old: Arrays, words: MergedStrings, folder: Path | None) -> dict[str, NDArray[Any]]:
    """Return what a `TypedWord` is made of."""
    numbers = words.new[words.added]
    fresh = typed_word_arrays([words.table[number] for number in numbers.tolist()])
    parts = dict[str, dict[str, NDArray[Any]]]()
    for name in _KEYS:
        strings, rows = _keys(within(old, name), within(fresh, name), words, numbers, folder)
        parts[name] = {**under("strings", strings.table.arrays()), **under("words", rows.arrays())}
        if name == "spellings":
            added = Letters.of([strings.table[number] for number in strings.new[strings.added].tolist()]).arrays()
            parts["letters"] = {
                column: strings.merge.take(array, added[column]) for column, array in within(old, "letters").items()
            }
    return {whole: array for name, own in parts.items() for whole, array in under(name, own).items()}


def _keys(
    old: Arrays, new: Arrays, words: MergedStrings, numbers: Numbers, folder: Path | None
) -> tuple[MergedStrings, Ragged]:
    """Put the words under their keys together; `numbers` are those of the words that are new."""
    before, after = (Ragged.from_arrays(within(arrays, "words")) for arrays in (old, new))
    kept = numbers_of_kept(words.old, words.kept)
    used = Inverted(before, np.zeros(len(before), dtype=np.int32), kept).keys_in_use()
    strings = MergedStrings.of(
        StringTable.from_arrays(within(old, "strings")),
        used,
        list(StringTable.from_arrays(within(new, "strings"))),
        folder,
    )
    rows = merge_inverted(
        Inverted(before, strings.old, kept),
        Inverted(after, strings.new, numbers),
        len(strings.table),
        len(words.table),
    )
    return strings, rows
