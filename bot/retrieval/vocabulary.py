"""The distinct words of a corpus, and what each of them is to the index: analysed once, however often it occurs."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.arabic import consonant_skeleton, grams, light_stem, stem_without_proclitic
from bot.retrieval.edit_filter import CharacterMasks, OneEditIndex, one_edit_arrays
from bot.storage import Arrays, ArrayWriter, IntArray, Ragged, StringTable, add_prefix, offsets, strip_prefix

_Part = tuple[str, dict[str, NDArray[Any]]]
"""A name, and the arrays under it."""


class VocabularyWord(NamedTuple):
    """A word in normal form, its stem, and its stem without proclitic (see `bot.arabic.Term`)."""

    normal: str
    stem: str
    without_proclitic: str


class Vocabulary:
    """Words in normal form, by number, with an array of one property each, by the word's number.

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

    @property
    def word_masks(self) -> CharacterMasks:
        """The letters of each word."""
        return self.near_words.masks

    @property
    def form_masks(self) -> CharacterMasks:
        """The letters of each form."""
        return self.near_forms.masks

    def __getitem__(self, number: int) -> VocabularyWord:
        return VocabularyWord(
            self.words[number], self.forms[self.stems[number]], self.forms[self.stems_without_proclitic[number]]
        )


def write_vocabulary(words: Sequence[str], writer: ArrayWriter) -> Vocabulary:
    """Analyse distinct words, sorted, property after property to spare memory; write and return what comes of it."""
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
    """Sort all that is derived from words, in several ways; return it, and for each way the numbers of the words'."""
    met: dict[str, int] = {}
    columns = [array("i", [met.setdefault(way(word), len(met)) for word in words]) for way in derive]
    strings, places = _sorted(met)
    return strings, [places[np.frombuffer(column, dtype=np.intc)] for column in columns]


def _number_rows(rows: Iterable[Sequence[str]]) -> tuple[list[str], Ragged]:
    """Sort the strings of rows; return them, and the rows as their numbers."""
    met: dict[str, int] = {}
    values, lengths = array("i"), array("i")
    for row in rows:
        values.extend([met.setdefault(string, len(met)) for string in row])
        lengths.append(len(row))
    strings, places = _sorted(met)
    return strings, Ragged(places[np.frombuffer(values, dtype=np.intc)], offsets(np.frombuffer(lengths, dtype=np.intc)))


def _sorted(met: dict[str, int]) -> tuple[list[str], IntArray]:
    """Return strings in order, and for the number that each was given its place among them."""
    strings = sorted(met)
    places = np.empty(len(strings), dtype=np.int32)
    places[[met[string] for string in strings]] = np.arange(len(strings))
    return strings, places
