"""An earlier edition that the next one is built upon, so that only what changed is read and analysed."""

from pathlib import Path

from bot.articles import ArticleTable, KnownUnits
from bot.storage import Arrays, DamagedFileError, TextTable, map_arrays, within


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
