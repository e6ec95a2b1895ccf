"""Which groups of questions have a word, in whatever form."""

from collections.abc import Collection, Iterable

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.answering.matching import LEAST_SIMILARITY


class GapIndex:
    """Numbers of groups by the forms of their words."""

    def __init__(self) -> None:
        self._numbers: dict[str, set[int]] = {}

    def add(self, number: int, forms: Iterable[str]) -> None:
        """Take in a group."""
        for form in forms:
            self._numbers.setdefault(form, set()).add(number)

    def remove(self, number: int, forms: Iterable[str]) -> None:
        """Leave a group out that was taken in with these forms."""
        for form in set(forms):
            self._numbers[form].discard(number)
            if not self._numbers[form]:
                del self._numbers[form]

    def find(self, forms: Collection[str], stem: str) -> set[int]:
        """Return the groups under some forms of a word; of a word unknown in all of them, those of similar stems."""
        if known := [self._numbers[form] for form in forms if form in self._numbers]:
            return set().union(*known)
        near = extract(
            stem, list(self._numbers), scorer=OSA.normalized_similarity, score_cutoff=LEAST_SIMILARITY, limit=None
        )
        return set().union(*(self._numbers[form] for form, _, _ in near))
