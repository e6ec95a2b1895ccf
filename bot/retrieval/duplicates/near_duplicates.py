"""Near duplicates by passage, and their arrays: built anew, or from those of an earlier edition."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.articles import ArticleTable
from bot.retrieval.duplicates.minhash import MinHashSignatures
from bot.retrieval.duplicates.passage_groups import group_near_duplicates
from bot.retrieval.duplicates.shingles import Shingles, WordHasher, shingles
from bot.retrieval.passage import NO_GROUP, passages
from bot.storage import Arrays, IntArray, Ragged, add_prefix, gather_ranges, offsets, strip_prefix

_NO_PASSAGES = np.empty(0, np.int32)


class NearDuplicates:
    """The near duplicates of each passage of an index, by number (see `group_near_duplicates`)."""

    def __init__(self, arrays: Arrays) -> None:
        """Read the arrays that `near_duplicate_arrays` made of the articles of the index."""
        self._groups = arrays["groups"]
        self._members = Ragged.from_arrays(strip_prefix(arrays, "members"))

    def __getitem__(self, passage: int) -> IntArray:
        """Return the near duplicates of a passage, the earliest published first."""
        group = self._groups[passage]
        if group == NO_GROUP:
            return _NO_PASSAGES
        members = self._members[group]
        return np.asarray(members[members != passage])

    def group(self, passage: int) -> int:
        """Return the number of a passage's group, `NO_GROUP` where it has no near duplicates."""
        return int(self._groups[passage])

    def groups(self) -> Iterator[list[int]]:
        """Yield the passages of each group, the earliest published first."""
        return (self._members[group].tolist() for group in range(len(self._members)))

    @property
    def duplicate_count(self) -> int:
        """How many passages have an earlier near duplicate."""
        return len(self._members.values) - len(self._members)


def near_duplicate_arrays(signatures: MinHashSignatures, articles: ArticleTable) -> dict[str, NDArray[Any]]:
    """Return the arrays of the `NearDuplicates` of articles, given their signatures, which the next edition takes."""
    days, ids = articles.columns.days.tolist(), list(articles)
    by_day = sorted(range(len(ids)), key=lambda number: (not days[number], days[number], ids[number]))
    starts = signatures.starts
    order, _ = gather_ranges(np.arange(len(signatures)), starts[:-1][by_day], starts[1:][by_day])
    reader = _ShingleReader(signatures, articles)
    found = group_near_duplicates(signatures, order, reader.shingles)
    members = Ragged(np.array([*chain.from_iterable(found)], np.int32), offsets([len(group) for group in found]))
    groups = np.full(len(signatures), NO_GROUP, np.int32)
    groups[members.values] = np.repeat(np.arange(len(members), dtype=np.int32), members.lengths)
    return {
        "groups": groups,
        **add_prefix("members", members.arrays()),
        **add_prefix("signatures", signatures.arrays()),
    }


class _ShingleReader:
    """Reads the shingles of passages by number."""

    def __init__(self, signatures: MinHashSignatures, articles: ArticleTable) -> None:
        self._starts = signatures.starts
        self._articles = articles
        self._hasher = WordHasher()

    def shingles(self, passage: int) -> Shingles:
        article = int(np.searchsorted(self._starts, passage, "right")) - 1
        found = passages(self._articles.at(article))
        return shingles(self._hasher.hash_words(next(islice(found, passage - int(self._starts[article]), None)).text))
