"""Words that a typed word is, or becomes when it is typed to its end, by their spellings and stems."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from bot.arabic import light_stem, stem_without_proclitic, without_article
from bot.retrieval.edit_filter import CharacterMasks
from bot.retrieval.postings import Scores
from bot.storage import Arrays, IntArray, Ragged, StringTable, add_prefix, strip_prefix

_SAME, _WITH_ARTICLE, _INFLECTED, _BEGUN, _CLITIC, _SLIP = 1.0, 0.98, 0.95, 0.9, 0.85, 0.8
_LEAST_SIMILARITY = 0.7
_Found = tuple[NDArray[np.integer], float | Scores]
"""Words by number, and how near they are, all or each."""


class WordKeys:
    """Words, by number, under one or more keys each."""

    def __init__(self, arrays: Arrays) -> None:
        self.strings = StringTable.from_arrays(strip_prefix(arrays, "strings"))
        self._words = Ragged.from_arrays(strip_prefix(arrays, "words"))

    def under(self, key: str) -> IntArray:
        """Return the words under a key."""
        number = self.strings.find(key)
        return self._words[number] if number is not None else self._words.values[:0]

    def under_start(self, start: str) -> IntArray:
        """Return the words under all keys that begin with a string."""
        keys = self.strings.starting_with(start)
        return self._words.values[self._words.starts[keys.start] : self._words.starts[keys.stop]]

    def under_keys(self, keys: NDArray[np.integer]) -> tuple[IntArray, NDArray[np.intp]]:
        """Return the words under keys by number, and for each word the place of its key in `keys`."""
        return self._words.gather(keys)


def key_arrays(*columns: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Put words under keys, column after column a key for every word; return what their `WordKeys` are made of."""
    strings = sorted({key for column in columns for key in column})
    numbers = {key: number for number, key in enumerate(strings)}
    rows = list(zip(*columns, strict=True))
    keys = Ragged.of(
        [[numbers[key] for key in dict.fromkeys(row)] for row in rows], np.arange(len(strings), dtype=np.int32)
    )
    return {
        **add_prefix("strings", StringTable.of(strings).arrays()),
        **add_prefix("words", keys.inverted(len(strings)).arrays()),
    }


class FuzzyWords:
    """Compares what a person types with distinct words in normal form."""

    def __init__(self, arrays: Arrays, count: int) -> None:
        """Take so many words out of their arrays."""
        self._count = count
        self._spellings, self._stems, self._stems_without_proclitic = (
            WordKeys(strip_prefix(arrays, name)) for name in ("spellings", "stems", "stems_without_proclitic")
        )
        self._masks = CharacterMasks.from_arrays(strip_prefix(arrays, "masks"))

    def similarities(self, typed: str, *, begun: bool) -> Scores:
        """Return for every word how near it is to a typed one in normal form, 0 to 1; `begun` may not be ended yet.

        Words that differ by slips count only where none is the typed one, or begins with it where that is begun.
        """
        likeness = np.zeros(self._count)
        _raise(likeness, self._spelled(typed))
        is_spelled = bool(likeness.any())
        _raise(likeness, self._longer(typed))
        is_found = is_spelled or (begun and bool(likeness.any()))
        # A number, or a word that holds one, is itself or another thing.
        if not is_found and not any(character.isdigit() for character in typed):
            _raise(likeness, self._slips(without_article(typed), begun=begun))
        return likeness

    def _spelled(self, typed: str) -> Iterator[_Found]:
        yield self._spellings.under(typed), _SAME
        yield self._spellings.under(without_article(typed)), _WITH_ARTICLE
        yield self._stems.under(light_stem(typed)), _INFLECTED
        yield self._stems_without_proclitic.under(light_stem(typed)), _CLITIC
        yield self._stems.under(stem_without_proclitic(typed)), _CLITIC

    def _longer(self, typed: str) -> Iterator[_Found]:
        yield self._spellings.under_start(typed), _BEGUN
        yield self._spellings.under_start(without_article(typed)), _BEGUN

    def _slips(self, typed: str, *, begun: bool) -> Iterator[_Found]:
        longest = np.maximum(self._masks.lengths, len(typed))
        ended = np.flatnonzero(self._masks.min_edits(typed) <= _edits(longest))
        yield self._similar(typed, ended, [self._spellings.strings[key] for key in ended.tolist()], _SLIP)
        if begun:
            longer = self._masks.lengths > len(typed)
            keys = np.flatnonzero(longer & (self._masks.min_missing(typed) <= _edits(len(typed) + 1)))
            strings = [self._spellings.strings[key] for key in keys.tolist()]
            for length in range(len(typed) - 1, len(typed) + 2):
                yield self._similar(typed, keys, [string[:length] for string in strings], _SLIP * _BEGUN)

    def _similar(self, typed: str, keys: NDArray[np.intp], spelled: Sequence[str], worth: float) -> _Found:
        """Compare a typed word with what stands for each of some keys; `worth` is how near a word of no edits is."""
        [similarity] = cdist(
            [typed], spelled, scorer=OSA.normalized_similarity, score_cutoff=_LEAST_SIMILARITY, dtype=np.float64
        )
        near = np.flatnonzero(similarity)
        words, owners = self._spellings.under_keys(keys[near])
        return words, worth * similarity[near][owners]


def fuzzy_word_arrays(words: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Return what a `FuzzyWords` for distinct words in normal form is made of."""
    spellings = key_arrays(words, list(map(without_article, words)))
    parts = {
        "spellings": spellings,
        "stems": key_arrays(list(map(light_stem, words))),
        "stems_without_proclitic": key_arrays(list(map(stem_without_proclitic, words))),
        "masks": CharacterMasks.of(list(WordKeys(spellings).strings)).arrays(),
    }
    return {whole: array for name, own in parts.items() for whole, array in add_prefix(name, own).items()}


def _raise(likeness: Scores, found: Iterable[_Found]) -> None:
    """Note how near words are, of several ways the nearest."""
    for words, nearness in found:
        np.maximum.at(likeness, words, nearness)


def _edits(length: int | IntArray) -> int | NDArray[np.int64]:
    """Return how many edits a similarity allows at most between strings of which the longer is so long."""
    return np.floor((1 - _LEAST_SIMILARITY) * np.asarray(length) + 1e-9).astype(np.int64)
