"""The source that CORPUS_URL names, made of its location."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from bot.articles.sources.address import Address, SourceKind, read_address
from bot.articles.sources.kept_folder import KeptFolder, KeptStore
from bot.articles.sources.limits import FetchLimits
from bot.articles.sources.snapshots import Snapshots
from bot.articles.sources.source import DirectorySource, Source

_KEPT = "kept"


@dataclass(frozen=True, slots=True)
class CorpusLocation:
    """Where a corpus is, a path or a URL, and how it may be fetched.

    `token` goes to its web server; `allow_private` allows http:// and hosts inside the network.
    """

    url: str = field(repr=False)
    token: str | None = field(default=None, repr=False)
    allow_private: bool = False
    limits: FetchLimits = field(default_factory=FetchLimits)


def source_of(location: CorpusLocation, cache: Path, kept: KeptFolder | None = None) -> Source:
    """Make the source of a corpus, which keeps what it fetches in a folder of `cache`; raise SourceError.

    What moderators added to `kept` belongs to it.
    """
    del kept
    address = read_address(location.url, allow_private=location.allow_private)
    if address.kind is SourceKind.LOCAL:
        return DirectorySource(address.path)
    snapshots = Snapshots(cache / _folder_name(address))
    # An HTTP client takes a tenth of a second to load, and memory, which a folder on disk has no need of.
    if address.kind is SourceKind.STORE:
        from bot.articles.sources.object_store import ObjectStoreSource  # noqa: PLC0415

        return ObjectStoreSource(address, snapshots, location.limits)
    from bot.articles.sources.archive_download import ArchiveRequest  # noqa: PLC0415
    from bot.articles.sources.web_archive import WebArchiveSource  # noqa: PLC0415

    request = ArchiveRequest(address.url, address.shown, location.token, allow_private=location.allow_private)
    return WebArchiveSource(request, address.folder, snapshots, location.limits)


def kept_folder(keep: str | None, cache: Path, limits: FetchLimits) -> KeptFolder:
    """Make the folder of what is gathered: of a path or an object store, or where none is named one of `cache`."""
    address = read_address(keep) if keep else None
    if address is None or address.kind is SourceKind.LOCAL:
        return KeptFolder(address.path if address else cache / _KEPT)
    return KeptFolder(cache / f"{_KEPT}-{_folder_name(address)}", KeptStore(address, limits))


def _folder_name(address: Address) -> str:
    """Name the folder for what is asked for, so that another address does not find this one's articles."""
    return hashlib.sha256(f"{address.url}#{address.folder}".encode()).hexdigest()[:16]
