"""An edition built upon an earlier one: unchanged rows are copied, only changed articles read and analysed."""

from array import array
from collections.abc import Callable, Iterable, Iterator
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
    Rejection,
    SourceUnit,
    TableBuilder,
    merge_tables,
)
from bot.retrieval import IndexSpool, SketchSpool, merge_index, merge_titles, merge_twins
from bot.storage import Arrays, DamagedFileError, PartSink, Sink, TextTable, map_arrays, within

# To build anew is as fast from here on, and simpler.
_MANY = 1 / 3


class Base:
    """The arrays of an edition of the same configuration."""

    def __init__(self, arrays: Arrays) -> None:
        self.articles = within(arrays, "articles")
        self.index = within(arrays, "index")
        self.titles = within(arrays, "titles")
        self.twins = within(arrays, "twins")
        self.table = ArticleTable(self.articles)
        self._digests = arrays["units.digests"]

    def units(self) -> KnownUnits:
        """Return the units that its articles were read from."""
        return KnownUnits(self._digests, TextTable.from_arrays(within(self.articles, "ids")))

    def __len__(self) -> int:
        return len(self.table)


def read_base(file: Path, configuration: str) -> Base | None:
    """Map an edition to build upon, None where it is of another configuration, damaged or gone."""
    try:
        arrays, facts = map_arrays(file)
        return Base(arrays) if facts["configuration"] == configuration else None
    except (OSError, DamagedFileError, KeyError):
        return None


@dataclass(frozen=True, slots=True)
class Changed:
    """A corpus as an earlier edition and what that has not.

    `rows` are the articles in order, by their number in the old edition, or, counted on from there, among the new ones;
    `digests` are those of their units.
    """

    old: Base
    new: ArticleTable
    arrays: Arrays
    rows: NDArray[np.int64]
    digests: NDArray[np.uint8]
    rejections: tuple[Rejection, ...]
    folder: Path | None

    @property
    def are_few(self) -> bool:
        """Tell whether it is worth while to build upon the old edition."""
        return len(self.new) < _MANY * len(self.rows)

    def units(self) -> Iterator[SourceUnit]:
        """Return all articles, made of what is read already, and the rejections."""
        for row, digest in zip(self.rows.tolist(), self.digests, strict=True):
            known = row < len(self.old)
            article = self.old.table.at(row) if known else self.new.at(row - len(self.old))
            yield SourceUnit(article, digest.tobytes())
        yield from map(SourceUnit, self.rejections)

    def write(self, analyser: Analyser, sink: Sink, progress: Callable[[int, int], None] | None = None) -> Arrays:
        """Write the edition, but for its facts; return the arrays of its articles."""
        index, sketches = IndexSpool(analyser, self.folder), SketchSpool(self.folder)
        for article in map(self.new.at, range(len(self.new))):
            index.append(article)
            sketches.append(article)
        merged = merge_tables(self.old.articles, self.arrays, self.rows, self.folder)
        articles = PartSink(sink, "articles").add(merged)
        PartSink(sink, "units").add({"digests": self.digests})
        merge_index(self.old.index, index, self.rows, PartSink(sink, "index"), progress=progress, folder=self.folder)
        tables = (self.old.table, self.new, ArticleTable(articles))
        PartSink(sink, "titles").add(merge_titles(self.old.titles, tables, self.rows, self.folder))
        PartSink(sink, "twins").add(
            merge_twins(self.old.twins, sketches.sketches(), tables[-1], self.rows, self.folder)
        )
        return articles


def read_changes(units: Iterable[SourceUnit], old: Base, folder: Path | None = None) -> Changed:
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
    return Changed(
        old,
        ArticleTable(arrays),
        arrays,
        np.frombuffer(rows, dtype=np.int64),
        digests.array(),
        tuple(rejections),
        folder,
    )
