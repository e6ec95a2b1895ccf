"""Autocompletion of labels, such as titles and names, by words in any order, spelling and inflection, with typos."""

import math
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.arabic import normal_words, words
from bot.retrieval.postings import Scores
from bot.retrieval.titles.fuzzy_words import FuzzyWords, fuzzy_word_arrays
from bot.retrieval.vocabulary import number_rows
from bot.storage import Arrays, Ragged, add_prefix, strip_prefix

# Nobody types more to find a title; longer input of a hostile client is cut off. Chosen.
_MOST_CHARACTERS, _MOST_WORDS = 200, 16
# A label with less of the typed text is a chance match: it has its «في».
_LEAST_SHARE = 0.3
# A label that is meant has more than one of two words, of which one may have typos.
_SURE_SHARE, _LEAD = 0.55, 0.1
_COUNTED = 1 << 20


class AutocompleteIndex:
    """Finds labels by words in any order, spelling and inflection, with typos, of which the last may be unfinished."""

    def __init__(self, labels: Callable[[Sequence[int]], Sequence[str]], count: int, arrays: Arrays) -> None:
        """Read the index of `count` labels, which `labels` returns by number, from `autocomplete_arrays`."""
        self._labels = labels
        self._count = count
        self._holders = Ragged.from_arrays(strip_prefix(arrays, "holders"))
        self._vocabulary = FuzzyWords(strip_prefix(arrays, "words"), len(self._holders))

    @classmethod
    def of(cls, labels: Sequence[str]) -> "AutocompleteIndex":
        return cls(lambda numbers: [labels[number] for number in numbers], len(labels), autocomplete_arrays(labels))

    def find(self, typed: str, limit: int) -> list[int]:
        """Return the numbers of the labels that match most of a typed text, best first; equal ones in their order."""
        shares = self._shares(typed[:_MOST_CHARACTERS])
        chosen = np.flatnonzero(shares >= _LEAST_SHARE)
        best = np.argsort(-shares[chosen], kind="stable")[:limit]
        return [int(number) for number in chosen[best]]

    def choose(self, typed: str) -> int | None:
        """Return the number of the label that is the typed text or clearly matches most of it, else None."""
        shares = self._shares(typed[:_MOST_CHARACTERS])
        best = float(shares.max(initial=0.0))
        if best < _SURE_SHARE:
            return None
        meant: list[int] = np.flatnonzero(shares > best - _LEAD).tolist()
        if len(meant) > 1:
            said = normal_words(typed)
            # A word or two of a text may be near thousands of labels, of which few have as many words.
            alike = [number for number in meant if self._word_counts[number] == len(said)]
            labels = zip(alike, self._labels(alike), strict=True)
            meant = [number for number, label in labels if normal_words(label) == said]
        return meant[0] if len(meant) == 1 else None

    @cached_property
    def _word_counts(self) -> NDArray[np.int32]:
        """The number of words of each label, (count,) int32."""
        counts, holders = np.zeros(self._count, dtype=np.int32), self._holders.values
        for first in range(0, len(holders), _COUNTED):  # all at once takes twice the memory of the holders besides
            counts += np.bincount(holders[first : first + _COUNTED], minlength=self._count).astype(np.int32)
        return counts

    def _shares(self, typed: str) -> NDArray[np.float64]:
        """Return the share of a typed text that each label matches, (count,), its words weighted by their rarity."""
        found = list(words(typed))
        unfinished = found[-1].normal if found and found[-1].end == len(typed) else None
        shares, total = np.zeros(self._count), 0.0
        for word in list(dict.fromkeys(word.normal for word in found))[:_MOST_WORDS]:
            matches = self._matches(word, is_unfinished=word == unfinished)
            weight = math.log1p(self._count / max(int(np.count_nonzero(matches)), 1))
            shares += weight * matches
            total += weight
        return shares / total if total else shares

    def _matches(self, word: str, *, is_unfinished: bool) -> Scores:
        """Return the similarity of each label's most similar word to a typed one, (count,), 0 to 1."""
        similarities = self._vocabulary.similarities(word, is_unfinished=is_unfinished)
        similar = np.flatnonzero(similarities)
        holders, owners = self._holders.gather(similar)
        matches = np.zeros(self._count)
        np.maximum.at(matches, holders, similarities[similar][owners])
        return matches


def autocomplete_arrays(labels: Iterable[str]) -> dict[str, NDArray[Any]]:
    vocabulary, rows = number_rows(list(labels), partial(map, normal_words))
    return {
        **add_prefix("holders", rows.inverted(len(vocabulary)).arrays()),
        **add_prefix("words", fuzzy_word_arrays(vocabulary)),
    }
