"""Chooses the source that CORPUS_URL names."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from bot.articles.sources.address import Address, SourceKind, read_address
from bot.articles.sources.limits import MEGABYTE, FetchLimits
from bot.articles.sources.snapshots import Snapshots
from bot.articles.sources.source import DirectorySource, Source

if TYPE_CHECKING:
    from pydantic import SecretStr


class Place(Protocol):
    """What the settings say about the corpus."""

    @property
    def url(self) -> str:
        """A path, or an address."""

    @property
    def token(self) -> "SecretStr | None":
        """What a web server asks for."""

    @property
    def allow_private(self) -> bool:
        """Whether hosts inside the network, and http://, are allowed."""

    @property
    def max_megabytes(self) -> int:
        """How much is downloaded at most."""

    @property
    def max_unpacked_megabytes(self) -> int:
        """How much may come out of it at most."""

    @property
    def max_files(self) -> int:
        """How many articles it may have at most."""

    @property
    def fetch_seconds(self) -> float:
        """How long a fetch may take in all."""


def source_of(place: Place, cache: Path) -> Source:
    """Make the source of a corpus, which keeps what it fetches in a folder of `cache`; raise SourceError."""
    address = read_address(place.url, allow_private=place.allow_private)
    if address.kind is SourceKind.LOCAL:
        return DirectorySource(address.path)
    snapshots = Snapshots(cache / _folder_name(address))
    limits = FetchLimits(
        download_bytes=place.max_megabytes * MEGABYTE,
        unpacked_bytes=place.max_unpacked_megabytes * MEGABYTE,
        files=place.max_files,
        seconds=place.fetch_seconds,
    )
    # An HTTP client takes a tenth of a second to load, and memory, which a folder on disk has no need of.
    if address.kind is SourceKind.STORE:
        from bot.articles.sources.object_store import ObjectStoreSource  # noqa: PLC0415

        return ObjectStoreSource(address, snapshots, limits)
    from bot.articles.sources.archive_download import ArchiveRequest  # noqa: PLC0415
    from bot.articles.sources.web_archive import WebArchiveSource  # noqa: PLC0415

    token = place.token.get_secret_value() if place.token else None
    request = ArchiveRequest(address.url, address.shown, token, allow_private=place.allow_private)
    return WebArchiveSource(request, address.folder, snapshots, limits)


def _folder_name(address: Address) -> str:
    """Name the folder for what is asked for, so that another address does not find this one's articles."""
    return hashlib.sha256(f"{address.url}#{address.folder}".encode()).hexdigest()[:16]
