"""The protocol of sources, their errors, and the simplest source: a directory of this machine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from bot.articles.corpus import ProgressCallback, no_progress
from bot.articles.origins import Origin
from bot.articles.removals import Removal
from bot.errors import TextError

_LONGEST = 1024  # characters of a server's word that are sent back


@dataclass(frozen=True, slots=True)
class Version:
    """Identifiers of a state of a source, as far as the source gives any.

    `etag` and `modified` are a server's own words, to be sent back to it; `revision` is the commit that an archive
    was made from; `digest` is that of the bytes, or of a store's listing.
    """

    etag: str | None = None
    modified: str | None = None
    revision: str | None = None
    digest: str | None = None

    @property
    def label(self) -> str:
        """The version as it is shown to people: the commit, or else what comes nearest to one."""
        if self.revision is not None:
            return self.revision[:12]
        return self.modified or (self.digest or "")[:12] or self.etag or ""

    @property
    def conditions(self) -> dict[str, str]:
        """The headers that ask a server for nothing if nothing is new, of its words that may be sent back."""
        headers = {"If-None-Match": self.etag or "", "If-Modified-Since": self.modified or ""}
        return {
            name: value
            for name, value in headers.items()
            if value.isascii() and value.isprintable() and 0 < len(value) <= _LONGEST
        }


NO_VERSION = Version()


@dataclass(frozen=True, slots=True)
class Fetched:
    """A directory or file to read articles from.

    `path` is that of the last fetch where nothing is new since; `version` is None where a source has none, as a
    directory has.
    """

    path: Path
    version: Version | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """When an article came to a source and its text became what it is, Unix times, and 0 where nobody knows.

    `stamp` is the source's own word of its last change; `is_own` of a text that a feed carries, and no page gave.
    """

    came: int = 0
    changed: int = 0
    stamp: int = 0
    is_own: bool = False


class SourceError(TextError):
    """Why articles could not be fetched; never a token or a signed address."""


@dataclass(frozen=True, slots=True)
class SourceProblem:
    """What went wrong in a fetch that gave articles all the same: of which source, and why.

    `source` is a path of this machine, or an address without what is secret in it; `is_away` where nothing of the
    source could be had, so that its last good articles stay, and `is_new` where it never gave any.
    """

    source: Path | str
    error: TextError
    is_away: bool = False
    is_new: bool = False

    def __str__(self) -> str:
        """Write it as the log has it."""
        return f"{self.source}: {self.error}"


class Source(Protocol):
    """Where articles come from. The methods block: a reload calls them in a worker thread.

    A class with this base answers, where it does not say otherwise, as a source behind a network that keeps nothing.
    """

    @property
    def name(self) -> str:
        """The source as it may be shown: without credentials and without the query of its address."""

    @property
    def shown(self) -> Path | str:
        """The source as it may be shown to members: a Path of this machine, of which only the end is shown."""
        return self.name

    def fetch(self, progress: ProgressCallback = no_progress, *, force: bool = False) -> Fetched:
        """Bring the newest articles here and say where they lie; raise SourceError where that fails.

        `progress` is called with how much is here, and how much there is; 0 where nobody knows. `force` does not wait
        where the source is left alone for a while.
        """

    def last_served(self) -> Fetched | None:
        """Return the last that served, to be served again while the source is away; None where nothing is left."""
        return None

    def note_served(self, version: Version | None) -> None:
        """Note that this version serves now, and that newer ones were rolled back."""
        del version

    @property
    def is_local(self) -> bool:
        """Whether it is on this machine, so that to fetch takes no time."""
        return False

    @property
    def problems(self) -> tuple[SourceProblem, ...]:
        """What is wrong although the last fetch gave articles; it is tried again at the next."""
        return ()

    @property
    def copies(self) -> Mapping[str, Copy]:
        """What is known of the age of articles that may be another source's too, by the names of their files."""
        return MappingProxyType({})

    @property
    def withdrawn(self) -> Sequence[Removal]:
        """The articles that the source gave and withdrew."""
        return ()

    @property
    def usual_refresh(self) -> float | None:
        """Seconds after which it usually has news, None where nobody knows."""
        return None

    @property
    def origins(self) -> Mapping[Path | str, Origin]:
        """The folders of several sources in the whole, by how each is shown."""
        return {}


class DirectorySource(Source):
    """A directory or file. Nothing is copied or blocked; what is wrong with it, the readers of articles say."""

    is_local = True

    def __init__(self, path: Path) -> None:
        self._path = path
        self.parts: tuple[Path | str, ...] = (path,)

    @property
    def name(self) -> str:
        return str(self._path)

    @property
    def shown(self) -> Path:
        return self._path

    def fetch(self, progress: ProgressCallback = no_progress, *, force: bool = False) -> Fetched:
        """Give the path, which is always as new as can be."""
        del progress, force
        return Fetched(self._path)
