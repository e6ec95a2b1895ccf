"""Title indexes merged, and inverted tables merged: for each key its members, in order."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.articles import ArticleTable
from bot.retrieval.edit_filter import CharacterMasks
from bot.retrieval.titles.fuzzy_words import fuzzy_word_arrays
from bot.retrieval.titles.title_index import autocomplete_arrays, newest_first
from bot.storage import Arrays, IntArray, MergedStrings, Ragged, StringTable, add_prefix, offsets, strip_prefix

GONE = -1
"""The new number of a key or member that is gone."""

_KEYS = ("spellings", "stems", "stems_without_proclitic")


@dataclass(frozen=True, slots=True)
class Inverted:
    """An inverted table, and the new numbers of its keys and members, ascending but for `GONE`."""

    rows: Ragged
    keys: IntArray
    members: IntArray

    def pairs(self, members: int) -> NDArray[np.int64]:
        """Return the pairs that stay, (n,) as key x `members` + member, where `members` is the number of all."""
        keys = np.repeat(self.keys.astype(np.int64), self.rows.lengths)
        numbers = self.members[self.rows.values]
        stay = numbers != GONE
        return np.asarray(keys[stay] * members + numbers[stay])

    def keys_in_use(self) -> NDArray[np.bool_]:
        """Which keys have a member that stays."""
        keys = np.repeat(np.arange(len(self.rows)), self.rows.lengths)
        used = np.zeros(len(self.rows), dtype=np.bool_)
        used[keys[self.members[self.rows.values] != GONE]] = True
        return used


def merge_inverted(old: Inverted, new: Inverted, keys: int, members: int) -> Ragged:
    """Merge two inverted tables to one of `keys` keys, whose members are numbers below `members`."""
    before, added = old.pairs(members), np.sort(new.pairs(members))
    pairs = np.insert(before, np.searchsorted(before, added), added)
    return Ragged((pairs % members).astype(np.int32), offsets(np.bincount(pairs // members, minlength=keys)))


def numbers_of_kept(numbers: IntArray, kept: NDArray[np.bool_]) -> IntArray:
    """Return new numbers, `GONE` where one is not kept."""
    return np.where(kept, numbers, GONE).astype(np.int32)


def merge_titles(
    old: Arrays, tables: tuple[ArticleTable, ArticleTable, ArticleTable], rows: IntArray, folder: Path | None = None
) -> dict[str, NDArray[Any]]:
    """Return the arrays that `title_arrays` makes of the last of three tables, merged from the first two.

    `rows` are the numbers of its articles, those of the second table counted on from those of the first.
    """
    former, new, merged = tables
    # The rank of each old and each new article among all merged ones, the newest first, or `GONE`.
    ranks = np.full(len(former) + len(new), GONE, dtype=np.int32)
    ranks[rows[newest_first(merged)]] = np.arange(len(rows), dtype=np.int32)
    before, after = ranks[: len(former)], ranks[len(former) :]
    titles = autocomplete_arrays(new.titles(range(len(new))))
    holders_before = Ragged.from_arrays(strip_prefix(old, "holders"))
    used = Inverted(
        holders_before, np.zeros(len(holders_before), dtype=np.int32), before[newest_first(former)]
    ).keys_in_use()
    words = MergedStrings.of(
        StringTable.from_arrays(strip_prefix(old, "vocabulary")),
        used,
        list(StringTable.from_arrays(strip_prefix(titles, "vocabulary"))),
        folder,
    )
    holders = merge_inverted(
        Inverted(holders_before, words.old, before[newest_first(former)]),
        Inverted(Ragged.from_arrays(strip_prefix(titles, "holders")), words.new, after),
        len(words.table),
        len(rows),
    )
    return {
        **add_prefix("vocabulary", words.table.arrays()),
        **add_prefix("holders", holders.arrays()),
        **add_prefix("words", _typed(strip_prefix(old, "words"), words, folder)),
    }


def _typed(old: Arrays, words: MergedStrings, folder: Path | None) -> dict[str, NDArray[Any]]:
    """Merge the arrays of `FuzzyWords`."""
    numbers = words.new[words.added]
    fresh = fuzzy_word_arrays([words.table[number] for number in numbers.tolist()])
    parts = dict[str, dict[str, NDArray[Any]]]()
    for name in _KEYS:
        strings, rows = _keys(strip_prefix(old, name), strip_prefix(fresh, name), words, numbers, folder)
        parts[name] = {**add_prefix("strings", strings.table.arrays()), **add_prefix("words", rows.arrays())}
        if name == "spellings":
            added = CharacterMasks.of(
                [strings.table[number] for number in strings.new[strings.added].tolist()]
            ).arrays()
            parts["masks"] = {
                column: strings.merge.take(array, added[column]) for column, array in strip_prefix(old, "masks").items()
            }
    return {whole: array for name, own in parts.items() for whole, array in add_prefix(name, own).items()}


def _keys(
    old: Arrays, new: Arrays, words: MergedStrings, numbers: IntArray, folder: Path | None
) -> tuple[MergedStrings, Ragged]:
    """Merge the words by key; `numbers` are those of the new words."""
    before, after = (Ragged.from_arrays(strip_prefix(arrays, "words")) for arrays in (old, new))
    kept = numbers_of_kept(words.old, words.kept)
    used = Inverted(before, np.zeros(len(before), dtype=np.int32), kept).keys_in_use()
    strings = MergedStrings.of(
        StringTable.from_arrays(strip_prefix(old, "strings")),
        used,
        list(StringTable.from_arrays(strip_prefix(new, "strings"))),
        folder,
    )
    rows = merge_inverted(
        Inverted(before, strings.old, kept),
        Inverted(after, strings.new, numbers),
        len(strings.table),
        len(words.table),
    )
    return strings, rows
