"""From articles to the arrays of their `Twins`, anew or upon those of an earlier edition."""

from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.articles import ArticleTable
from bot.retrieval.comparisons import NOTHING_COMPARED, Comparisons
from bot.retrieval.passage import passages
from bot.retrieval.shingles import Pairs, WordNumbers, pairs
from bot.retrieval.sketches import Sketches
from bot.retrieval.twinning import group_twins
from bot.retrieval.twins import NO_GROUP
from bot.storage import Arrays, Ragged, ends, spread, under, within


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
