"""From text to index terms: a light stem and, beside it, the character 4-grams within each word."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.arabic.months import may_name_months, with_months
from bot.arabic.morphology import CONJUNCTIONS, light_stem, stem_without_proclitic
from bot.arabic.normalise import normalise
from bot.arabic.words import Word, words_with_offsets

GRAM = 4
# Few words make up most messages; the bound keeps a hostile stream of made-up ones from filling the memory of a small
# worker. Measured: 250 bytes a word, so 4 MB.
_CACHE_SIZE = 1 << 14


class Term(NamedTuple):
    """The index terms of a word, and its span in the text.

    `without_proclitic` is the stem that the word has if its first letter is a preposition or a conjunction written onto
    it; only a comparison with another word can tell whether that is so.
    """

    normal: str
    stem: str
    without_proclitic: str
    start: int
    end: int

    @property
    def grams(self) -> tuple[str, ...]:
        """The character 4-grams of the word."""
        return grams(self.normal)


class Analyser:
    """Turns text into terms, in the same way for passages and questions; stop words make none."""

    def __init__(self, stop_words: Collection[str] = ()) -> None:
        self.stop_words = frozenset(map(normalise, stop_words))
        self._with_proclitics = frozenset(before + word for word in self.stop_words for before in ("", *CONJUNCTIONS))
        self._known: dict[str, tuple[str, str]] = {}

    def is_stop_word(self, normal: str) -> bool:
        """Whether a word in normal form is a stop word, alone or behind «و» or «ف»."""
        return normal in self._with_proclitics

    def words(self, text: str) -> list[str]:
        """Return the normal forms of a text's words in order, without its stop words."""
        return self.words_with_offsets(text)[0]

    def terms(self, text: str) -> list[Term]:
        """Return the terms of a text in order, without its stop words."""
        return self._terms(*self.words_with_offsets(text))

    def terms_of(self, found: Sequence[Word]) -> list[Term]:
        """Return the terms of a text as `terms` does, from its words."""
        normals, starts, ends = zip(*found, strict=True) if found else ((), (), ())
        return self._terms(*self._without_stop_words(list(normals), list(starts), list(ends)))

    def words_with_offsets(self, text: str) -> tuple[list[str], list[int], list[int]]:
        """Return the normal forms of a text's words as `words` does, and their start and end offsets."""
        return self._without_stop_words(*words_with_offsets(text))

    def stem(self, normal: str) -> str:
        """Return the light stem of a word in normal form."""
        return self._analysed(normal)[0]

    def _terms(self, normals: list[str], starts: list[int], ends: list[int]) -> list[Term]:
        return [
            Term(normal, *self._analysed(normal), start, end)
            for normal, start, end in zip(normals, starts, ends, strict=True)
        ]

    def _without_stop_words(
        self, normals: list[str], starts: list[int], ends: list[int]
    ) -> tuple[list[str], list[int], list[int]]:
        if may_name_months(normals):
            runs = list(with_months(normals))
            starts = [starts[first] for first, _, _ in runs]
            ends = [ends[last - 1] for _, last, _ in runs]
            normals = [normal for _, _, normal in runs]
        kept = [place for place, normal in enumerate(normals) if not self.is_stop_word(normal)]
        return [normals[at] for at in kept], [starts[at] for at in kept], [ends[at] for at in kept]

    def _analysed(self, normal: str) -> tuple[str, str]:
        known = self._known.get(normal)
        if known is None:
            if len(self._known) >= _CACHE_SIZE:
                self._known.clear()
            known = self._known[normal] = (light_stem(normal), stem_without_proclitic(normal))
        return known


# Each step that weighs a message asks for those of its words.
@lru_cache(maxsize=1 << 10)
def grams(normal: str) -> tuple[str, ...]:
    """Return the character 4-grams of a word in normal form; a shorter word is its own single gram."""
    if len(normal) <= GRAM:
        return (normal,)
    return tuple(normal[start : start + GRAM] for start in range(len(normal) - GRAM + 1))
