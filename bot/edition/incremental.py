"""An edition built upon an earlier one: unchanged rows are copied, only changed articles read and analysed."""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.arabic import Analyser
from bot.articles import (
    Article,
    ArticleTable,
    DigestBuilder,
    KnownArticle,
    KnownUnits,
    ProgressCallback,
    Rejection,
    SourceUnit,
    TableBuilder,
    merge_tables,
)
from bot.retrieval import IndexBuilder, SignatureBuilder, merge_index, merge_near_duplicates, merge_titles
from bot.storage import Arrays, ArrayWriter, DamagedFileError, PrefixWriter, TextTable, map_arrays, strip_prefix

# To build anew is as fast from here on, and simpler.
_MANY = 1 / 3


class PreviousEdition:
    """The arrays of an edition of the same configuration."""

    def __init__(self, arrays: Arrays) -> None:
        self.articles = strip_prefix(arrays, "articles")
        self.index = strip_prefix(arrays, "index")
        self.titles = strip_prefix(arrays, "titles")
        self.near_duplicates = strip_prefix(arrays, "near_duplicates")
        self.table = ArticleTable(self.articles)
        self._digests = arrays["units.digests"]

    def units(self) -> KnownUnits:
        """Return the units that its articles were read from."""
        return KnownUnits(self._digests, TextTable.from_arrays(strip_prefix(self.articles, "ids")))

    def __len__(self) -> int:
        return len(self.table)


def map_previous_edition(file: Path, configuration: str) -> PreviousEdition | None:
    """Map an edition to build upon, None where it is of another configuration, damaged or gone."""
    try:
        arrays, facts = map_arrays(file)
        return PreviousEdition(arrays) if facts["configuration"] == configuration else None
    except (OSError, DamagedFileError, KeyError):
        return None


@dataclass(frozen=True, slots=True)
class IncrementalBuild:
    """A corpus as an earlier edition and the articles that this lacks; `digests` are those of its articles' units.

    `rows` are the articles in order, by their number in the old edition, or, counted on from there, among the new ones.
    """

    old: PreviousEdition
    new: ArticleTable
    arrays: Arrays
    rows: NDArray[np.int64]
    digests: NDArray[np.uint8]
    rejections: tuple[Rejection, ...]
    folder: Path | None

    @property
    def are_few(self) -> bool:
        """Whether so few articles are new that merging beats building anew."""
        return len(self.new) < _MANY * len(self.rows)

    def units(self) -> Iterator[SourceUnit]:
        """Return all articles, made of what is read already, and the rejections."""
        for row, digest in zip(self.rows.tolist(), self.digests, strict=True):
            known = row < len(self.old)
            article = self.old.table.at(row) if known else self.new.at(row - len(self.old))
            yield SourceUnit(article, digest.tobytes())
        yield from map(SourceUnit, self.rejections)

    def write(self, analyser: Analyser, writer: ArrayWriter, progress: ProgressCallback | None = None) -> Arrays:
        """Write the edition, but for its facts; return the arrays of its articles."""
        index, signatures = IndexBuilder(analyser, self.folder), SignatureBuilder(self.folder)
        for article in map(self.new.at, range(len(self.new))):
            index.append(article)
            signatures.append(article)
        old, rows, folder = self.old, self.rows, self.folder
        articles = PrefixWriter(writer, "articles").add(merge_tables(old.articles, self.arrays, rows, folder))
        PrefixWriter(writer, "units").add({"digests": self.digests})
        merge_index(old.index, index, rows, PrefixWriter(writer, "index"), progress=progress, folder=folder)
        tables = (old.table, self.new, ArticleTable(articles))
        PrefixWriter(writer, "titles").add(merge_titles(old.titles, tables, rows, folder))
        groups = merge_near_duplicates(old.near_duplicates, signatures.signatures(), tables[-1], rows, folder)
        PrefixWriter(writer, "near_duplicates").add(groups)
        return articles


def plan_incremental_build(
    units: Iterable[SourceUnit], old: PreviousEdition, folder: Path | None = None
) -> IncrementalBuild:
    """Take the articles that an old edition lacks, and note which of its own are still there."""
    table, digests = TableBuilder(folder), DigestBuilder(folder)
    rows, rejections = array("q"), list[Rejection]()
    for unit in units:
        match unit.outcome:
            case Rejection():
                rejections.append(unit.outcome)
                continue
            case KnownArticle():
                rows.append(unit.outcome.number)
            case Article():
                rows.append(len(old) + len(table))
                table.append(unit.outcome)
        digests.append(unit.digest)
    arrays = table.arrays()
    return IncrementalBuild(
        old,
        ArticleTable(arrays),
        arrays,
        np.frombuffer(rows, dtype=np.int64),
        digests.array(),
        tuple(rejections),
        folder,
    )
