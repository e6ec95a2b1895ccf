"""Short texts that a person chooses from while typing, such as titles."""

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.arabic import normal_words, words
from bot.retrieval.postings import Scores
from bot.retrieval.titles.typed_word import FuzzyWords, fuzzy_word_arrays
from bot.storage import Arrays, Ragged, StringTable, add_prefix, strip_prefix

# Nobody types more to find a title; what a hostile client sends is cut off here.
_MOST_CHARACTERS, _MOST_WORDS = 200, 16
# With less of what was typed a label is there by chance: it has the «في» of it.
_LEAST_SHARE = 0.3
# A label that is meant has more than one of two words; one word of it may have slips.
_SURE_SHARE, _LEAD = 0.55, 0.1


class AutocompleteIndex:
    """Finds labels by words in any order, in any spelling of them, with slips in them, the last one only begun."""

    def __init__(self, label: Callable[[int], str], count: int, arrays: Arrays) -> None:
        """Take so many labels, read by their numbers, and what `autocomplete_arrays` made of them."""
        self._label = label
        self._count = count
        self._holders = Ragged.from_arrays(strip_prefix(arrays, "holders"))
        self._vocabulary = FuzzyWords(strip_prefix(arrays, "words"), len(self._holders))

    @classmethod
    def of(cls, labels: Sequence[str]) -> "AutocompleteIndex":
        """Take labels."""
        return cls(labels.__getitem__, len(labels), autocomplete_arrays(labels))

    def find(self, typed: str, limit: int) -> list[int]:
        """Return the numbers of the labels with most of what was typed, the best first; of equal ones the first."""
        shares = self._shares(typed[:_MOST_CHARACTERS])
        chosen = np.flatnonzero(shares >= _LEAST_SHARE)
        best = np.argsort(-shares[chosen], kind="stable")[:limit]
        return [int(number) for number in chosen[best]]

    def choose(self, typed: str) -> int | None:
        """Return the number of the one label that is what was typed, or has clearly more of it than any other."""
        shares = self._shares(typed[:_MOST_CHARACTERS])
        best = float(shares.max(initial=0.0))
        if best < _SURE_SHARE:
            return None
        near = np.flatnonzero(shares > best - _LEAD).tolist()
        said = normal_words(typed)
        meant = near if len(near) == 1 else [number for number in near if normal_words(self._label(number)) == said]
        return meant[0] if len(meant) == 1 else None

    def _shares(self, typed: str) -> NDArray[np.float64]:
        """Return the share of what was typed that each label has, rare words counting more than frequent ones."""
        found = list(words(typed))
        begun = found[-1].normal if found and found[-1].end == len(typed) else None
        shares, total = np.zeros(self._count), 0.0
        for word in list(dict.fromkeys(word.normal for word in found))[:_MOST_WORDS]:
            held = self._held(word, begun=word == begun)
            weight = math.log1p(self._count / max(int(np.count_nonzero(held)), 1))
            shares += weight * held
            total += weight
        return shares / total if total else shares

    def _held(self, word: str, *, begun: bool) -> Scores:
        """Return how near each label's nearest word is to a typed one."""
        likeness = self._vocabulary.similarities(word, begun=begun)
        alike = np.flatnonzero(likeness)
        holders, owners = self._holders.gather(alike)
        held = np.zeros(self._count)
        np.maximum.at(held, holders, likeness[alike][owners])
        return held


def autocomplete_arrays(labels: Iterable[str]) -> dict[str, NDArray[Any]]:
    """Return what `AutocompleteIndex` is made of besides the labels, and for the next edition their vocabulary."""
    rows = [normal_words(label) for label in labels]
    vocabulary = sorted({word for row in rows for word in row})
    numbers = {word: number for number, word in enumerate(vocabulary)}
    held = Ragged.of([[numbers[word] for word in row] for row in rows], np.arange(len(vocabulary), dtype=np.int32))
    return {
        **add_prefix("vocabulary", StringTable.of(vocabulary).arrays()),
        **add_prefix("holders", held.inverted(len(vocabulary)).arrays()),
        **add_prefix("words", fuzzy_word_arrays(vocabulary)),
    }
