"""Articles that lie on this machine."""

from pathlib import Path

from bot.articles.sources.source import Advance, Fetched, Version, tell_nobody


class DirectorySource:
    """A directory or file. Nothing is copied; whatever is wrong with it the readers of articles say."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def name(self) -> str:
        """The path."""
        return str(self._path)

    def fetch(self, progress: Advance = tell_nobody, *, insist: bool = False) -> Fetched:
        """Give the path, which is always as new as can be."""
        del progress, insist
        return Fetched(self._path)

    def note_survived(self) -> None:
        """Do nothing: what its reader may change at any time is never given up."""

    def kept(self) -> Fetched | None:
        """Give nothing: what is read is what would have been kept."""
        return None

    def note_served(self, version: Version | None) -> None:
        """Do nothing: there is nothing but what is read."""

    @property
    def is_near(self) -> bool:
        """It is on this machine."""
        return True
