"""Words to swap in: by kind from `swap_words.toml`, other years and numbers, proclitics kept."""

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.arabic import (
    ARTICLE,
    COMPARISON,
    CONJUNCTIONS,
    LI_WITH_ARTICLE,
    PREPOSITIONS,
    Analyser,
    Word,
    normal_words,
    normalise,
)
from bot.arabic.dates import is_year

PLURALS = ("ات", "ون", "ين")
# Genders and numbers of an adjective, in normal form and as they are written.
_ENDINGS = {"": "", "ه": "ة", "ين": "ين", "ون": "ون", "ات": "ات"}

_DIGIT = re.compile(r"\d")
_YEARS_AWAY = 60
_LATEST_YEAR = 2025
_MOST_DIGITS = 3

_CONJUNCTION, _PREPOSITION = "".join(CONJUNCTIONS), "".join((*PREPOSITIONS, COMPARISON))
_PROCLITICS = [
    re.compile(f"({letters})(?=...)")
    for letters in (f"[{_CONJUNCTION}][{_PREPOSITION}]", f"[{_CONJUNCTION}{_PREPOSITION}]")
]
_MERGED = re.compile(f"([{_CONJUNCTION}]?{LI_WITH_ARTICLE})(?=..)")

_LEAST_LETTERS = 4
_CUE_REACH = 2
# Of an imperfect verb, and of a noun with its possessor.
_VERBAL, _POSSESSED = "ي", ("ته", "تها", "ها", "هم")
_NONE = frozenset[str]()


@dataclass(frozen=True, slots=True)
class SwapWords:
    """Words as they are written, by kind; `kinds_of` and `cues` map normal forms to kinds.

    `nouns` are the kinds of common nouns; the other fields are the lists of these names, which the file explains.
    """

    words: Mapping[str, tuple[str, ...]]
    kinds_of: Mapping[str, frozenset[str]]
    nouns: frozenset[str]
    cues: Mapping[str, frozenset[str]]
    defining: frozenset[str]
    compounds: frozenset[str]
    unnaming: frozenset[str]
    origins: tuple[tuple[str, ...], ...]
    names: tuple[str, ...]
    abbreviations: tuple[str, ...]

    @classmethod
    def read(cls) -> "SwapWords":
        lists = tomllib.loads(Path(__file__).with_name("swap_words.toml").read_text(encoding="utf-8"))
        known = lists["names"] | lists["nouns"]
        return cls(
            words={kind: tuple(text.split()) for kind, text in (known | lists["others"] | lists["cued"]).items()},
            kinds_of=_inverted(known),
            nouns=frozenset(lists["nouns"] | lists["others"]),
            cues=_inverted(lists["cues"]),
            defining=frozenset(normal_words(lists["defining"]["words"])),
            compounds=frozenset(normal_words(lists["compounds"]["words"])),
            unnaming=frozenset(normal_words(lists["unnaming"]["words"])),
            origins=tuple(tuple(text.split()) for text in lists["origins"].values()),
            names=tuple(lists["latin"]["names"].split()),
            abbreviations=tuple(lists["latin"]["abbreviations"].split()),
        )

    def of_kinds(self, kinds: Iterable[str], like: str, *, definite: bool) -> list[str]:
        """Return the words of kinds with «ال» or without; of nouns with it, those of the gender of a normal form."""
        return [
            word
            for kind in sorted(kinds)
            for word in self.words[kind]
            if word.startswith(ARTICLE) is definite
            and (kind not in self.nouns or not definite or word.endswith("ة") is is_feminine(like))
        ]

    def origins_like(self, normal: str) -> list[str]:
        """Return the adjectives of origin of the sort, gender and number of one in normal form, if it is one."""
        article = ARTICLE if normal.startswith(ARTICLE) else ""
        base = normal.removeprefix(article)
        for origins in self.origins:
            known = set(map(normalise, origins))
            for ending, written in _ENDINGS.items():
                if base.endswith(ending) and base.removesuffix(ending) in known:
                    return [article + origin + written for origin in origins]
        return []

    def latin_like(self, written: str) -> list[str]:
        """Return Latin words in capitals like one that is written, or names, capitalised or not."""
        if len(written) > 1 and written.isupper():
            return list(self.abbreviations)
        return [name.lower() if written.islower() else name for name in self.names]


def is_feminine(normal: str) -> bool:
    return normal.endswith("ه")


def _inverted(lists: Mapping[str, str]) -> dict[str, frozenset[str]]:
    kinds: dict[str, frozenset[str]] = {}
    for kind, text in lists.items():
        for word in normal_words(text):
            kinds[word] = kinds.get(word, frozenset()) | {kind}
    return kinds


def other_numbers(written: str, normal: str) -> Iterator[tuple[str, str]]:
    """Yield numbers for another, in normal form and as they are written: years near a year, past ones for a past one.

    Another whole number gives way to those with as many digits and noughts at its end, one with decimals to none.
    """
    numbers = _years(int(normal)) if is_year(normal) else _alike(normal) if normal.isdecimal() else []
    for number in numbers:
        digits = iter(number)
        # Each in the script of the digit in its place: Western, Arabic-Indic or Persian.
        yield number, _DIGIT.sub(lambda old: chr(ord(old[0]) - int(old[0]) + int(next(digits))), written)  # noqa: B023


def _years(year: int) -> list[str]:
    latest = max(year, min(year + _YEARS_AWAY, _LATEST_YEAR))
    years = [str(other) for other in range(year - _YEARS_AWAY, latest + 1) if other != year]
    return [other for other in years if is_year(other)]


def _alike(normal: str) -> list[str]:
    leading = normal.rstrip("0")[:_MOST_DIGITS] or "0"
    first = 10 ** (len(leading) - 1)
    rest = normal[len(leading) :]
    return [f"{number}{rest}" for number in range(first, first * 10) if number % 10 and str(number) != leading]


def split_proclitics(normal: str, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """Divide a word in normal form into what may be written onto it and itself, the likeliest first.

    Only an article, or that the rest is `known`, tells a proclitic from the first letter of a word.
    """
    if merged := _MERGED.match(normal):
        yield merged[1], ARTICLE + normal[merged.end() :]
    for pattern in _PROCLITICS:
        proclitics = pattern.match(normal)
        rest = normal[proclitics.end() :] if proclitics else ""
        if proclitics and (rest.startswith(ARTICLE) or rest in known):
            yield proclitics[1], rest
    yield "", normal


def join_proclitics(proclitics: str, word: str) -> str:
    return proclitics + word.removeprefix(ARTICLE) if proclitics.endswith(LI_WITH_ARTICLE) else proclitics + word


class WordKinds:
    """Finds kinds of words; `frequent` are the stems that news often has, so that no rare name has them."""

    def __init__(self, swap_words: SwapWords, analyser: Analyser, frequent: Collection[str]) -> None:
        self._words = swap_words
        self._analyser = analyser
        self._frequent = frequent

    def kinds_at(self, found: Sequence[Word], place: int, word: str, *, definite: bool) -> frozenset[str]:
        """Return the kinds of a word, here without what is written onto it, at a place among the words of a text."""
        listed, cued = self._words.kinds_of.get(word, _NONE), self._cued(found, place)
        # An adjective or a second noun goes with a common noun alone.
        is_bound = _normal(found, place + 1).startswith(ARTICLE)
        if listed:
            # «نهر النيجر» is the river: where the lists know several kinds, the word before decides.
            return (listed & cued or listed) - (self._words.nouns if is_bound else _NONE)
        if is_bound:
            return _NONE
        before = _normal(found, place - 1)
        if definite:
            # «الرئيس السابق» is no name: only what the lists know for the word before, or what is rare.
            is_known = any(word == normalise(other) for kind in cued for other in self._words.words[kind])
            return (cued if is_known or self._is_rare(word) else _NONE) or self._defined(found, place)
        is_name = self._is_name(word) and before not in self._words.unnaming
        return (cued or frozenset({"people"})) if is_name else _NONE

    def _cued(self, found: Sequence[Word], place: int) -> frozenset[str]:
        """Return the kinds that the nearest of the words before goes with; only names may stand between."""
        for number in range(place - 1, max(-1, place - 1 - _CUE_REACH), -1):
            for _, cue in split_proclitics(found[number].normal, self._words.cues):
                if cue in self._words.cues:
                    return self._words.cues[cue]
            if found[number].normal.startswith(ARTICLE) or not self._is_name(found[number].normal):
                break
        return _NONE

    def _defined(self, found: Sequence[Word], place: int) -> frozenset[str]:
        """Return the kind of what ends a question behind a defining word: «من هو» asks for a person, «ما هو» not."""
        before, word = _normal(found, place - 1), found[place].normal
        if place + 1 < len(found) or before not in self._words.defining or word.endswith(PLURALS):
            return _NONE
        # Not all feminine words show it: «ما هي البكتيريا» has no like in the lists.
        if before.endswith(("هو", "هي")) and before.endswith("هي") is not is_feminine(word):
            return _NONE
        return frozenset({"people" if _normal(found, place - 2) == "من" else "things"})

    def _is_name(self, normal: str) -> bool:
        """Return whether a word is rare, and in none of the forms that names do not have."""
        is_formed = normal.startswith(_VERBAL) or normal.endswith((*PLURALS, *_POSSESSED))
        return len(normal) >= _LEAST_LETTERS and not is_formed and self._is_rare(normal)

    def _is_rare(self, normal: str) -> bool:
        """Return whether news hardly ever has a word, with and without its first letter."""
        return {self._analyser.stem(normal), self._analyser.stem(normal[1:])}.isdisjoint(self._frequent)


def _normal(found: Sequence[Word], place: int) -> str:
    return found[place].normal if 0 <= place < len(found) else ""
