"""Arabic words by their sound in Latin letters, as they are typed where no Arabic keyboard is: «chkoun», «wa9tech».

Who types so writes consonants much alike, digits for those that Latin lacks, and vowels as they are heard. Each word
is written in all likely ways; of those that a list, news or the coverage has, the least odd and most usual is taken.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from itertools import groupby
from pathlib import Path

from bot.answering.knowledge.word_lists import both_sides, word_lists_of
from bot.arabic import normalise
from bot.storage import Memory

# Chosen: what it costs to write a vowel that Arabic does not, or to begin with another letter than alef.
_SHORT_VOWEL, _LONG_VOWEL, _GLIDE, _NO_ALEF, _APART = 0.12, 0.2, 0.5, 0.1, 0.1
# Chosen on half of `tests/data/latin_twins`: what it costs that a vowel is long before a doubled consonant, or none at
# the end, and «b» before a verb; a word that a coverage has is likelier by so much.
_BEFORE_DOUBLED, _LAST_VOWEL, _BEFORE_VERB, _HELD = 0.2, 0.3, 0.2, 0.25
# Chosen: a word is worth so much for each e-fold of its frequency, so much less behind an affix, and is another one
# where it costs more for each sign of the typed one.
_USUAL, _PREFIX, _MOST = 0.06, 0.25, 0.1
# Chosen: of a word so many spellings are looked at, and so many readings kept that are as likely but for so much.
_MOST_SPELLINGS, _MOST_READINGS, _DOUBT = 160, 3, 0.2
_LEAST_BASE, _LONGEST, _REMEMBERED, _ROUNDING = 3, 30, 1 << 6, 1e-3
_ALEF, _HEH = "ا", "ه"
# «Ettounsi», «essa3a»: the article is heard as the consonant behind it.
_ASSIMILATED = re.compile(r"[aei]([^aeiou])(?=\1)")
# The «t» of «9imet el safqa» is no letter.
_CONSTRUCT, _VERBAL = re.compile(r"[^aeiou][aei]t$"), re.compile(r"(?:b[aei]?|h[ae]?|7a|gha)(?=[ytn][^ytn])")
_SHORT, _GLIDES, _PLURAL = frozenset("ae"), frozenset("yw"), frozenset({"o", "u", "ou"})


@dataclass(frozen=True, slots=True)
class LatinLetters:
    """The signs that stand for Arabic letters, each with what it costs to write each of these so, 0 where it is usual.

    `vowels` are the signs among them that also stand for short vowels, `particles` what stands for the smallest words,
    "" for nothing.
    """

    written: Mapping[str, Mapping[str, float]]
    vowels: frozenset[str]
    particles: Mapping[str, str]
    prefixes: tuple[str, ...]

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
            return cls(written, frozenset(vowels), words, tuple(lists["affixes"]["prefixes"].split()))


def _letter(text: str) -> tuple[str, float]:
    letter, *cost = text.split()
    return normalise(letter), float(*cost)


class LatinSpellings:
    """Finds the Arabic words that are meant by words in Latin letters."""

    def __init__(self, letters: LatinLetters, usual: Callable[[str, float], float]) -> None:
        """Take how often an Arabic word in normal form is written, per million; 0 for a word that is not known.

        Of what is written less often than the second number it may be less, or 0.
        """
        self._letters, self._usual, self.particles = letters, usual, letters.particles
        self._memory = Memory[str, tuple[str, ...]](self._read)
        # A message is read twice: by itself, and beside what a coverage has.
        self.spellings = lru_cache(_REMEMBERED)(self._spell)
        longest_first = map(re.escape, sorted(letters.written, key=len, reverse=True))
        self._signs = re.compile("|".join((*longest_first, ".")), re.DOTALL)

    def read(self, typed: str, held: Callable[[str], float] | None = None) -> tuple[str, ...]:
        """Return the Arabic words that a typed one, in normal form, may be, the likeliest first; "" for none.

        `held` tells in how many passages of a coverage a word stands as it is written: what it has is likelier.
        """
        return self._memory[typed] if held is None else self._read(typed, held)

    def _spell(self, typed: str) -> dict[str, float]:
        """Return the ways to write a word in normal form in Arabic letters, with what each costs, best first."""
        # A doubled sign is one.
        signs = [(sign, len([*same]) > 1) for sign, same in groupby(self._signs.findall(typed[:_LONGEST]))]
        found, most, last = {"": 0.0}, _MOST * len(typed), len(signs) - 1
        for at, (sign, _) in enumerate(signs):
            longer = dict[str, float]()
            is_short = signs[min(at + 1, last)][1]
            for letters, cost in self._ways(sign, is_first=at == 0, is_last=at == last, is_short=is_short).items():
                for begun, before in found.items():
                    if before + cost <= min(longer.get(begun + letters, most), most):
                        longer[begun + letters] = before + cost
            found = dict(nsmallest(_MOST_SPELLINGS, longer.items(), key=lambda one: (one[1], one[0])))
        return found

    def _ways(self, sign: str, *, is_first: bool, is_last: bool, is_short: bool) -> Mapping[str, float]:
        """Return what a sign may stand for: a vowel also for none, two letters for those of each («3andhom»)."""
        letters = self._letters.written.get(sign, {})
        if (is_first and sign in _GLIDES) or (len(sign) == 1 and sign not in self._letters.vowels):
            return letters
        if sign in self._letters.vowels:
            if is_first:
                return {**{letter: cost + _NO_ALEF for letter, cost in letters.items()}, _ALEF: 0.0}
            more = _BEFORE_DOUBLED if is_short else 0.0
            inner = {letter: cost + more for letter, cost in letters.items() if is_last or letter != _HEH}
            if is_last and sign not in _PLURAL:
                return {**inner, "": _LAST_VOWEL}
            dropped = _SHORT_VOWEL if is_last or sign in _SHORT else _GLIDE if sign in _GLIDES else _LONG_VOWEL
            return {**inner, "": 0.0 if is_short and sign not in _GLIDES else dropped}
        first, second = (self._letters.written.get(one, {}).items() for one in sign)
        apart = {one + other: cost + more + _APART for one, cost in first for other, more in second}
        return {**apart, **letters}

    def _read(self, typed: str, held: Callable[[str], float] = lambda _: 0.0) -> tuple[str, ...]:
        if (particle := self.particles.get(typed)) is not None:
            return (particle,)
        bare = {typed: 0.0}
        if article := _ASSIMILATED.match(typed):
            bare[typed[article.end() :]] = 0.0
        for prefix in filter(typed.startswith, self._letters.prefixes):
            if len(typed) - len(prefix) >= _LEAST_BASE:
                bare.setdefault(typed.removeprefix(prefix), _PREFIX)
        if verb := _VERBAL.match(typed):
            bare.setdefault(typed[verb.end() :], _BEFORE_VERB)
        for rest in filter(_CONSTRUCT.search, [*bare]):
            bare.setdefault(rest[:-1], bare[rest])
        losses, lowest = dict[str, float](), math.inf
        for rest, loss in bare.items():
            for word, cost in self.spellings(rest).items():
                own = held(word) if word else 0.0
                more = _HELD if own else 0.0
                # Of so many words few can be among the likeliest, and to know how usual the others are takes longest. A
                # little more than the doubt makes up for rounding.
                least = math.expm1((loss + cost - more - lowest - _DOUBT - _ROUNDING) / _USUAL)
                if word and (usual := max(self._usual(word, max(least, own)), own)):
                    lost = loss + cost - (_USUAL * math.log1p(usual) + more)
                    losses[word] = min(losses.get(word, math.inf), lost)
                    lowest = min(lowest, lost)
        best = nsmallest(_MOST_READINGS, losses, key=lambda word: (losses[word], word))
        return tuple(word for word in best if losses[word] <= losses[best[0]] + _DOUBT)
