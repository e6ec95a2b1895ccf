"""What a claim says of a subject, «بالانتير شركة أمريكية»: whether a sentence says so of it, or of something else."""

from collections import defaultdict
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
        content = [at for at, word in enumerate(claim.words) if word.columns]
        self._needed = claim.columns
        self._is_short = len(self._needed) <= _MOST_SHORT
        # «أمريكية» of «شركة أمريكية»: what stands right behind a word belongs to it.
        self._owned = {
            (claim.words[at - 1].columns, claim.words[at].columns)
            for at in content
            if at in regions and claim.words[at - 1].columns and not claim.breaks(at - 1)
        }
        self._written = frozenset(claim.normals[at] for at in content)
        self._stems = defaultdict[int, set[str]](set)
        for at in content:
            for column in claim.words[at].columns:
                self._stems[column].add(light_stem(claim.normals[at].removeprefix(ARTICLE)))
        copulas = (phrase[0] for phrase in lexicon.answer_words.definitions if len(phrase) == 1)
        self._passed = frozenset(claim.normals) | frozenset(copulas)

    def is_told(self, sentences: Iterable[Line]) -> bool:
        """Tell whether a sentence has what the claim says with its subject: a short claim whole, a nationality."""
        return any(self._is_told_in(sentence) for sentence in sentences)

    def _is_told_in(self, sentence: Line) -> bool:
        is_owned = all(self._is_owned(sentence, *pair) for pair in self._owned)
        return is_owned and (not self._is_short or self._stands_together(sentence))

    @staticmethod
    def _is_owned(sentence: Line, owner: frozenset[int], own: frozenset[int]) -> bool:
        """Tell whether a word of the claim stands behind its owner in a sentence, only others of it between.

        «شركة بالانتير الأمريكية» says of «شركة» what «شركة أمريكية» does.
        """
        for at, word in enumerate(sentence.words):
            if word.columns.isdisjoint(own):
                continue
            before = at - 1
            while before >= 0 and sentence.words[before].columns and not sentence.breaks(before):
                if sentence.words[before].columns & owner:
                    return True
                before -= 1
        return False

    def _stands_together(self, sentence: Line) -> bool:
        """Tell whether a sentence has the claim's words, and between them nothing but what the claim has, or «هي»."""
        attached = [self._is_attached(word.normal, word.columns) for word in sentence.words]
        for first in range(len(sentence.words)):
            found = frozenset[int]()
            for at in range(first, len(sentence.words)):
                word = sentence.words[at]
                if word.columns and not (found and attached[at]):
                    found |= word.columns
                elif not found or not self._is_passed(word.normal):
                    break
                if self._needed <= found:
                    return True
        return False

    def _is_passed(self, normal: str) -> bool:
        return normal in self._passed or normal.removeprefix(CONJUNCTIONS[0]) in self._passed

    def _is_attached(self, normal: str, columns: Collection[int]) -> bool:
        """Tell whether a word of a sentence has a preposition or «و» written onto it that the claim's word has not."""
        if normal in self._written:
            return False
        bare = (normal[len(letters) :] for letters in _PROCLITICS if normal.startswith(letters))
        stems = {light_stem(word.removeprefix(ARTICLE)) for word in bare}
        return bool(stems) and any(not stems.isdisjoint(self._stems[column]) for column in columns)
