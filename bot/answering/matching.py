"""How well one word of a passage stands for one word of a question."""

from collections.abc import Mapping

from rapidfuzz.distance import OSA

from bot.arabic import Term

_PROCLITICS = "بلفكوس"
_LEAST_STEM = 3
_LEAST_FUZZY = 4
_LEAST_SIMILARITY = 0.66
SAME, CLITIC, FUZZY, SYNONYM = 1.0, 0.95, 0.95, 0.75


class Matcher:
    """Compares a question's terms with passage words, and remembers every pair that it has compared."""

    def __init__(self, synonyms: Mapping[str, frozenset[str]]) -> None:
        self._synonyms = synonyms
        self._known: dict[tuple[str, str], float] = {}

    def __call__(self, asked: Term, found: Term) -> float:
        """Return 1 for the same stem, less for a clitic more or less, a synonym or a spelling nearby, 0 for others."""
        if asked.stem == found.stem:
            return SAME
        pair = (asked.stem, found.stem)
        known = self._known.get(pair)
        if known is None:
            known = self._known[pair] = self._compare(*pair)
        return known

    def _compare(self, asked: str, found: str) -> float:
        # A number, or a word that holds one, is itself or another thing: 2022 is not nearly 2023.
        if any(character.isdigit() for character in asked + found):
            return 0.0
        if _without_proclitic(asked) == found or _without_proclitic(found) == asked:
            return CLITIC
        if found in self._synonyms.get(asked, ()):
            return SYNONYM
        return _similarity(asked, found)


def _without_proclitic(stem: str) -> str:
    return stem[1:] if stem[:1] in _PROCLITICS and len(stem) > _LEAST_STEM else stem


def _similarity(asked: str, found: str) -> float:
    if min(len(asked), len(found)) < _LEAST_FUZZY:
        return 0.0
    return FUZZY * OSA.normalized_similarity(asked, found, score_cutoff=_LEAST_SIMILARITY)
