"""Near duplicates, looked up by passage: arrays built anew or upon those of an earlier edition."""

from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.articles import ArticleTable
from bot.retrieval.duplicates.minhash import Sketches
from bot.retrieval.duplicates.passage_groups import NOTHING_COMPARED, Comparisons, group_twins
from bot.retrieval.duplicates.shingles import Pairs, WordNumbers, pairs
from bot.retrieval.passage import passages
from bot.storage import Arrays, Numbers, Ragged, ends, spread, under, within

NO_GROUP = -1
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
        if group == NO_GROUP:
            return _NOBODY
        members = self._members[group]
        return np.asarray(members[members != passage])

    def are_together(self, one: int, other: int) -> bool:
        """Tell whether two passages are twins; none is its own."""
        return one != other and bool(self._groups[one] == self._groups[other] != NO_GROUP)

    def groups(self) -> Iterator[list[int]]:
        """Yield the passages of each group, the earliest published first."""
        return (self._members[group].tolist() for group in range(len(self._members)))

    @property
    def folded(self) -> int:
        """How many passages are twins of an earlier one."""
        return len(self._members.values) - len(self._members)


def twin_arrays(
    sketches: Sketches, articles: ArticleTable, known: Comparisons = NOTHING_COMPARED
) -> dict[str, NDArray[Any]]:
    """Return what the `Twins` of articles are made of, and what `merge_twins` goes on with.

    `sketches` are those of the passages of a table; what is `known` of these is not compared again.
    """
    reader = _Reader(sketches, articles)
    found, compared = group_twins(sketches, _by_day(sketches, articles), reader, known)
    members = Ragged(np.array([*chain.from_iterable(found)], np.int32), ends([len(group) for group in found]))
    groups = np.full(len(sketches), NO_GROUP, np.int32)
    groups[members.values] = np.repeat(np.arange(len(members), dtype=np.int32), members.lengths)
    return {
        "groups": groups,
        **under("members", members.arrays()),
        **under("sketches", sketches.arrays()),
        **under("compared", compared.arrays()),
    }


def merge_twins(
    old: Arrays, new: Sketches, articles: ArticleTable, rows: NDArray[np.integer], folder: Path | None = None
) -> dict[str, NDArray[Any]]:
    """Return what `twin_arrays` returns of a table with some articles of an old one, and with new ones between them.

    `rows` are their numbers, those of the new ones counted on from the old ones.
    """
    before = Sketches.from_arrays(within(old, "sketches"))
    sketches, merge = before.merged(new, rows, folder)
    known = Comparisons.from_arrays(within(old, "compared")).renumbered(merge.numbers(len(before)))
    return twin_arrays(sketches, articles, known)


class _Reader:
    """Reads the pairs of neighbouring words of passages by number."""

    def __init__(self, sketches: Sketches, articles: ArticleTable) -> None:
        self._starts = sketches.starts
        self._articles = articles
        self._numbers = WordNumbers()

    def __call__(self, passage: int) -> Pairs:
        article = int(np.searchsorted(self._starts, passage, "right")) - 1
        found = passages(self._articles.at(article))
        return pairs(self._numbers(next(islice(found, passage - int(self._starts[article]), None)).text))


def _by_day(sketches: Sketches, articles: ArticleTable) -> NDArray[np.integer]:
    """Order the passages of articles by who was first; those without a day come last."""
    days, ids = articles.columns.days.tolist(), list(articles)
    order = sorted(range(len(ids)), key=lambda number: (not days[number], days[number], ids[number]))
    return spread(np.arange(len(sketches)), sketches.starts[:-1][order], sketches.starts[1:][order])[0]
