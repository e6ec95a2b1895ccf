"""The kind of a word in a question: by the lists, by the words around it, or by its form."""

from collections.abc import Collection, Sequence

from bot.arabic import Analyser, Word, normalise
from bot.evaluation.proclitics import splits
from bot.evaluation.swap_words import ARTICLE, PLURALS, SwapWords, is_feminine

_LEAST_LETTERS = 4
_CUE_REACH = 2
# Of an imperfect verb, and of a noun with its possessor.
_VERBAL, _POSSESSED = "ي", ("ته", "تها", "ها", "هم")
_NONE = frozenset[str]()


class Kinds:
    """Tells kinds; `frequent` are the stems that news often has, so that no rare name has them."""

    def __init__(self, swap_words: SwapWords, analyser: Analyser, frequent: Collection[str]) -> None:
        self._words = swap_words
        self._analyser = analyser
        self._frequent = frequent

    def of(self, found: Sequence[Word], place: int, word: str, *, definite: bool) -> frozenset[str]:
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
            for _, cue in splits(found[number].normal, self._words.cues):
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
        """Tell whether a word is rare, and in none of the forms that names do not have."""
        is_formed = normal.startswith(_VERBAL) or normal.endswith((*PLURALS, *_POSSESSED))
        return len(normal) >= _LEAST_LETTERS and not is_formed and self._is_rare(normal)

    def _is_rare(self, normal: str) -> bool:
        """Tell whether news hardly ever has a word, with and without its first letter."""
        return {self._analyser.stem(normal), self._analyser.stem(normal[1:])}.isdisjoint(self._frequent)


def _normal(found: Sequence[Word], place: int) -> str:
    return found[place].normal if 0 <= place < len(found) else ""
