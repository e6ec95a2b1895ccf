"""The distinct words of a corpus with their stems, 4-grams and consonants, each word analysed once."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.arabic import NUMBER_WORDS, SCALE_WORDS, consonant_skeleton, grams, light_stem, stem_without_proclitic
from bot.retrieval.edit_filter import CharacterMasks, OneEditIndex, one_edit_arrays
from bot.storage import Arrays, ArrayWriter, IntArray, Ragged, StringTable, add_prefix, offsets, strip_prefix

_Part = tuple[str, dict[str, NDArray[Any]]]
"""A name, and the arrays to store under it."""


class VocabularyWord(NamedTuple):
    """A word in normal form, its stem, and its stem without proclitic (see `bot.arabic.Term`)."""

    normal: str
    stem: str
    without_proclitic: str


class Vocabulary:
    """Words in normal form by number, with an array for each property, by word number.

    `forms` holds all stems, with and without proclitic; `stems` and `stems_without_proclitic` are numbers of forms. A
    row of `word_grams` is the 4-grams of a word as numbers of `grams`, a row of `gram_words` the words that hold one.
    `skeletons` are numbers of `consonants`, a row of `skeleton_words` the words with these consonants; "" stands for a
    word that has too few.
    """

    def __init__(self, arrays: Arrays) -> None:
        self.words, self.forms, self.grams, self.consonants = (
            StringTable.from_arrays(strip_prefix(arrays, name)) for name in ("words", "forms", "grams", "consonants")
        )
        self.word_grams, self.gram_words, self.skeleton_words = (
            Ragged.from_arrays(strip_prefix(arrays, name)) for name in ("word_grams", "gram_words", "skeleton_words")
        )
        self.near_words = OneEditIndex(self.words, strip_prefix(arrays, "near_words"))
        self.near_forms = OneEditIndex(self.forms, strip_prefix(arrays, "near_forms"))
        self.stems: IntArray = arrays["of_words.stems"]
        self.stems_without_proclitic: IntArray = arrays["of_words.stems_without_proclitic"]
        self.skeletons: IntArray = arrays["of_words.skeletons"]
        self.is_ascii: NDArray[np.bool_] = arrays["is_ascii"]

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def number_words(self) -> NDArray[np.bool_]:
        """Whether each word may be of a number that is written in words."""
        return self._among(NUMBER_WORDS)

    @cached_property
    def scale_words(self) -> NDArray[np.bool_]:
        """Whether each word may be a thousand, a million or more in such a number."""
        return self._among(SCALE_WORDS)

    @cached_property
    def figures(self) -> range:
        """The numbers of the words that begin with a digit."""
        return range(self.words.starting_with("0").start, self.words.starting_with("9").stop)

    @property
    def word_masks(self) -> CharacterMasks:
        """The character masks of the words."""
        return self.near_words.masks

    @property
    def form_masks(self) -> CharacterMasks:
        """The character masks of the forms."""
        return self.near_forms.masks

    def _among(self, words: Iterable[str]) -> NDArray[np.bool_]:
        found = [number for number in map(self.words.find, words) if number is not None]
        is_among = np.zeros(len(self), dtype=np.bool_)
        is_among[found] = True
        return is_among

    def __getitem__(self, number: int) -> VocabularyWord:
        return VocabularyWord(
            self.words[number], self.forms[self.stems[number]], self.forms[self.stems_without_proclitic[number]]
        )


def write_vocabulary(words: Sequence[str], writer: ArrayWriter) -> Vocabulary:
    """Analyse distinct words, sorted, property after property to spare memory; write and return the vocabulary."""
    kept = dict[str, NDArray[Any]]()
    for properties in (_words, _forms, _grams, _consonants):
        kept |= writer.add(dict(chain.from_iterable(add_prefix(*each).items() for each in properties(words))))
    kept |= writer.add({"is_ascii": np.array([word.isascii() for word in words], dtype=np.bool_)})
    return Vocabulary(kept)


def _words(words: Sequence[str]) -> Iterator[_Part]:
    yield "words", StringTable.of(words).arrays()
    yield "near_words", one_edit_arrays(words)


def _forms(words: Sequence[str]) -> Iterator[_Part]:
    forms, (stems, stems_without_proclitic) = _number(words, light_stem, stem_without_proclitic)
    yield "forms", StringTable.of(forms).arrays()
    yield "near_forms", one_edit_arrays(forms)
    yield "of_words", {"stems": stems, "stems_without_proclitic": stems_without_proclitic}


def _grams(words: Sequence[str]) -> Iterator[_Part]:
    found, word_grams = _number_rows(map(grams, words))
    yield "grams", StringTable.of(found).arrays()
    yield "word_grams", word_grams.arrays()
    yield "gram_words", word_grams.inverted(len(found)).arrays()


def _consonants(words: Sequence[str]) -> Iterator[_Part]:
    consonants, (skeletons,) = _number(words, consonant_skeleton)
    yield "consonants", StringTable.of(consonants).arrays()
    yield "skeleton_words", Ragged(skeletons, np.arange(len(words) + 1)).inverted(len(consonants)).arrays()
    yield "of_words", {"skeletons": skeletons}


def _number(words: Sequence[str], *derive: Callable[[str], str]) -> tuple[list[str], list[IntArray]]:
    """Derive strings from words in several ways; return them sorted, and for each way their numbers, (words,)."""
    numbers: dict[str, int] = {}
    columns = [array("i", [numbers.setdefault(way(word), len(numbers)) for word in words]) for way in derive]
    strings, ranks = _sorted(numbers)
    return strings, [ranks[np.frombuffer(column, dtype=np.intc)] for column in columns]


def _number_rows(rows: Iterable[Sequence[str]]) -> tuple[list[str], Ragged]:
    """Return the distinct strings of rows, sorted, and the rows as numbers of these."""
    numbers: dict[str, int] = {}
    values, lengths = array("i"), array("i")
    for row in rows:
        values.extend([numbers.setdefault(string, len(numbers)) for string in row])
        lengths.append(len(row))
    strings, ranks = _sorted(numbers)
    return strings, Ragged(ranks[np.frombuffer(values, dtype=np.intc)], offsets(np.frombuffer(lengths, dtype=np.intc)))


def _sorted(numbers: dict[str, int]) -> tuple[list[str], IntArray]:
    """Return strings sorted, and for each provisional number its rank among them."""
    strings = sorted(numbers)
    ranks = np.empty(len(strings), dtype=np.int32)
    ranks[[numbers[string] for string in strings]] = np.arange(len(strings))
    return strings, ranks
