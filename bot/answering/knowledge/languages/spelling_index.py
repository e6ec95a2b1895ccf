"""Words one slip away from a misspelt one, found by the half of it that the slip leaves as it was."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence

from rapidfuzz.distance import OSA

_BEHIND_LETTERS = "\x7f"


class SpellingIndex:
    """Words of small ASCII letters, by their beginnings, and by their first letter with their ends."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_start = sorted(words)
        self._by_end = sorted(self._by_start, key=_backwards)

    def one_edit_away(self, word: str) -> Iterator[str]:
        """Yield the words one edit from a word, a letter put in, left out, another or swapped; the first one stays."""
        half = len(word) // 2
        start, end = word[:half], _backwards(word)[: len(word) - half]
        near = {*_beginning(self._by_start, start, str), *_beginning(self._by_end, end, _backwards)}
        return (one for one in near if OSA.distance(word, one, score_cutoff=1) == 1)


def _backwards(word: str) -> str:
    """Return the first letter of a word, then the others from its end."""
    return word[:1] + word[:0:-1]


def _beginning(words: Sequence[str], start: str, key: Callable[[str], str]) -> Sequence[str]:
    """Return the words, sorted by a key, whose key has a start."""
    first = bisect_left(words, start, key=key)
    return words[first : bisect_left(words, start + _BEHIND_LETTERS, first, key=key)]
