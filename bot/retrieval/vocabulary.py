"""The distinct words of a corpus with their stems, 4-grams and consonants, each word analysed once."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain, count, islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.arabic import consonant_skeleton, grams, light_stem, stem_without_proclitic
from bot.retrieval.edit_filter import OneEditIndex, one_edit_arrays
from bot.storage import Arrays, ArrayWriter, IntArray, Ragged, StringTable, add_prefix, offsets, strip_prefix

# Words analysed together, so that their rows stay small. Chosen.
_BLOCK = 1 << 10
# Behind all Arabic letters: digits of other scripts, among letters that no Arabic text has.
_BEHIND_ARABIC = "\u0700"
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
        self._among: dict[tuple[frozenset[str], bool], NDArray[np.bool_]] = {}

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def figures(self) -> range:
        """The numbers of the words that begin with a digit."""
        return range(self.words.starting_with("0").start, self.words.starting_with("9").stop)

    def among(self, words: frozenset[str], *, or_figure: bool = False) -> NDArray[np.bool_]:
        """Whether each word is among some words in normal form, which are a list of a lexicon, or may be a figure."""
        is_among = self._among.get((words, or_figure))
        if is_among is None:
            # Of a small coverage the words are fewer than those of most lists.
            if len(self) < len(words):
                is_among = np.fromiter(map(words.__contains__, self.words), np.bool_, len(self))
            else:
                is_among = np.zeros(len(self), np.bool_)
                is_among[[number for number in map(self.words.find, words) if number is not None]] = True
            if or_figure:
                is_among[self.figures.start : self.figures.stop] = True
                is_among[self.words.starting_with(_BEHIND_ARABIC).start :] = True
            self._among[words, or_figure] = is_among
        return is_among

    def __getitem__(self, number: int) -> VocabularyWord:
        return VocabularyWord(
            self.words[number], self.forms[self.stems[number]], self.forms[self.stems_without_proclitic[number]]
        )


@dataclass(frozen=True, slots=True)
class KnownWords:
    """The number in an old vocabulary of each word of a new one, (words,), -1 where it is new."""

    vocabulary: Vocabulary
    numbers: IntArray


def write_vocabulary(words: Sequence[str], writer: ArrayWriter, known: KnownWords | None = None) -> Vocabulary:
    """Analyse distinct words, sorted, but for what is known of them; write and return the vocabulary.

    Property after property, to spare memory.
    """
    kept = dict[str, NDArray[Any]]()
    for properties in (_words, _forms, _grams, _consonants):
        kept |= writer.add(dict(chain.from_iterable(add_prefix(*each).items() for each in properties(words, known))))
    kept |= writer.add({"is_ascii": np.array([word.isascii() for word in words], dtype=np.bool_)})
    return Vocabulary(kept)


def _words(words: Sequence[str], _: KnownWords | None) -> Iterator[_Part]:
    yield "words", StringTable.of(words).arrays()
    yield "near_words", one_edit_arrays(words)


def _forms(words: Sequence[str], known: KnownWords | None) -> Iterator[_Part]:
    def old_rows(old: Vocabulary) -> tuple[StringTable, Ragged]:
        pairs = np.stack((old.stems, old.stems_without_proclitic), axis=1)
        return old.forms, Ragged(pairs.ravel(), 2 * np.arange(len(old) + 1))

    def derive(new: Sequence[str]) -> Iterable[tuple[str, str]]:
        return zip(map(light_stem, new), map(stem_without_proclitic, new), strict=True)

    forms, rows = number_rows(words, derive, known, old_rows)
    yield "forms", StringTable.of(forms).arrays()
    yield "near_forms", one_edit_arrays(forms)
    yield "of_words", {"stems": rows.values[::2].copy(), "stems_without_proclitic": rows.values[1::2].copy()}


def _grams(words: Sequence[str], known: KnownWords | None) -> Iterator[_Part]:
    found, word_grams = number_rows(words, partial(map, grams), known, lambda old: (old.grams, old.word_grams))
    yield "grams", StringTable.of(found).arrays()
    yield "word_grams", word_grams.arrays()
    yield "gram_words", word_grams.inverted(len(found)).arrays()


def _consonants(words: Sequence[str], known: KnownWords | None) -> Iterator[_Part]:
    def old_rows(old: Vocabulary) -> tuple[StringTable, Ragged]:
        return old.consonants, Ragged(old.skeletons, np.arange(len(old) + 1))

    consonants, skeletons = number_rows(words, lambda new: zip(map(consonant_skeleton, new)), known, old_rows)
    yield "consonants", StringTable.of(consonants).arrays()
    yield "skeleton_words", skeletons.inverted(len(consonants)).arrays()
    yield "of_words", {"skeletons": skeletons.values}


def number_rows(
    words: Sequence[str],
    derive: Callable[[Sequence[str]], Iterable[Collection[str]]],
    known: KnownWords | None = None,
    old_rows: Callable[[Vocabulary], tuple[StringTable, Ragged]] | None = None,
) -> tuple[list[str], Ragged]:
    """Derive rows of strings from words; return the distinct strings, sorted, and the rows as numbers of these.

    Those of known words are read from the strings and rows of the old vocabulary.
    """
    is_known, numbers = np.zeros(len(words), dtype=np.bool_), defaultdict[str, int]()
    taken = Ragged(np.zeros(0, dtype=np.int32), offsets([]))
    if known is not None and old_rows is not None:
        is_known = known.numbers >= 0
        old_strings, old = old_rows(known.vocabulary)
        taken = old.select(known.numbers[is_known])
        is_used = np.bincount(taken.values, minlength=len(old_strings)) > 0
        numbers.update(zip(old_strings.select(np.flatnonzero(is_used)), count()))
        taken = Ragged((np.cumsum(is_used) - 1)[taken.values], taken.starts)
    numbers.default_factory, lengths, values = numbers.__len__, array("i"), [taken.values]
    new = np.flatnonzero(~is_known)
    for at in range(0, len(new), _BLOCK):
        derived = list(derive([words[place] for place in new[at : at + _BLOCK].tolist()]))
        lengths.extend(map(len, derived))
        values.append(np.fromiter(map(numbers.__getitem__, chain.from_iterable(derived)), np.int32))
    strings, ranks = rank_strings(numbers)
    rows = Ragged(ranks[np.concatenate(values)], offsets(np.concatenate((taken.lengths, lengths))))
    order = np.empty(len(words), dtype=np.int64)
    order[np.argsort(~is_known, kind="stable")] = np.arange(len(words))
    return strings, rows.select(order)


_TextRows = tuple[NDArray[Any], IntArray, IntArray]
"""Values of texts, (m, ...), and for each the number of its text and the offset of its chunk there, (m,)."""
DeriveRows = Callable[[Sequence[str]], tuple[IntArray, NDArray[Any]]]
"""Derives a row from each of (n,) chunks; returns their lengths, (n,), and the values of all, (m, ...)."""
# Measured: 200 bytes each; 100,000 paragraphs take no longer than with twice as many.
_REMEMBERED = 1 << 16


class ChunkReader:
    """Reads the chunks that spaces divide texts into; derives rows from each once, while it is remembered."""

    def __init__(self, *derive: DeriveRows) -> None:
        self._derive = derive
        self._numbers = defaultdict[str, int]()
        self._numbers.default_factory = self._numbers.__len__
        self._rows = list[Ragged]()
        self._counts, self._lengths = np.zeros(0, np.int64), np.zeros(0, np.int64)

    def read(self, texts: Sequence[str]) -> list[_TextRows]:
        """Return the rows of texts, for each way to derive them."""
        numbers, divided = self._numbers, [text.split(" ") for text in texts]
        chunks = list(chain.from_iterable(divided))
        if len(numbers) >= _REMEMBERED:
            self._forget()
        known = len(numbers)
        found = np.fromiter(map(numbers.__getitem__, chunks), np.int32, len(chunks))
        counts = np.bincount(found, minlength=len(numbers))
        counts[: len(self._counts)] += self._counts
        self._counts = counts
        if (new := list(islice(numbers, known, None))) or not self._rows:
            self._lengths = np.concatenate((self._lengths, lengths_of(new)))
            added = [derive(new) for derive in self._derive]
            if self._rows:
                added = [
                    (np.concatenate((rows.lengths, lengths)), np.concatenate((rows.values, values)))
                    for rows, (lengths, values) in zip(self._rows, added, strict=True)
                ]
            self._rows = [Ragged(values, offsets(lengths)) for lengths, values in added]
        places = np.repeat(np.arange(len(texts)), lengths_of(divided))
        begins = offsets(self._lengths[found] + 1)[:-1] - spaced_offsets(texts)[places]
        gathered = (rows.gather(found) for rows in self._rows)
        return [(values, places[owners], begins[owners]) for values, owners in gathered]

    def _forget(self) -> None:
        """Forget the half of the chunks that were met least often; half of all those that come are met once."""
        kept, chunks = np.sort(np.argsort(-self._counts, kind="stable")[: len(self._counts) // 2]), list(self._numbers)
        self._numbers.clear()
        self._numbers.update((chunks[number], place) for place, number in enumerate(kept.tolist()))
        self._rows = [rows.select(kept) for rows in self._rows]
        self._counts, self._lengths = self._counts[kept], self._lengths[kept]


def lengths_of(rows: Sequence[Sequence[str]]) -> NDArray[np.int64]:
    """Return the length of each of (n,) strings or rows of them, (n,) int64."""
    return np.fromiter(map(len, rows), np.int64, len(rows))


def spaced_offsets(strings: Sequence[str]) -> NDArray[np.int64]:
    """Return where each of (n,) strings begins in all of them with a space between, (n,) int64."""
    return offsets(lengths_of(strings) + 1)[:-1]


def rank_strings(numbers: Mapping[str, int]) -> tuple[list[str], IntArray]:
    """Sort numbered strings; return them, and for each number the rank of its string."""
    strings = sorted(numbers)
    ranks = np.empty(max(numbers.values(), default=-1) + 1, dtype=np.int32)
    ranks[np.fromiter(map(numbers.__getitem__, strings), dtype=np.int32, count=len(strings))] = np.arange(len(strings))
    return strings, ranks
