"""What a claim says of a subject, «بالانتير شركة أمريكية»: whether a sentence says so of it, or of something else."""

from collections.abc import Collection, Iterable

from bot.answering.knowledge import Lexicon
from bot.answering.modes.claim_lines import Line
from bot.arabic import ARTICLE, COMPARISON, CONJUNCTIONS, LI_WITH_ARTICLE, PREPOSITIONS, light_stem

# Chosen: a claim of no more words to search for is told in one breath, if at all; of its words alone that a sentence
# has them says nothing, «شركة إسرائيلية» of «وزارة الدفاع الإسرائيلية».
_MOST_SHORT = 4
# Longest first: what stands before a word makes it another's.
_PROCLITICS = (LI_WITH_ARTICLE, *CONJUNCTIONS, *PREPOSITIONS, COMPARISON)


class PredicateComparison:
    """Compares what one claim says of its subject; `regions` are the numbers of its words for countries and cities."""

    def __init__(self, claim: Line, regions: Collection[int], lexicon: Lexicon) -> None:
        self._claim = claim
        self._content = [at for at, word in enumerate(claim.words) if word.columns]
        self._columns = [claim.words[at].columns for at in self._content]
        self._is_short = len(frozenset[int]().union(*self._columns)) <= _MOST_SHORT
        # «أمريكية» of «شركة أمريكية»: what stands right behind a word belongs to it.
        self._owned = [
            (at - 1, at)
            for at in self._content
            if at in regions and at - 1 in self._content and not claim.breaks(at - 1)
        ]
        copulas = (phrase[0] for phrase in lexicon.answer_words.definitions if len(phrase) == 1)
        self._passed = frozenset(claim.normals) | frozenset(copulas)

    def is_told(self, sentences: Iterable[Line]) -> bool:
        """Tell whether a sentence has what the claim says with its subject: a short claim whole, a nationality."""
        return any(self._is_told_in(sentence) for sentence in sentences)

    def _is_told_in(self, sentence: Line) -> bool:
        is_owned = all(self._is_owned(sentence, *pair) for pair in self._owned)
        return is_owned and (not self._is_short or self._stands_together(sentence))

    def _is_owned(self, sentence: Line, owner: int, own: int) -> bool:
        """Tell whether a word of the claim stands behind its owner in a sentence, only others of it between.

        «شركة بالانتير الأمريكية» says of «شركة» what «شركة أمريكية» does.
        """
        for at, word in enumerate(sentence.words):
            if word.columns.isdisjoint(self._claim.words[own].columns):
                continue
            before = at - 1
            while before >= 0 and sentence.words[before].columns and not sentence.breaks(before):
                if sentence.words[before].columns & self._claim.words[owner].columns:
                    return True
                before -= 1
        return False

    def _stands_together(self, sentence: Line) -> bool:
        """Tell whether a sentence has the claim's words, and between them nothing but what the claim has, or «هي»."""
        needed = frozenset[int]().union(*self._columns)
        for first in range(len(sentence.words)):
            found = frozenset[int]()
            for at in range(first, len(sentence.words)):
                word = sentence.words[at]
                if word.columns and not (found and self._is_attached(word.normal, word.columns)):
                    found |= word.columns
                elif not found or not self._is_passed(word.normal):
                    break
                if needed <= found:
                    return True
        return False

    def _is_passed(self, normal: str) -> bool:
        return normal in self._passed or normal.removeprefix(CONJUNCTIONS[0]) in self._passed

    def _is_attached(self, normal: str, columns: Collection[int]) -> bool:
        """Tell whether a word of a sentence has a preposition or «و» written onto it that the claim's word has not."""
        own = {
            light_stem(self._claim.normals[at].removeprefix(ARTICLE))
            for at, known in zip(self._content, self._columns, strict=True)
            if not known.isdisjoint(columns)
        }
        written = {self._claim.normals[at] for at in self._content}
        return normal not in written and any(
            normal.startswith(letters) and light_stem(normal[len(letters) :].removeprefix(ARTICLE)) in own
            for letters in _PROCLITICS
        )
