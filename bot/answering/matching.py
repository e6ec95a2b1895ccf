"""How well one word of a passage stands for one word of a question."""

from collections.abc import Mapping

from rapidfuzz.distance import OSA

from bot.arabic import Term, skeleton

_LEAST_STRONG_LETTERS = 3
_LEAST_FUZZY = 4
_LEAST_SIMILARITY = 0.66
_WEAK_LETTERS = str.maketrans("", "", "اويء")
SAME, CLITIC, FUZZY, INFLECTED, SYNONYM, SPELLED = 1.0, 0.95, 0.95, 0.75, 0.75, 0.75
# A weaker likeness than this is chance.
LEAST_MATCH = 0.7


class Matcher:
    """Compares a question's terms with passage words, and remembers every pair that it has compared."""

    def __init__(self, synonyms: Mapping[str, frozenset[str]]) -> None:
        self._synonyms = synonyms
        self._known: dict[tuple[str, str], float] = {}

    def __call__(self, asked: Term, found: Term) -> float:
        """Return 1 for the same stem, less for a clitic more or less, a synonym or a spelling nearby, 0 for others."""
        if asked.stem == found.stem:
            return SAME
        pair = (asked.normal, found.normal)
        known = self._known.get(pair)
        if known is None:
            known = self._known[pair] = self._compare(asked, found)
        return known

    def _compare(self, asked: Term, found: Term) -> float:
        # A number, or a word that holds one, is itself or another thing: 2022 is not nearly 2023.
        if any(character.isdigit() for character in asked.normal + found.normal):
            return 0.0
        if found.stem == asked.bare or found.bare == asked.stem:
            return CLITIC
        if any(not group.isdisjoint((found.stem, found.bare)) for group in self._groups(asked)):
            return SYNONYM
        if asked.normal.isascii() != found.normal.isascii():
            return SPELLED if (name := skeleton(asked.normal)) and name == skeleton(found.normal) else 0.0
        return _similarity(asked.stem, found.stem)

    def _groups(self, asked: Term) -> list[frozenset[str]]:
        return [group for stem in (asked.stem, asked.bare) if (group := self._synonyms.get(stem))]


def _similarity(asked: str, found: str) -> float:
    strong = asked.translate(_WEAK_LETTERS)
    if len(strong) >= _LEAST_STRONG_LETTERS and strong == found.translate(_WEAK_LETTERS):
        return INFLECTED
    if min(len(asked), len(found)) < _LEAST_FUZZY:
        return 0.0
    return FUZZY * OSA.normalized_similarity(asked, found, score_cutoff=_LEAST_SIMILARITY)
