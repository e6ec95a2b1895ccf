"""What sources behind a network have in common: what was fetched stays on disk."""

from bot.articles.sources.snapshots import Snapshots
from bot.articles.sources.source import Fetched, Version


class FarSource:
    """A source that keeps snapshots of what it fetches, and gives the last that served while it is away."""

    def __init__(self, snapshots: Snapshots) -> None:
        self._snapshots = snapshots

    @property
    def is_near(self) -> bool:
        """It is behind a network."""
        return False

    def kept(self) -> Fetched | None:
        """Return the last snapshot that served."""
        last = self._snapshots.last_served()
        return Fetched(last.path, last.version) if last else None

    def note_served(self, version: Version | None) -> None:
        """Note of which version the snapshot is that serves."""
        self._snapshots.note_served(version)
