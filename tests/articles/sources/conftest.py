from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pytest

from bot.articles.sources import SourceError
from bot.articles.sources.archive_download import ArchiveRequest
from bot.articles.sources.limits import FetchLimits
from bot.articles.sources.snapshots import Snapshots
from bot.articles.sources.web_archive import WebArchiveSource
from tests.patience import PATIENCE

from .serving import failure
from .web_server import WebServer, web_server

# Waiting for nothing: failures are tried again at once.
LIMITS = FetchLimits(
    download_bytes=2_000_000, unpacked_bytes=20_000_000, files=1000, seconds=PATIENCE, silence=PATIENCE, pause=0.001
)


@pytest.fixture
def server() -> Iterator[WebServer]:
    with web_server() as serving:
        yield serving


@dataclass
class Fetching:
    """A source in front of the server, made anew each time, as after a restart."""

    server: WebServer
    cache: Path

    def source(
        self, folder: str = "", limits: FetchLimits = LIMITS, url: str = "", token: str | None = None
    ) -> WebArchiveSource:
        address = url or self.server.url
        request = ArchiveRequest(address, address, token, allow_private=True)
        return WebArchiveSource(request, PurePosixPath(folder), Snapshots(self.cache), limits)

    def error(self, limits: FetchLimits = LIMITS, folder: str = "") -> SourceError:
        """Fetch, expect it to fail, and to leave nothing."""
        before = self.left()
        error = failure(self.source(folder, limits))
        assert self.left() == before
        return error

    def left(self) -> list[str]:
        """List what was fetched, or begun; that a fetch outlived its limit is remembered."""
        return (
            sorted(entry.name for entry in self.cache.iterdir() if entry.name != "outlived.json")
            if self.cache.exists()
            else []
        )


@pytest.fixture
def fetching(server: WebServer, tmp_path: Path) -> Fetching:
    return Fetching(server, tmp_path / "cache")
