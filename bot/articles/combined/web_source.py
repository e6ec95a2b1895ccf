"""A web address that may be an archive or a feed: the first bytes decide, and later what came from there."""

import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from pathlib import Path, PurePosixPath
from threading import Lock

from bot.articles.combined.kept_folder import KeptFolder
from bot.articles.corpus import ProgressCallback, no_progress
from bot.articles.removals import Removal
from bot.articles.sources.address import Address
from bot.articles.sources.snapshots import Snapshots
from bot.articles.sources.source import Copy, Fetched, Source, SourceError, SourceProblem, Version

START = 4096
"""Bytes of an answer that show its kind; the prologue of a feed with its comments fits in."""

_LOOK_EVERY = 0.5  # seconds
_ZIP, _GZIP = (b"PK\x03\x04", b"PK\x05\x06"), b"\x1f\x8b"
_TAR_MARK, _TAR_PLACE = b"ustar", 257
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# Nothing before the page is read a second time: what a server sends must not take longer than it is long.
_PAGE = re.compile(rb"(?>\s|<\?[^>]*>|<!--.*?-->)*+<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
# What each kind says of the other: then what is remembered is wrong.
_MISTAKEN = frozenset({"source.not_archive", "feed.no_feed"})


class WebKind(Enum):
    """What is behind a web address."""

    ARCHIVE = "archive"
    FEED = "feed"


def kind_of(start: bytes) -> WebKind | None:
    """Return what something is by its first bytes, None for a page or anything else."""
    if start.startswith(_ZIP):
        return WebKind.ARCHIVE
    if start.startswith(_GZIP):
        # Sitemaps come compressed, and archives of articles as tar.
        inside = b""
        with suppress(zlib.error):
            inside = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(start, START)
        is_tar = inside[_TAR_PLACE : _TAR_PLACE + len(_TAR_MARK)] == _TAR_MARK
        return WebKind.FEED if not is_tar and _is_feed(inside) else WebKind.ARCHIVE
    return WebKind.FEED if _is_feed(start) else None


def _is_feed(start: bytes) -> bool:
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(_UTF_16) or (text[:1] in {b"<", b"{", b"["} and not _PAGE.match(text))


def names_archive(address: Address) -> bool:
    """Whether an address says that it is an archive: by its name, or a folder to be read of it."""
    path = PurePosixPath(address.url.partition("?")[0])
    return bool(address.folder.parts) or path.name.lower().endswith((".zip", ".tar.gz", ".tgz"))


@dataclass(eq=False)
class WebSource(Source):
    """An archive or a feed, whichever answers; a server that is away at first leaves that open.

    `_start` asks for the first bytes; the source of a feed is made where there is one. `_turn` is held while a feed is
    fetched: two of one host ask it one after the other.
    """

    _start: Callable[[ProgressCallback], bytes]
    _archive: Source
    _snapshots: Snapshots
    _make_feed: Callable[[Path], Source]
    _kept: KeptFolder
    _turn: Lock
    _kind: WebKind | None = None
    _is_doubted: bool = False

    @property
    def name(self) -> str:
        """The address without its query."""
        return self._archive.name

    @property
    def kind(self) -> WebKind | None:
        """The kind as far as it is known without asking: by what came from there before."""
        if self._kind is None and not self._is_doubted:
            if not self._snapshots.is_empty:
                self._kind = WebKind.ARCHIVE
            else:
                with suppress(OSError):  # a feed leaves articles beside its own hidden notes
                    if any(not file.name.startswith(".") for file in self._feed_folder.iterdir()):
                        self._kind = WebKind.FEED
        return self._kind

    @property
    def problems(self) -> tuple[SourceProblem, ...]:
        return self._source.problems

    @property
    def copies(self) -> Mapping[str, Copy]:
        return self._source.copies

    @property
    def withdrawn(self) -> Sequence[Removal]:
        return self._source.withdrawn

    @property
    def usual_refresh(self) -> float | None:
        """How often a feed has something new; of an archive nobody knows."""
        return self._source.usual_refresh

    def resolve(self, progress: ProgressCallback = no_progress) -> WebKind:
        """Ask what it is, unless that is known; raise SourceError where it is neither, or nobody answers."""
        kind = self.kind or kind_of(self._start(progress))
        if kind is None:
            raise SourceError("source.neither", url=self.name)
        self._kind, self._is_doubted = kind, False
        return kind

    def fetch(self, progress: ProgressCallback = no_progress, *, force: bool = False) -> Fetched:
        """Fetch as the kind does; raise SourceError."""
        with self._in_turn(progress):
            kind = self.resolve(progress)
        if kind is WebKind.FEED and not self._kept.is_restored:
            # What was gathered before is on its way: to gather it anew would be to ask for all of it again.
            raise self._kept.problem or SourceError("source.unreachable", url=self._kept.shown)
        try:
            if kind is WebKind.ARCHIVE:
                return self._archive.fetch(progress, force=force)
            with self._in_turn(progress):
                return self._feed.fetch(progress, force=force)
        except SourceError as error:
            if error.key in _MISTAKEN:
                self._kind, self._is_doubted = None, True
            raise

    def last_served(self) -> Fetched | None:
        """Return the last that served; None where nothing is left, or its kind is unknown."""
        return self._source.last_served() if self.kind else None

    def note_served(self, version: Version | None) -> None:
        if self.kind:
            self._source.note_served(version)

    @property
    def _source(self) -> Source:
        """The source of its kind; where that is not known, an archive that says nothing."""
        return self._feed if self.kind is WebKind.FEED else self._archive

    @contextmanager
    def _in_turn(self, progress: ProgressCallback) -> Iterator[None]:
        """Wait for other feeds of the host; what `progress` raises ends that."""
        while not self._turn.acquire(timeout=_LOOK_EVERY):
            progress(0, 0)
        try:
            yield
        finally:
            self._turn.release()

    @cached_property
    def _feed(self) -> Source:
        return self._make_feed(self._feed_folder)

    @property
    def _feed_folder(self) -> Path:
        return self._kept.feed(self._snapshots.folder.name)
