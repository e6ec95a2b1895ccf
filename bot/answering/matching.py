"""How well one word of a passage stands for one word of a question."""

from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.arabic import Term, skeleton
from bot.retrieval import VocabularyWord

# To take letters out takes longer than to compare words; the bound keeps made-up stems out of memory.
_REMEMBERED = 1 << 15
_LEAST_STRONG_LETTERS = 3
LEAST_FUZZY = 4
LEAST_SIMILARITY = 0.66
WEAK_LETTERS = "اويء"
_WITHOUT_WEAK_LETTERS = str.maketrans("", "", WEAK_LETTERS)
SAME, CLITIC, FUZZY, INFLECTED, SYNONYM, SPELLED = 1.0, 0.95, 0.95, 0.75, 0.75, 0.75
# A weaker likeness than this is chance.
LEAST_MATCH = 0.7


class Matcher:
    """Compares a question's terms with passage words."""

    def __init__(self, synonyms: Mapping[str, frozenset[str]]) -> None:
        self._synonyms = synonyms

    def __call__(self, asked: Term, found: Term | VocabularyWord) -> float:
        """Return 1 for the same stem, less for a clitic more or less, a synonym or a spelling nearby, 0 for others."""
        if asked.stem == found.stem:
            return SAME
        if holds_digit(asked.normal) or holds_digit(found.normal):
            return 0.0
        if found.stem == asked.bare or found.bare == asked.stem:
            return CLITIC
        if not self.synonyms(asked).isdisjoint((found.stem, found.bare)):
            return SYNONYM
        if asked.normal.isascii() != found.normal.isascii():
            return SPELLED if (name := skeleton(asked.normal)) and name == skeleton(found.normal) else 0.0
        return _similarity(asked.stem, found.stem)

    @staticmethod
    def likeness(asked: str, found: str) -> float:
        """Return how well a stem stands for another of the same alphabet that is spelled nearby."""
        return 0.0 if holds_digit(found) or holds_digit(asked) else _similarity(asked, found)

    def synonyms(self, asked: Term) -> frozenset[str]:
        """Return the stems of words that mean the same as a term, with or without its first letter."""
        return self._synonyms.get(asked.stem, frozenset()) | self._synonyms.get(asked.bare, frozenset())


def holds_digit(word: str) -> bool:
    """Tell whether a word is a number or holds one, so that it is itself or another thing: 2022 is not nearly 2023."""
    return not word.isalpha() and any(map(str.isdigit, word))


@lru_cache(_REMEMBERED)
def _strong(stem: str) -> str:
    return stem.translate(_WITHOUT_WEAK_LETTERS)


def _similarity(asked: str, found: str) -> float:
    strong = _strong(asked)
    if len(strong) >= _LEAST_STRONG_LETTERS and strong == _strong(found):
        return INFLECTED
    if min(len(asked), len(found)) < LEAST_FUZZY:
        return 0.0
    return FUZZY * OSA.normalized_similarity(asked, found, score_cutoff=LEAST_SIMILARITY)
