"""CORPUS_URL parsed: a path, or a URL and the folder behind its # that holds the articles."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path, PurePosixPath
from urllib.parse import SplitResult, unquote, urlsplit

from bot.articles.sources.safe_paths import for_display, safe_path
from bot.articles.sources.source import SourceError

STORES = frozenset({"s3", "gs", "gcs", "az", "abfs", "abfss", "sftp"})
"""Schemes that fsspec opens; what each needs is in the extra `stores`."""


class SourceKind(Enum):
    """Kinds of sources."""

    LOCAL = "local"
    ARCHIVE = "archive"
    STORE = "store"


@dataclass(frozen=True, slots=True)
class Address:
    """An address of articles. `url` comes without the folder, `shown` without secrets."""

    kind: SourceKind
    url: str
    folder: PurePosixPath
    shown: str

    @property
    def path(self) -> Path:
        """The directory or file of a local address; of another kind, a path that leads nowhere."""
        is_file_url = self.kind is SourceKind.LOCAL and "://" in self.url
        return Path(unquote(urlsplit(self.url).path)) if is_file_url else Path(self.url)


def read_address(url: str, *, allow_private: bool = False) -> Address:
    """Read an address; raise SourceError where it is of no use."""
    if "://" not in url:
        return Address(SourceKind.LOCAL, url, PurePosixPath(), url)
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise SourceError("source.bad_address") from error
    if parts.scheme == "file":
        return Address(SourceKind.LOCAL, url, PurePosixPath(), url)
    kind = SourceKind.STORE if parts.scheme in STORES else SourceKind.ARCHIVE
    if kind is SourceKind.ARCHIVE and parts.scheme not in {"http", "https"}:
        raise SourceError("source.scheme", scheme=parts.scheme)
    if kind is SourceKind.ARCHIVE and parts.scheme == "http" and not allow_private:
        raise SourceError("source.insecure", url=shown_url(parts))
    if parts.password is not None or (kind is SourceKind.ARCHIVE and parts.username is not None):
        raise SourceError("source.credentials")
    try:
        # The network has no words for a name with an empty label, or with a label that is too long.
        is_host = bool(parts.hostname) and (kind is SourceKind.STORE or bool((parts.hostname or "").encode("idna")))
        folder = safe_path(unquote(parts.fragment).strip("/"))
    except (UnicodeError, SourceError) as error:
        raise SourceError("source.bad_address") from error
    if not is_host:
        raise SourceError("source.bad_address")
    return Address(kind, parts._replace(fragment="").geturl(), folder, shown_url(parts))


def shown_url(parts: SplitResult) -> str:
    """Write a URL without its user and its query, which may be secret."""
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def with_folder(url: str, folder: PurePosixPath) -> str:
    """Write a shown address with the folder that is read of what it names."""
    return f"{url}#{for_display(folder.as_posix())}" if folder.parts else url
