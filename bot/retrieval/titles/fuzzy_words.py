"""Similarities of a typed word, perhaps unfinished, to distinct words: by spelling, stem, prefix, typos and sound."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from bot.arabic import consonant_skeleton, light_stem, stem_without_proclitic, without_article
from bot.retrieval.edit_filter import CharacterMasks
from bot.retrieval.postings import Scores
from bot.retrieval.vocabulary import number_rows
from bot.storage import Arrays, IntArray, Ragged, StringTable, add_prefix, strip_prefix

_SAME, _WITH_ARTICLE, _INFLECTED, _COMPLETION, _CLITIC, _TYPO, _SOUND = 1.0, 0.98, 0.95, 0.9, 0.85, 0.8, 0.75
_LEAST_SIMILARITY = 0.7
_Found = tuple[NDArray[np.integer], float | Scores]
"""Words by number, and the similarity of all or of each."""


class WordKeys:
    """An inverted table of words by string keys, one or more a word; a row of `words` is those under a key."""

    def __init__(self, arrays: Arrays) -> None:
        self.strings = StringTable.from_arrays(strip_prefix(arrays, "strings"))
        self.words = Ragged.from_arrays(strip_prefix(arrays, "words"))

    def under(self, key: str) -> IntArray:
        number = self.strings.find(key)
        return self.words[number] if number is not None else self.words.values[:0]

    def under_start(self, start: str) -> IntArray:
        """Return the words under all keys that begin with a string."""
        keys = self.strings.starting_with(start)
        return self.words.values[self.words.starts[keys.start] : self.words.starts[keys.stop]]


def key_arrays(
    words: Sequence[str], keys: Callable[[Sequence[str]], Iterable[Collection[str]]]
) -> dict[str, NDArray[Any]]:
    """Return the arrays of `WordKeys` of words with distinct keys each."""
    strings, rows = number_rows(words, keys)
    return {
        **add_prefix("strings", StringTable.of(strings).arrays()),
        **add_prefix("words", rows.inverted(len(strings)).arrays()),
    }


class FuzzyWords:
    """Compares typed words with distinct words in normal form."""

    def __init__(self, arrays: Arrays, count: int) -> None:
        self._count = count
        self._spellings, self._stems, self._stems_without_proclitic, self._consonants = (
            WordKeys(strip_prefix(arrays, name))
            for name in ("spellings", "stems", "stems_without_proclitic", "consonants")
        )
        self._masks = CharacterMasks.from_arrays(strip_prefix(arrays, "masks"))

    def similarities(self, typed: str, *, is_unfinished: bool) -> Scores:
        """Return the similarity of each word to a typed one in normal form, (count,), 0 to 1.

        Words that differ by typos, or in the alphabet, count only where no word is the typed one, or begins with it
        where it may be unfinished.
        """
        similarities, bare = np.zeros(self._count), without_article(typed)
        same_or_inflected = (
            (self._spellings.under(typed), _SAME),
            (self._spellings.under(bare), _WITH_ARTICLE),
            (self._stems.under(light_stem(typed)), _INFLECTED),
            (self._stems_without_proclitic.under(light_stem(typed)), _CLITIC),
            (self._stems.under(stem_without_proclitic(typed)), _CLITIC),
        )
        _raise(similarities, same_or_inflected)
        is_spelled = bool(similarities.any())
        _raise(similarities, ((self._spellings.under_start(start), _COMPLETION) for start in (typed, bare)))
        is_found = is_spelled or (is_unfinished and bool(similarities.any()))
        # A number, or a word that holds one, is itself or another thing.
        if not is_found and not any(character.isdigit() for character in typed):
            _raise(similarities, self._typos(bare, is_unfinished=is_unfinished))
            if typed.isascii() and (name := consonant_skeleton(typed)):
                alike = self._consonants.under_start if is_unfinished else self._consonants.under
                _raise(similarities, [(alike(name), _SOUND)])
        return similarities

    def _typos(self, typed: str, *, is_unfinished: bool) -> Iterator[_Found]:
        longest = np.maximum(self._masks.lengths, len(typed))
        ended = np.flatnonzero(self._masks.min_edits(typed) <= _edits(longest))
        yield self._similar(typed, ended, [self._spellings.strings[key] for key in ended.tolist()], _TYPO)
        if is_unfinished:
            longer = self._masks.lengths > len(typed)
            keys = np.flatnonzero(longer & (self._masks.min_missing(typed) <= _edits(len(typed) + 1)))
            strings = [self._spellings.strings[key] for key in keys.tolist()]
            for length in range(len(typed) - 1, len(typed) + 2):
                yield self._similar(typed, keys, [string[:length] for string in strings], _TYPO * _COMPLETION)

    def _similar(self, typed: str, keys: NDArray[np.intp], spelled: Sequence[str], worth: float) -> _Found:
        """Compare a typed word with a string for each of (n,) keys; `worth` scales the similarity."""
        [similarity] = cdist(
            [typed], spelled, scorer=OSA.normalized_similarity, score_cutoff=_LEAST_SIMILARITY, dtype=np.float64
        )
        near = np.flatnonzero(similarity)
        words, owners = self._spellings.words.gather(keys[near])
        return words, worth * similarity[near][owners]


def fuzzy_word_arrays(words: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Return the arrays of `FuzzyWords` for distinct words in normal form."""
    spellings = key_arrays(words, lambda own: ({word, without_article(word)} for word in own))
    parts = {
        "spellings": spellings,
        "stems": key_arrays(words, lambda own: zip(map(light_stem, own))),
        "consonants": key_arrays(words, lambda own: zip(map(consonant_skeleton, own))),
        "stems_without_proclitic": key_arrays(words, lambda own: zip(map(stem_without_proclitic, own))),
        "masks": CharacterMasks.of(list(WordKeys(spellings).strings)).arrays(),
    }
    return {whole: array for name, own in parts.items() for whole, array in add_prefix(name, own).items()}


def _raise(similarities: Scores, found: Iterable[_Found]) -> None:
    """Raise similarities to those of found words, where these are greater."""
    for words, found_similarity in found:
        np.maximum.at(similarities, words, found_similarity)


def _edits(length: int | IntArray) -> int | NDArray[np.int64]:
    """Return the most edits that the least similarity allows, where the longer string has this length."""
    return np.floor((1 - _LEAST_SIMILARITY) * np.asarray(length) + 1e-9).astype(np.int64)
