"""Where articles come from: a directory, an archive on a web server, or an object store."""

from bot.articles.sources.address import SourceKind, read_address
from bot.articles.sources.limits import MEGABYTE, FetchLimits
from bot.articles.sources.safe_paths import error_code
from bot.articles.sources.source import (
    Copy,
    DirectorySource,
    Fetched,
    Source,
    SourceError,
    SourceProblem,
    Version,
    unexpected_error,
)

__all__ = [
    "MEGABYTE",
    "Copy",
    "DirectorySource",
    "FetchLimits",
    "Fetched",
    "Source",
    "SourceError",
    "SourceKind",
    "SourceProblem",
    "Version",
    "error_code",
    "read_address",
    "unexpected_error",
]
