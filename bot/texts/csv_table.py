"""CSV files for spreadsheet programs, stable formats: docs/records.md describes their columns."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from bot.articles import Article
from bot.texts.json_record import article_record

Cell: TypeAlias = str | int | date | Sequence[str] | None

# Without it, spreadsheet programs take the letters for those of another encoding.
_MARK = "\ufeff"
_BETWEEN = " | "
# What spreadsheet programs calculate, or send to other programs, when they open a file; East Asian ones in wide
# letters too. Apostrophes count as well, so that the one that is put before such a cell can be told from its own.
_FORMULA = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20])")

ARTICLE_COLUMNS = ("article_id", "title", "outlet", "url", "published", "author", "language", "paragraphs")


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A table with the names of its columns."""

    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class CsvFile:
    """The text of a file, how many rows it has, and whether there are more that it has no room for."""

    text: str
    count: int
    is_cut: bool = False


def write_csv(table: CsvTable, room: int | None = None) -> CsvFile:
    """Write the first rows of a table that fit into so many bytes of UTF-8, or all of them."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    stream.write(_MARK)
    writer.writerow(table.columns)
    left, count, end = room, 0, stream.tell()
    if left is not None:
        left -= len(stream.getvalue().encode())
    for row in table.rows:
        writer.writerow(list(map(_written, row)))
        if left is not None:
            stream.seek(end)
            left -= len(stream.read().encode())
            if left < 0:
                stream.seek(end)
                stream.truncate()
                return CsvFile(stream.getvalue(), count, is_cut=True)
        count, end = count + 1, stream.tell()
    return CsvFile(stream.getvalue(), count)


def article_table(articles: Iterable[Article]) -> CsvTable:
    """Return the table of some articles; a row has what a JSON record of an article has."""
    records = map(article_record, articles)
    return CsvTable(ARTICLE_COLUMNS, ([record[name] for name in ARTICLE_COLUMNS] for record in records))


def _written(cell: Cell) -> str:
    """Write a cell as a text that every program reads and none calculates."""
    match cell:
        case None:
            text = ""
        case str():
            text = cell
        case date():
            text = cell.isoformat()
        case int():
            text = str(cell)
        case _:
            text = _BETWEEN.join(cell)
    # Articles may hold halves of letters, and readers of CSV stop at a null character.
    text = text.replace("\0", "").encode("utf-8", "replace").decode()
    return f"'{text}" if _FORMULA.match(text) else text
