"""Arabic words by their sound in Latin letters, as they are typed where no Arabic keyboard is: «chkoun», «wa9tech».

Who types so writes consonants much alike, digits for those that Latin lacks, and vowels as he hears them. So a word is
looked up by the classes of its consonants, and of those with the same classes the one is taken that costs least to be
written that way, the more usual before the rare.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from bot.answering.knowledge.word_lists import WordMemory, both_sides, word_lists_of
from bot.arabic import normalise

# Consonants that the same sign may stand for.
_CLASSES = {
    letter: letters[0]
    for letters in ("ب", "تطث", "ج", "حه", "خ", "دضذظز", "ر", "سص", "ش", "ع", "غ", "ف", "قك", "ل", "م", "ن")
    for letter in letters
}
# Chosen: what it costs to write a vowel that Arabic does not, or any other sign, and to leave out a letter of the word.
_ADDED = {**dict.fromkeys("aeéèêàâ'", 0.12), **dict.fromkeys("iouîôû2", 0.2), "h": 0.3, "y": 0.5, "w": 0.5}
_LEFT_OUT = {"ا": 0.5, "و": 0.6, "ي": 0.6, "ء": 0.1, "ه": 0.7}
_ADDED_CONSONANT, _LEFT_OUT_CONSONANT, _LAST_HA = 1.2, 1.5, 0.25
# Chosen: a word is worth so much for each e-fold of its frequency, so much less behind an affix, and is another one
# where it costs more for each sign of the typed one.
_USUAL, _PREFIX, _SUFFIX, _MOST = 0.11, 0.35, 0.2, 0.1
_MOST_READINGS, _MOST_OF_CLASS, _LEAST_BASE, _LEAST_WITH_SUFFIX = 64, 60, 3, 5
# An «h» may be none: «tounisiyah».
_SILENT = "h"
# Chosen: a word begins with «ا» whichever vowel is heard, «ism», «omam».
_ALEF, _FIRST_ALEF, _FIRST_VOWELS = "ا", 0.1, frozenset("aeioué")
# «Ettounsi», «essa3a»: the article is heard as the consonant behind it.
_ASSIMILATED = re.compile(r"[aei]([^aeiou])(?=\1)")
_SHORT = frozenset("ae")
_ATTACHED = frozenset("بلفوك")
_REPEATED = re.compile(r"(.)\1+")

Costs = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class LatinLetters:
    """The signs that stand for Arabic letters, each with what it costs to write each of these so, 0 where it is usual.

    `vowels` are the signs among them that also stand for short vowels, `particles` what stands for the smallest words,
    "" for nothing.
    """

    written: Mapping[str, Costs]
    vowels: frozenset[str]
    particles: Mapping[str, str]
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]

    @classmethod
    def read(cls, file: Path) -> "LatinLetters":
        """Read `config/arabizi.toml`; raise ValueError naming what is missing or malformed."""
        with word_lists_of(file) as lists:
            consonants, vowels = (
                dict(both_sides(lists["letters"][name], "a sign, = and its letters"))
                for name in ("consonants", "vowels")
            )
            written = {sign: dict(map(_letter, text.split(","))) for sign, text in (consonants | vowels).items()}
            particles = both_sides(lists["particles"]["words"], "words, = and what they stand for", may_lack=True)
            words = {word: text for words, text in particles for word in words.split()}
            affixes = (tuple(lists["affixes"][name].split()) for name in ("prefixes", "suffixes"))
            return cls(written, frozenset(vowels), words, *affixes)


def _letter(text: str) -> tuple[str, float]:
    letter, *cost = text.split()
    return normalise(letter), float(*cost)


@dataclass(frozen=True, slots=True)
class _Reading:
    """An Arabic word for a typed one: `loss` orders readings, `cost` is what it takes to write it so."""

    loss: float
    cost: float
    word: str


class LatinSpellings:
    """Finds the Arabic words that are meant by words in Latin letters."""

    def __init__(self, letters: LatinLetters, frequencies: Mapping[str, float]) -> None:
        """Take Arabic words in normal form with their occurrences per million."""
        self._letters, self.particles = letters, letters.particles
        self._memory = WordMemory[str | None](self._read)
        self._sounds = {
            sign: tuple(dict.fromkeys("" if sign in letters.vowels else _CLASSES.get(letter, "") for letter in costs))
            for sign, costs in letters.written.items()
        }
        self._sounds[_SILENT] = (*self._sounds.get(_SILENT, ()), "")
        longest_first = sorted(letters.written, key=len, reverse=True)
        self._signs = re.compile("|".join((*map(re.escape, longest_first), ".")), re.DOTALL)
        by_class = defaultdict[str, list[tuple[float, str]]](list)
        for word, frequency in frequencies.items():
            # «لبرلمان» is a word with a preposition, which prefixes are taken off for.
            if word[0] in _ATTACHED and frequencies.get(word[1:], 0.0) > frequency:
                continue
            by_class[_classes(word)].append((frequency, word))
        self._by_class = {name: sorted(found, reverse=True)[:_MOST_OF_CLASS] for name, found in by_class.items()}

    def read(self, typed: str) -> str | None:
        """Return the Arabic word that a typed one, in normal form, is likeliest to be; None where none is likely."""
        return self._memory[typed]

    def spell(self, typed: str) -> str:
        """Return a typed word, in normal form, in Arabic letters, each sign as its most usual one."""
        signs = self._signs.findall(_REPEATED.sub(r"\1", typed))
        own = (next(iter(self._letters.written.get(sign, {"": 0.0}))) for sign in signs if sign not in _SHORT)
        last = "" if not typed.endswith("a") else _ALEF if typed.endswith("ha") else "ه"
        return _REPEATED.sub(r"\1", (_ALEF if typed[:1] in _SHORT else "") + "".join(own) + last)

    def _read(self, typed: str) -> str | None:
        if (particle := self.particles.get(typed)) is not None:
            return particle
        best = min(self._readings(typed), key=lambda one: (one.loss, one.word), default=None)
        return best.word if best and best.cost <= _MOST * len(typed) else None

    def _readings(self, typed: str) -> Iterator[_Reading]:
        """Yield the best reading of a word, and of what is left of it without an affix."""
        yield from self._best(typed, 0.0)
        if article := _ASSIMILATED.match(typed):
            yield from self._best(typed[article.end() :], 0.0)
        for prefix in self._letters.prefixes:
            if typed.startswith(prefix) and len(typed) - len(prefix) >= _LEAST_BASE:
                yield from self._best(typed.removeprefix(prefix), _PREFIX)
        for suffix in self._letters.suffixes if len(typed) >= _LEAST_WITH_SUFFIX else ():
            if typed.endswith(suffix) and len(typed) - len(suffix) >= _LEAST_BASE:
                yield from self._best(typed.removesuffix(suffix), _SUFFIX * len(suffix))

    def _best(self, typed: str, loss: float) -> Iterator[_Reading]:
        signs = self._signs.findall(typed)
        found = (
            _Reading(loss + cost - _USUAL * math.log1p(frequency), loss / 2 + cost, word)
            for name in self._typed_classes(signs)
            for frequency, word in self._by_class.get(name, ())
            for cost in (self._cost(signs, word),)
        )
        best = min(found, key=lambda one: (one.loss, one.word), default=None)
        yield from () if best is None else (best,)

    def _typed_classes(self, signs: Sequence[str]) -> Iterable[str]:
        """Return the classes that the consonants of a typed word may be of, in each way to read them."""
        ways = [self._sounds.get(sign, ("",)) for sign in signs]
        if math.prod(map(len, ways)) > _MOST_READINGS:
            ways = [way[:1] for way in ways]
        return dict.fromkeys(_REPEATED.sub(r"\1", "".join(one)) for one in product(*ways))

    def _cost(self, signs: Sequence[str], word: str) -> float:
        """Return what it costs to write an Arabic word so: the least of all alignments (Wagner and Fischer, 1974)."""
        left_out = [_LEFT_OUT.get(letter, _LEFT_OUT_CONSONANT) for letter in word]
        if word.endswith("ه"):
            left_out[-1] = _LAST_HA
        row, before = [0.0], ""
        for cost in left_out:
            row.append(row[-1] + cost)
        for sign in signs:
            # A doubled letter is one.
            added = 0.0 if sign == before else _ADDED.get(sign, _ADDED_CONSONANT)
            written, above, row = self._letters.written.get(sign, {}), row, [row[0] + added]
            if not before and sign in _FIRST_VOWELS:
                written = {**written, _ALEF: min(written.get(_ALEF, _FIRST_ALEF), _FIRST_ALEF)}
            for at, letter in enumerate(word):
                least = min(above[at + 1] + added, row[at] + left_out[at])
                row.append(min(least, above[at] + written[letter]) if letter in written else least)
            before = sign
        return row[-1]


def _classes(word: str) -> str:
    """Return the classes of the consonants of an Arabic word in normal form; a last «ه» is a vowel."""
    bare = word[:-1] if word.endswith("ه") and len(word) >= _LEAST_BASE else word
    return _REPEATED.sub(r"\1", "".join(_CLASSES.get(letter, "") for letter in bare))
