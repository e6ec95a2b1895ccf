"""Passages that several articles have in common: what outlets take from an agency, or from each other."""

from array import array
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.articles import ArticleTable
from bot.retrieval.passage import passages
from bot.retrieval.twinning import group_twins
from bot.storage import Arrays, Numbers, Ragged, under, within

_NONE = -1
_NOBODY = np.empty(0, np.int32)


class Twins:
    """Which passages of an index, by number, are twins of which: see `group_twins`."""

    def __init__(self, arrays: Arrays) -> None:
        """Take what `twin_arrays` made of the articles of the index."""
        self._groups = arrays["groups"]
        self._members = Ragged.from_arrays(within(arrays, "members"))

    def __getitem__(self, passage: int) -> Numbers:
        """Return the twins of a passage, the earliest published first."""
        group = self._groups[passage]
        if group == _NONE:
            return _NOBODY
        members = self._members[group]
        return np.asarray(members[members != passage])

    def are_together(self, one: int, other: int) -> bool:
        """Tell whether two passages are twins; none is its own."""
        return one != other and bool(self._groups[one] == self._groups[other] != _NONE)

    def groups(self) -> Iterator[list[int]]:
        """Yield the passages of each group, the earliest published first."""
        return (self._members[group].tolist() for group in range(len(self._members)))

    @property
    def folded(self) -> int:
        """How many passages are twins of an earlier one."""
        return len(self._members.values) - len(self._members)


MOST_PASSAGES = 40_000
"""To find the twins of so many takes some 250 MB beside the bot, and it grows with their number."""


def twin_arrays(articles: ArticleTable) -> dict[str, NDArray[Any]]:
    """Return what the `Twins` of a table's passages are made of; only some articles are held at a time.

    Of more passages than a small worker can compare, none is a twin.
    """
    owners, paragraphs = array("i"), array("i")

    def texts() -> Iterator[str]:
        for number in _by_day(articles):
            for passage in passages(articles.at(number)):
                owners.append(number)
                paragraphs.append(passage.paragraph)
                yield passage.text

    is_small = len(articles.columns.sections) <= MOST_PASSAGES
    found = group_twins(texts() if is_small else iter(()), owners)
    numbers = np.empty(len(owners), np.int32)
    numbers[np.lexsort((paragraphs, owners))] = np.arange(len(owners), dtype=np.int32)
    members = Ragged.of(found, numbers)
    # Blank paragraphs are no passages: of a large corpus there is an entry too many for each.
    groups = np.full(len(numbers) if is_small else len(articles.columns.sections), _NONE, np.int32)
    groups[members.values] = np.repeat(np.arange(len(members), dtype=np.int32), members.lengths)
    return {"groups": groups, **under("members", members.arrays())}


def _by_day(articles: ArticleTable) -> list[int]:
    """Order articles by who was first; those without a day come last."""
    days, ids = articles.columns.days.tolist(), list(articles)
    return sorted(range(len(ids)), key=lambda number: (not days[number], days[number], ids[number]))
