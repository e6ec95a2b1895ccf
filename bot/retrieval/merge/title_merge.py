"""Title indexes merged, and inverted rows: for each key its members, in order."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.articles import ArticleTable
from bot.retrieval.edit_filter import CharacterMasks
from bot.retrieval.titles import autocomplete_arrays, fuzzy_word_arrays, newest_first
from bot.storage import Arrays, IntArray, MergedStrings, Ragged, StringTable, add_prefix, offsets, strip_prefix

GONE = -1
"""The new number of what is there no more."""

_KEYS = ("spellings", "stems", "stems_without_proclitic")


@dataclass(frozen=True, slots=True)
class Inverted:
    """Rows of members by key, and the new numbers of keys and members, both in order but for those that are gone."""

    rows: Ragged
    keys: IntArray
    members: IntArray

    def pairs(self, members: int) -> NDArray[np.int64]:
        """Return keys and members that stay, as one number each, of which there are so many members."""
        keys = np.repeat(self.keys.astype(np.int64), self.rows.lengths)
        numbers = self.members[self.rows.values]
        stay = numbers != GONE
        return np.asarray(keys[stay] * members + numbers[stay])

    def keys_in_use(self) -> NDArray[np.bool_]:
        """Tell which keys have a member that stays."""
        keys = np.repeat(np.arange(len(self.rows)), self.rows.lengths)
        used = np.zeros(len(self.rows), dtype=np.bool_)
        used[keys[self.members[self.rows.values] != GONE]] = True
        return used


def merge_inverted(old: Inverted, new: Inverted, keys: int, members: int) -> Ragged:
    """Return the rows of both, of so many keys and members."""
    before, added = old.pairs(members), np.sort(new.pairs(members))
    pairs = np.insert(before, np.searchsorted(before, added), added)
    return Ragged((pairs % members).astype(np.int32), offsets(np.bincount(pairs // members, minlength=keys)))


def numbers_of_kept(numbers: IntArray, kept: NDArray[np.bool_]) -> IntArray:
    """Return new numbers, `GONE` for what is not kept."""
    return np.where(kept, numbers, GONE).astype(np.int32)


def merge_titles(
    old: Arrays, tables: tuple[ArticleTable, ArticleTable, ArticleTable], rows: IntArray, folder: Path | None = None
) -> dict[str, NDArray[Any]]:
    """Return what `title_arrays` makes of a table that `merge_tables` made: the last, of an old one and a new one.

    `rows` are the numbers of its articles, those of the new table counted on from those of the old one.
    """
    former, new, _ = tables
    before, after = _places(*tables, rows)
    titles = autocomplete_arrays(map(new.title, range(len(new))))
    held = Ragged.from_arrays(strip_prefix(old, "holders"))
    used = Inverted(held, np.zeros(len(held), dtype=np.int32), before[newest_first(former)]).keys_in_use()
    words = MergedStrings.of(
        StringTable.from_arrays(strip_prefix(old, "vocabulary")),
        used,
        list(StringTable.from_arrays(strip_prefix(titles, "vocabulary"))),
        folder,
    )
    holders = merge_inverted(
        Inverted(held, words.old, before[newest_first(former)]),
        Inverted(Ragged.from_arrays(strip_prefix(titles, "holders")), words.new, after),
        len(words.table),
        len(rows),
    )
    return {
        **add_prefix("vocabulary", words.table.arrays()),
        **add_prefix("holders", holders.arrays()),
        **add_prefix("words", _typed(strip_prefix(old, "words"), words, folder)),
    }


def _places(former: ArticleTable, new: ArticleTable, merged: ArticleTable, rows: IntArray) -> tuple[IntArray, IntArray]:
    """Return at which place of all articles, the newest first, those of the old table and of the new one are."""
    places = np.empty(len(rows), dtype=np.int32)
    places[newest_first(merged)] = np.arange(len(rows), dtype=np.int32)
    both = np.full(len(former) + len(new), GONE, dtype=np.int32)
    both[rows] = places
    return both[: len(former)], both[len(former) :]


def _typed(old: Arrays, words: MergedStrings, folder: Path | None) -> dict[str, NDArray[Any]]:
    """Return what a `FuzzyWords` is made of."""
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
    """Put the words under their keys together; `numbers` are those of the words that are new."""
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
