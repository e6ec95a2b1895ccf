"""Variants in a corpus of a word that no passage holds: clitics, typos, transliterations."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from rapidfuzz.distance import OSA

from bot.arabic import Term, consonant_skeleton, light_stem
from bot.retrieval.bm25 import BM25
from bot.retrieval.edit_filter import OneEditIndex
from bot.retrieval.vocabulary import Vocabulary

_KEYBOARD = ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "يهوزظ", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUND_ALIKE = ("ضظ", "ضد", "سص", "سث", "تط", "تث", "ذز", "ذد", "ذظ", "زظ", "قك", "قغ", "غج", "حه", "اء")
_CONFUSED = frozenset(map(frozenset, (*_SOUND_ALIKE, *(pair for row in _KEYBOARD for pair in pairwise(row)))))
_LIKELY, _UNLIKELY = 0.5, 1.0

_DIGRAPHS = {"sh": "C", "ch": "C", "kh": "K", "gh": "g", "th": "t", "ph": "f", "x": "ks"}
_DIGRAPH = re.compile("|".join(_DIGRAPHS))
_LATIN = str.maketrans("pvqcwyeu", "bfkkoiio", "'’")
_ARABIC = str.maketrans("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "abttjhKddrzsCsdtzagfkklmnhoi", "ء")
_REPEATED = re.compile(r"(.)\1+")

_MOST = 3
_LEAST_LETTERS = 3
_LEAST_LIKENESS = 0.6
_LEAST_DICE = 0.4
_CLITIC, _SPELLED = 0.95, 0.75
# The light stemmer leaves those of more than one letter.
_PRONOUNS = ("هما", "كما", "هم", "هن", "كم", "كن", "نا")
_Found = tuple[int, str, float]
"""A stem by its number among the forms, a word that has it, and how near that is."""


def typo_similarity(written: str, meant: str) -> float:
    """Return how near a word is to one that is one edit away, 0 to 1; 0 where it is none or more than one.

    The edits are those of optimal string alignment: a letter more, less or another, or two neighbours exchanged. An
    exchange, a neighbouring key, a letter of like sound or one written twice counts half.
    """
    if OSA.distance(written, meant, score_cutoff=1) != 1:
        return 0.0
    return 1 - (_LIKELY if _is_likely(written, meant) else _UNLIKELY) / max(len(written), len(meant))


def _is_likely(written: str, meant: str) -> bool:
    """Tell whether the one edit between two words is a frequent one."""
    shorter, longer = sorted((written, meant), key=len)
    differing = [place for place, (one, other) in enumerate(zip(shorter, longer, strict=False)) if one != other]
    place = differing[0] if differing else len(shorter)
    if len(shorter) < len(longer):
        return place > 0 and longer[place] == longer[place - 1]
    return len(differing) > 1 or frozenset((written[place], meant[place])) in _CONFUSED


def phonetic_similarity(one: str, other: str) -> float:
    """Return how alike two words in normal form sound, 0 to 1, in whichever alphabets they are written."""
    return OSA.normalized_similarity(_sounds(one), _sounds(other))


def _sounds(normal: str) -> str:
    if normal.isascii():
        sounds = _DIGRAPH.sub(lambda match: _DIGRAPHS[match.group()], normal).translate(_LATIN)
    else:
        sounds = normal.translate(_ARABIC)
    return _REPEATED.sub(r"\1", sounds)


@dataclass(frozen=True, slots=True)
class Variant:
    """A word of the corpus that stands for one of a question, its stem, and how near it is to that, 0 to 1."""

    word: str
    stem: str
    similarity: float


class VariantLookup:
    """Finds words of a vocabulary that are near others, of stems that passages hold."""

    def __init__(self, vocabulary: Vocabulary, stems: BM25) -> None:
        self._vocabulary = vocabulary
        self._stems = stems

    def variants(self, term: Term) -> tuple[Variant, ...]:
        """Return up to three words of different stems for a term whose stem no passage holds, the nearest first.

        They differ by a clitic, else by a slip or in the alphabet, else they have many 4-grams in common.
        """
        # A number, or a word that holds one, is itself or another thing.
        if any(character.isdigit() for character in term.normal):
            return ()
        # Among Arabic words a Latin one is a name more often than a slip.
        near = (self._spelled, self._slips) if term.normal.isascii() else (self._slips, self._spelled)
        return next(filter(None, (self._best(way(term)) for way in (self._clitics, *near, self._alike))), ())

    def _best(self, found: Iterable[_Found]) -> tuple[Variant, ...]:
        """Choose the nearest word of each stem, and the nearest of those; of equally near ones the more frequent."""
        nearest: dict[int, tuple[float, str]] = {}
        for stem, word, similarity in found:
            if similarity > nearest.get(stem, (0.0, ""))[0] and self._held(stem):
                nearest[stem] = (similarity, word)
        order = sorted(nearest, key=lambda stem: (-nearest[stem][0], -self._held(stem), stem))
        return tuple(
            Variant(word, self._vocabulary.forms[stem], similarity)
            for stem in order[:_MOST]
            for similarity, word in [nearest[stem]]
        )

    def _held(self, form: int) -> int:
        """Return how many passages hold a form as a stem."""
        return self._stems.document_frequency(self._vocabulary.forms[form])

    def _clitics(self, term: Term) -> Iterator[_Found]:
        """Find the stem without a preposition or conjunction before it, or without a pronoun behind it."""
        for stem in (term.without_proclitic, *_without_pronoun(term.stem)):
            form = self._vocabulary.forms.find(stem)
            if form is not None:
                yield form, stem, _CLITIC

    def _slips(self, term: Term) -> Iterator[_Found]:
        """Find words and stems that a single edit parts from the term: a slip may stand within a clitic or suffix."""
        words, forms = self._vocabulary.words, self._vocabulary.forms
        for number in _one_edit_away(term.normal, self._vocabulary.near_words):
            yield self._vocabulary.stems[number], words[number], typo_similarity(term.normal, words[number])
        for number in _one_edit_away(term.stem, self._vocabulary.near_forms):
            yield number, forms[number], typo_similarity(term.stem, forms[number])

    def _spelled(self, term: Term) -> Iterator[_Found]:
        """Find words of the other alphabet that have the same consonants and sound alike."""
        name = consonant_skeleton(term.normal)
        consonants = self._vocabulary.consonants.find(name) if name else None
        if consonants is None:
            return
        for number in self._vocabulary.skeleton_words[consonants].tolist():
            word = self._vocabulary.words[number]
            if word.isascii() == term.normal.isascii():
                continue
            if (similarity := phonetic_similarity(term.normal, word)) >= _LEAST_LIKENESS:
                yield self._vocabulary.stems[number], word, _SPELLED * similarity

    def _alike(self, term: Term) -> Iterator[_Found]:
        """Find words by the 4-grams that they share with the term, as Dice's coefficient."""
        grams = [gram for gram in map(self._vocabulary.grams.find, term.grams) if gram is not None]
        held = [self._vocabulary.gram_words[gram] for gram in grams]
        words, shared = np.unique(np.concatenate([np.zeros(0, dtype=np.int32), *held]), return_counts=True)
        starts = self._vocabulary.word_grams.starts
        dice = 2 * shared / (len(term.grams) + starts[words + 1] - starts[words])
        for place in np.flatnonzero(dice >= _LEAST_DICE).tolist():
            number = int(words[place])
            yield self._vocabulary.stems[number], self._vocabulary.words[number], float(dice[place])


def _one_edit_away(string: str, near: OneEditIndex) -> list[int]:
    """Return the numbers of the strings that may be one edit away; of too short a string nearly all are."""
    return near.candidates(string) if len(string) >= _LEAST_LETTERS else []


def _without_pronoun(stem: str) -> Iterator[str]:
    """Take the pronoun off a stem; behind one, «ة» is written «ت»."""
    for pronoun in _PRONOUNS:
        if stem.endswith(pronoun) and len(stem) - len(pronoun) >= _LEAST_LETTERS:
            noun = stem.removesuffix(pronoun)
            yield light_stem(noun)
            yield noun.removesuffix("ت")
