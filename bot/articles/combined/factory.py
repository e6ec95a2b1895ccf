"""The source that CORPUS_URL names, made of its location, and the folder that CORPUS_KEEP names."""

import asyncio
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.articles.combined.combined_source import CombinedSource
from bot.articles.combined.kept_folder import KeptFolder
from bot.articles.combined.kept_store import KeptStore
from bot.articles.combined.parts import Part
from bot.articles.combined.source_entries import SourceEntry, read_entries
from bot.articles.combined.web_source import START, WebSource, names_archive
from bot.articles.corpus import ProgressCallback
from bot.articles.marks import BoilerplatePhrases
from bot.articles.origins import Origin
from bot.articles.sources.address import Address, SourceKind, read_address
from bot.articles.sources.limits import FetchBudget, FetchLimits
from bot.articles.sources.object_store import ObjectStoreSource
from bot.articles.sources.snapshots import Snapshots
from bot.articles.sources.source import DirectorySource, Source

if TYPE_CHECKING:
    from bot.articles.feeds import DocumentParser, HostPace

_KEPT, _COMBINED = "kept", "combined-"
_NOT_IN_FOLDERS = re.compile(r"[^\w.-]+")
_LONGEST_FOLDER = 30  # characters of the name that people know it by
_DIGITS = 6  # that distinguish a few sources of one name


@dataclass(frozen=True, slots=True)
class CorpusLocation:
    """Where a corpus is, a path or a URL or several of them, and how it may be fetched.

    `token` goes to its web server, the first one of several; `allow_private` allows http:// and hosts inside the
    network.
    """

    url: str = field(repr=False)
    token: str | None = field(default=None, repr=False)
    allow_private: bool = False
    limits: FetchLimits = field(default_factory=FetchLimits)

    @property
    def entries(self) -> tuple[SourceEntry, ...]:
        """The sources; raise SourceEntryError and SourceError."""
        return read_entries(self.url, allow_private=self.allow_private)

    @property
    def identity(self) -> str:
        """What distinguishes the corpus from others: its addresses, of paths where they are on this machine."""
        addresses = [read_address(entry.url, allow_private=self.allow_private) for entry in self.entries]
        return "\n".join(
            str(address.path.resolve()) if address.kind is SourceKind.LOCAL else _identity(address)
            for address in addresses
        )

    def token_for(self, url: str) -> str | None:
        """Return the token where it may be sent to an address: to one server alone."""
        first = next(filter(None, (_server(entry.url) for entry in self.entries)), None)
        return self.token if first and _server(url) == first else None


def source_of(
    location: CorpusLocation,
    cache: Path,
    kept: KeptFolder,
    phrases: BoilerplatePhrases,
    quoted: Callable[[], Mapping[str, int]] = dict,
) -> CombinedSource:
    """Make the source of a corpus, which keeps what it fetches in folders of `cache`.

    Raise SourceError and SourceEntryError.
    What is gathered from feeds goes to `kept`, and what moderators added there belongs to it; `phrases` are the
    boilerplate of the pages that feeds lead to, and `quoted` says how often an article was quoted of late, by its id.
    """
    maker, parts = _PartMaker(location, cache, kept, phrases, quoted), list[Part]()
    for entry in location.entries:
        address = read_address(entry.url, allow_private=location.allow_private)
        origin = Origin(_readable_name(address) if parts else "", entry.outlet)
        source = maker.source_of(entry, address, origin)
        parts.append(Part(source, origin, is_edited=address.kind is SourceKind.LOCAL, sites=entry.sites))
    snapshots = Snapshots(cache / (_COMBINED + _digest(location.identity)))
    return CombinedSource(parts, kept, snapshots, location.limits)


def kept_folder(keep: str | None, cache: Path, limits: FetchLimits) -> KeptFolder:
    """Make the folder of what is gathered: of a path or an object store, or where none is named one of `cache`."""
    address = read_address(keep) if keep else None
    if address is None or address.kind is SourceKind.LOCAL:
        return KeptFolder(address.path if address else cache / _KEPT)
    return KeptFolder(cache / f"{_KEPT}-{_digest(_identity(address))}", KeptStore(address, limits))


@dataclass
class _PartMaker:
    """Makes the sources of one corpus; feeds of one host take turns there."""

    _location: CorpusLocation
    _cache: Path
    _kept: KeptFolder
    _phrases: BoilerplatePhrases
    _quoted: Callable[[], Mapping[str, int]]
    _turns: dict[str, Lock] = field(default_factory=dict)
    _paces: "dict[str, HostPace]" = field(default_factory=dict)
    _parser: "DocumentParser | None" = None

    def source_of(self, entry: SourceEntry, address: Address, origin: Origin) -> Source:
        """Make the source of an entry, whose articles have an origin."""
        if address.kind is SourceKind.LOCAL:
            return DirectorySource(address.path)
        snapshots = Snapshots(self._cache / _digest(_identity(address)))
        if address.kind is SourceKind.STORE:
            return ObjectStoreSource(address, snapshots, self._location.limits)
        return self._web_source(entry, address, origin, snapshots)

    def _web_source(self, entry: SourceEntry, address: Address, origin: Origin, snapshots: Snapshots) -> Source:
        # Measured: the HTTP client and the feeds take .2 s of processor time and 11 MB, which a folder does without.
        from bot.articles.feeds import DocumentParser, FeedClient, FeedSource, HostPace  # noqa: PLC0415
        from bot.articles.sources.archive_download import ArchiveRequest, first_bytes  # noqa: PLC0415
        from bot.articles.sources.web_archive import WebArchiveSource  # noqa: PLC0415

        limits, allow_private = self._location.limits, self._location.allow_private
        token, host = self._location.token_for(entry.url), urlsplit(address.url).netloc.lower()
        request = ArchiveRequest(address.url, address.shown, token, allow_private=allow_private)
        archive = WebArchiveSource(request, address.folder, snapshots, limits)
        if names_archive(address):
            return archive

        def start(progress: ProgressCallback) -> bytes:
            return asyncio.run(first_bytes(request, START, FetchBudget(limits, progress)))

        def quoted() -> Mapping[str, int]:
            start = origin.article_id("")
            return {name.removeprefix(start): count for name, count in self._quoted().items() if name.startswith(start)}

        def make_feed(folder: Path) -> Source:
            self._parser = self._parser or DocumentParser(self._phrases)
            pace = self._paces.setdefault(host, HostPace())
            client = FeedClient(address.url, token, allow_private, pace, self._parser, taken=entry.taken)
            others = [one.outlet for one in self._location.entries if one.outlet and not one.sites & entry.sites]
            return FeedSource(client, address.shown, folder, limits, entry.outlet, entry.hosts, others, quoted)

        turn = self._turns.setdefault(host, Lock())
        return WebSource(start, archive, snapshots, make_feed, self._kept, turn)


def _readable_name(address: Address) -> str:
    """Name the folder of a source in the whole by its host or last folder, for people, and a digest of its address."""
    parts = urlsplit(address.url)
    name = parts.hostname or PurePosixPath(address.path.absolute()).stem
    name = _NOT_IN_FOLDERS.sub("-", name)[:_LONGEST_FOLDER].strip(".-")
    return "-".join(filter(None, [name, _digest(_identity(address))[:_DIGITS]]))


def _identity(address: Address) -> str:
    """Return all that distinguishes an address, so that another one does not find this one's articles."""
    return f"{address.url}#{address.folder}"


def _digest(identity: str) -> str:
    return hashlib.sha256(identity.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _server(url: str) -> tuple[str, str] | None:
    """Return scheme, host and port of a web address, None of any other."""
    parts = urlsplit(url)
    return (parts.scheme, parts.netloc) if parts.scheme in {"http", "https"} else None
