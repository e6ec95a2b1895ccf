"""The distinct words of a corpus, and what each of them is to the index: analysed once, however often it occurs."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from bot.arabic import bare_stem, grams, light_stem, skeleton
from bot.retrieval.letters import Letters
from bot.retrieval.ragged import Numbers, Ragged, ends
from bot.retrieval.string_table import StringTable


class VocabularyWord(NamedTuple):
    """A word in normal form, its stem, and its bare stem (see `bot.arabic.Term`)."""

    normal: str
    stem: str
    bare: str


class Vocabulary:
    """Words in normal form, by number, with an array of one property each, by the word's number.

    `forms` holds all stems and bare stems; `stems` and `bares` are numbers of forms. A row of `word_grams` is the
    4-grams of a word as numbers of `grams`, a row of `gram_words` the words that hold a gram. `skeletons` are numbers
    of `consonants`; that of "" stands for a word that has too few.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self.words = StringTable(words)
        self.word_letters = Letters.of(words)
        self.forms, (self.stems, self.bares) = _number(map(light_stem, words), map(bare_stem, words))
        self.form_letters = Letters.of(list(self.forms))
        word_grams = [grams(word) for word in words]
        self.grams, (numbers,) = _number(gram for row in word_grams for gram in row)
        self.word_grams = Ragged(numbers, ends([len(row) for row in word_grams]))
        self.gram_words = self.word_grams.inverted(len(self.grams))
        self.consonants, (self.skeletons,) = _number(map(skeleton, words))
        self.is_ascii = np.array([word.isascii() for word in words], dtype=np.bool_)

    def __len__(self) -> int:
        return len(self.words)

    def __getitem__(self, number: int) -> VocabularyWord:
        return VocabularyWord(self.words[number], self.forms[self.stems[number]], self.forms[self.bares[number]])


def _number(*columns: Iterable[str]) -> tuple[StringTable, list[Numbers]]:
    """Put the strings of columns into one table, and return each column as numbers of that table."""
    listed = [list(column) for column in columns]
    strings = sorted({string for column in listed for string in column})
    numbers = {string: number for number, string in enumerate(strings)}
    return StringTable(strings), [np.array([numbers[each] for each in column], dtype=np.int32) for column in listed]
