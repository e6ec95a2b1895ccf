"""Variants in the corpus of a word that no passage holds: clitics, typos, transliterations, shared 4-grams."""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np
from rapidfuzz.distance import OSA

from bot.arabic import Term, consonant_skeleton, light_stem, without_article_of_name
from bot.retrieval.bm25 import BM25
from bot.retrieval.edit_filter import OneEditIndex
from bot.retrieval.vocabulary import Vocabulary

_KEYBOARD = ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "يهوزظ", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUND_ALIKE = ("ضظ", "ضد", "سص", "سث", "تط", "تث", "ذز", "ذد", "ذظ", "زظ", "قك", "قڨ", "قغ", "غج", "حه", "اء")
_CONFUSED = frozenset(map(frozenset, (*_SOUND_ALIKE, *(pair for row in _KEYBOARD for pair in pairwise(row)))))
_LIKELY, _UNLIKELY = 0.5, 1.0

_DIGRAPHS = {"sh": "C", "ch": "C", "kh": "K", "gh": "g", "th": "t", "ph": "f", "x": "ks"}
_DIGRAPH = re.compile("|".join(_DIGRAPHS))
_LATIN = str.maketrans("pvqcwyeu", "bfkkoiio", "'’")
_ARABIC = str.maketrans("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "abttjhKddrzsCsdtzagfkklmnhoi", "ء")
_LETTERS = {
    chr(sound): [chr(letter) for letter, own in _ARABIC.items() if own == sound] for sound in _ARABIC.values() if sound
}
_REPEATED = re.compile(r"(.)\1+")

_MOST = 3
# The words of chat that no passage has are those of many questions; the bound keeps made-up ones out of memory.
_REMEMBERED = 4096
_LEAST_LETTERS = 3
# Chosen: longer words have more, and two consonants of three are told apart as surely.
_MOST_SPELLINGS = 1 << 8
_LEAST_SIMILARITY = 0.6
_LEAST_DICE = 0.4
_CLITIC, _TRANSLITERATED = 0.95, 0.75
# Chosen: two letters of four make another word.
_LEAST_LOOKALIKE, _LOOKALIKE_EDITS, _LEAST_SKELETON = 5, 2, 4
# The light stemmer leaves those of more than one letter.
_PRONOUNS = ("هما", "كما", "هم", "هن", "كم", "كن", "نا")
_Found = tuple[int, str, float]
"""The form number of a stem, a word of that stem, and the similarity of the word, 0 to 1."""


def typo_similarity(written: str, meant: str) -> float:
    """Return the similarity of two words exactly one edit apart, 1 - cost / length of the longer, else 0.

    The edits are those of optimal string alignment: insertion, deletion, substitution, transposition. The cost is 1, or
    a half for frequent typos: a transposition, a neighbouring key, a letter of like sound, a doubled letter.
    """
    if OSA.distance(written, meant, score_cutoff=1) != 1:
        return 0.0
    return 1 - (_LIKELY if _is_likely(written, meant) else _UNLIKELY) / max(len(written), len(meant))


def is_slip(written: str, meant: str) -> bool:
    """Whether two words differ by a slip of the hand alone: two letters swapped, or one doubled.

    No other word is so near by chance: another letter makes another name.
    """
    squeezed, squeezed_meant = (_REPEATED.sub(r"\1", word) for word in (written, meant))
    is_same = squeezed == squeezed_meant or sorted(written) == sorted(meant)
    return is_same and OSA.distance(written, meant, score_cutoff=1) == 1


def _is_likely(written: str, meant: str) -> bool:
    """Whether the one edit between two words is a frequent typo."""
    replaced = map(frozenset, zip(written, meant, strict=False)) if len(written) == len(meant) else ()
    return is_slip(written, meant) or not _CONFUSED.isdisjoint(replaced)


def phonetic_similarity(one: str, other: str) -> float:
    """Return how alike two words in normal form sound, 0 to 1, each in the Arabic or the Latin alphabet."""
    return OSA.normalized_similarity(*(_sounds(without_article_of_name(word)) for word in (one, other)))


def phonetic_spellings(normal: str) -> Iterator[str]:
    """Return the spellings of a word of the Latin alphabet in Arabic letters that sound the same."""
    ways = [_LETTERS.get(sound, ()) for sound in _sounds(normal)]
    return map("".join, product(*ways)) if math.prod(map(len, ways)) <= _MOST_SPELLINGS else iter(())


def _sounds(normal: str) -> str:
    if normal.isascii():
        sounds = _DIGRAPH.sub(lambda match: _DIGRAPHS[match.group()], normal).translate(_LATIN)
    else:
        sounds = normal.translate(_ARABIC)
    return _REPEATED.sub(r"\1", sounds)


@dataclass(frozen=True, slots=True)
class Variant:
    """A word of the corpus taken for a word of a question, its stem, and the similarity of the two, 0 to 1."""

    word: str
    stem: str
    similarity: float


class VariantLookup:
    """Finds the variants of words in a vocabulary, of stems that passages hold."""

    def __init__(self, vocabulary: Vocabulary, stems: BM25) -> None:
        self._vocabulary = vocabulary
        self._stems = stems
        self._remembered: dict[tuple[str, str], tuple[Variant, ...]] = {}

    def variants(self, term: Term) -> tuple[Variant, ...]:
        """Return up to three variants of different stems of a term whose stem no passage holds, the most similar first.

        They differ by a clitic, else by a typo or in the alphabet, else they share many 4-grams.
        """
        key = term.normal, term.stem
        found = self._remembered.get(key)
        if found is None:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered = {}
            found = self._remembered[key] = self._find(term)
        return found

    def lookalikes(self, normal: str) -> list[str]:
        """Return the Arabic words that may be meant by one further off than a slip, the likeliest and most used first.

        They begin as it does and are two edits away, or have its consonants.
        """
        if len(normal) < _LEAST_LOOKALIKE or not normal.isalpha() or normal.isascii():
            return []
        words, skeleton = self._vocabulary.words, consonant_skeleton(normal)
        near = np.flatnonzero(self._vocabulary.near_words.masks.min_edits(normal) <= _LOOKALIKE_EDITS).tolist()
        if len(skeleton) >= _LEAST_SKELETON and (consonants := self._vocabulary.consonants.find(skeleton)) is not None:
            near += self._vocabulary.skeleton_words[consonants].tolist()
        beginning = words.starting_with(normal[0])
        similar = {
            word: (
                -(typo_similarity(normal, word) or OSA.normalized_similarity(normal, word)),
                -self._frequency(self._vocabulary.stems[number]),
            )
            for number, word in ((number, words[number]) for number in near if number in beginning)
            if OSA.distance(normal, word) <= _LOOKALIKE_EDITS or consonant_skeleton(word) == skeleton
        }
        return sorted(similar, key=lambda word: (similar[word], word))

    def _find(self, term: Term) -> tuple[Variant, ...]:
        # A number, or a word that holds one, is itself or another thing.
        if any(character.isdigit() for character in term.normal):
            return ()
        # Among Arabic words a Latin one is a name more often than a typo.
        near = (self._typos, self._transliterations)
        if term.normal.isascii():
            near = (self._transliterations, self._typos)
        return next(filter(None, (self._best(way(term)) for way in (self._clitics, *near, self._sharing_grams))), ())

    def _best(self, found: Iterable[_Found]) -> tuple[Variant, ...]:
        """Choose the most similar word of each stem, and of these the most similar, then the most frequent ones."""
        nearest: dict[int, tuple[float, str]] = {}
        for stem, word, similarity in found:
            if similarity > nearest.get(stem, (0.0, ""))[0] and self._frequency(stem):
                nearest[stem] = (similarity, word)
        order = sorted(nearest, key=lambda stem: (-nearest[stem][0], -self._frequency(stem), stem))
        return tuple(
            Variant(word, self._vocabulary.forms[stem], similarity)
            for stem in order[:_MOST]
            for similarity, word in [nearest[stem]]
        )

    def _frequency(self, form: int) -> int:
        return self._stems.document_frequency(self._vocabulary.forms[form])

    def _clitics(self, term: Term) -> Iterator[_Found]:
        """Find the stem without a preposition or conjunction before it, or without a pronoun behind it."""
        for stem in (term.without_proclitic, *_without_pronoun(term.stem)):
            form = self._vocabulary.forms.find(stem)
            if form is not None:
                yield form, stem, _CLITIC

    def _typos(self, term: Term) -> Iterator[_Found]:
        """Find words and stems one edit away from the term: a typo may stand within a clitic or suffix."""
        words, forms = self._vocabulary.words, self._vocabulary.forms
        for number in _one_edit_away(term.normal, self._vocabulary.near_words):
            yield self._vocabulary.stems[number], words[number], typo_similarity(term.normal, words[number])
        for number in _one_edit_away(term.stem, self._vocabulary.near_forms):
            yield number, forms[number], typo_similarity(term.stem, forms[number])

    def _transliterations(self, term: Term) -> Iterator[_Found]:
        """Find words of the other alphabet that have the same consonants and sound alike."""
        name = consonant_skeleton(term.normal)
        consonants = self._vocabulary.consonants.find(name) if name else None
        if consonants is None:
            return
        for number in self._vocabulary.skeleton_words[consonants].tolist():
            word = self._vocabulary.words[number]
            if word.isascii() == term.normal.isascii():
                continue
            if (similarity := phonetic_similarity(term.normal, word)) >= _LEAST_SIMILARITY:
                yield self._vocabulary.stems[number], word, _TRANSLITERATED * similarity

    def _sharing_grams(self, term: Term) -> Iterator[_Found]:
        """Find words by Dice's coefficient of their 4-grams and the term's, 2 |A n B| / (|A| + |B|)."""
        grams = [gram for gram in map(self._vocabulary.grams.find, dict.fromkeys(term.grams)) if gram is not None]
        holders = [self._vocabulary.gram_words[gram] for gram in grams]
        words, shared = np.unique(np.concatenate([np.zeros(0, dtype=np.int32), *holders]), return_counts=True)
        starts = self._vocabulary.word_grams.starts
        dice = 2 * shared / (len(term.grams) + starts[words + 1] - starts[words])
        for place in np.flatnonzero(dice >= _LEAST_DICE).tolist():
            number = int(words[place])
            yield self._vocabulary.stems[number], self._vocabulary.words[number], float(dice[place])


def _one_edit_away(string: str, near: OneEditIndex) -> list[int]:
    """Return the numbers of strings that may be one edit away; none for a short string, of which nearly all are."""
    return near.candidates(string) if len(string) >= _LEAST_LETTERS else []


def _without_pronoun(stem: str) -> Iterator[str]:
    """Take the pronoun off a stem; behind one, «ة» is written «ت»."""
    for pronoun in _PRONOUNS:
        if stem.endswith(pronoun) and len(stem) - len(pronoun) >= _LEAST_LETTERS:
            noun = stem.removesuffix(pronoun)
            yield light_stem(noun)
            yield noun.removesuffix("ت")
