"""A vocabulary merged from an earlier one, whose words are not analysed again, and from new words."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.edit_filter import CharacterMasks
from bot.retrieval.merge.title_merge import Inverted, merge_inverted, numbers_of_kept
from bot.retrieval.vocabulary import Vocabulary, write_vocabulary
from bot.storage import (
    Arrays,
    ArrayWriter,
    IntArray,
    MemoryWriter,
    Merge,
    MergedStrings,
    Ragged,
    StringTable,
    add_prefix,
    interleave,
    strip_prefix,
)


@dataclass(frozen=True, slots=True)
class MergedVocabulary:
    """A merged vocabulary, and the merges of its words, forms and grams, with old and new numbers."""

    vocabulary: Vocabulary
    words: MergedStrings
    forms: MergedStrings
    grams: MergedStrings


def merge_vocabulary(
    arrays: Arrays, used: NDArray[np.bool_], words: Sequence[str], writer: ArrayWriter, folder: Path | None = None
) -> MergedVocabulary:
    """Write the vocabulary of the `used` words of an old one and of sorted `words`, as `write_vocabulary` would."""
    old = Vocabulary(arrays)
    merged = MergedStrings.of(old.words, used, words, folder)
    added = MemoryWriter()
    write_vocabulary([words[number] for number in merged.added.tolist()], added)
    new = Vocabulary(added.arrays)
    kept, merge = merged.kept, merged.merge
    forms = _strings(old.forms, new.forms, (old.stems[kept], old.stems_without_proclitic[kept]), folder)
    grams = _strings(old.grams, new.grams, (old.word_grams.values[np.repeat(kept, old.word_grams.lengths)],), folder)
    consonants = _strings(old.consonants, new.consonants, (old.skeletons[kept],), folder)
    starts = old.word_grams.starts, new.word_grams.starts
    gram_numbers = _numbers(merge.expand(*starts), old.word_grams.values, new.word_grams.values, grams)
    skeletons = _numbers(merge, old.skeletons, new.skeletons, consonants)
    parts: dict[str, dict[str, NDArray[Any]]] = {
        "words": merged.table.arrays(),
        "near_words": _near(strip_prefix(arrays, "near_words"), old.words, merged),
        "forms": forms.table.arrays(),
        "near_forms": _near(strip_prefix(arrays, "near_forms"), old.forms, forms),
        "grams": grams.table.arrays(),
        "word_grams": Ragged(gram_numbers, merge.starts(*starts)).arrays(),
        "gram_words": _inverted(merged, grams, old.gram_words, new.gram_words).arrays(),
        "consonants": consonants.table.arrays(),
        "skeleton_words": _inverted(merged, consonants, old.skeleton_words, new.skeleton_words).arrays(),
        "of_words": {
            "stems": _numbers(merge, old.stems, new.stems, forms),
            "stems_without_proclitic": _numbers(merge, old.stems_without_proclitic, new.stems_without_proclitic, forms),
            "skeletons": skeletons,
        },
    }
    written = {whole: array for name, own in parts.items() for whole, array in add_prefix(name, own).items()}
    kept_arrays = writer.add({**written, "is_ascii": merge.take(old.is_ascii, new.is_ascii)})
    return MergedVocabulary(Vocabulary(kept_arrays), merged, forms, grams)


def _strings(
    old: StringTable, new: StringTable, used: Sequence[NDArray[np.integer]], folder: Path | None
) -> MergedStrings:
    """Merge strings derived from words: of the old ones those whose numbers are in `used`."""
    is_used = np.zeros(len(old), dtype=np.bool_)
    for numbers in used:
        is_used[numbers] = True
    return MergedStrings.of(old, is_used, list(new), folder)


def _numbers(merge: Merge, old: IntArray, new: IntArray, strings: MergedStrings) -> IntArray:
    """Merge a column of string numbers."""
    return merge.take(strings.old[old], strings.new[new])


def _inverted(words: MergedStrings, strings: MergedStrings, old: Ragged, new: Ragged) -> Ragged:
    """Merge the words by the string that they have."""
    return merge_inverted(
        Inverted(old, strings.old, numbers_of_kept(words.old, words.kept)),
        Inverted(new, strings.new, words.new[words.added]),
        len(strings.table),
        len(words.table),
    )


def _near(arrays: Arrays, old: StringTable, strings: MergedStrings) -> dict[str, NDArray[Any]]:
    """Merge the arrays of a `OneEditIndex` of strings."""
    added = [strings.table[number] for number in strings.new[strings.added].tolist()]
    masks, before = CharacterMasks.of(added).arrays(), strip_prefix(arrays, "masks")
    merged = {name: strings.merge.take(array, masks[name]) for name, array in before.items()}
    return {"by_end": _by_end(arrays["by_end"], old, strings, added), **add_prefix("masks", merged)}


def _by_end(by_end: IntArray, old: StringTable, strings: MergedStrings, added: Sequence[str]) -> IntArray:
    """Merge the string numbers sorted by the reversed strings."""
    order = sorted(range(len(added)), key=lambda number: added[number][::-1])
    places = np.zeros(len(added), dtype=np.int64)
    low = 0
    for place, number in enumerate(order):
        low = places[place] = bisect_left(by_end, added[number][::-1], low, key=lambda at: old[at][::-1])
    rows, _, _ = interleave(strings.kept[by_end], places)
    numbers = strings.new[strings.added[np.array(order, dtype=np.int64)]]
    return np.concatenate((strings.old[by_end], numbers))[rows]
