"""Figures under headings of two lines, aligned."""

from collections.abc import Iterable

Column = tuple[int, str, str]
"""The width of a column, and its two lines of heading."""


class Columns:
    """The columns of a table, beside the names of its rows."""

    def __init__(self, *columns: Column) -> None:
        self._sizes = [size for size, _, _ in columns]
        self._headings = [upper for _, upper, _ in columns], [lower for _, _, lower in columns]

    def headings(self, width: int) -> list[str]:
        """Return the two lines above the rows, the names in so many columns."""
        return [self.row("", width, line) for line in self._headings]

    def row(self, name: str, width: int, cells: Iterable[str]) -> str:
        """Return a row, its name in so many columns."""
        return name.ljust(width) + "".join(cell.rjust(size) for cell, size in zip(cells, self._sizes, strict=True))
