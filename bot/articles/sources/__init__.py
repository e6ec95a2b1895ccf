"""Where articles come from: a directory, an archive on a web server, an object store."""

from bot.articles.sources.address import SourceKind, read_address
from bot.articles.sources.factory import CorpusLocation, kept_folder, source_of
from bot.articles.sources.kept_folder import KeptFolder
from bot.articles.sources.limits import MEGABYTE, FetchLimits
from bot.articles.sources.safe_paths import error_code
from bot.articles.sources.source import (
    DirectorySource,
    Fetched,
    Source,
    SourceError,
    Version,
    unexpected_error,
)

__all__ = [
    "MEGABYTE",
    "CorpusLocation",
    "DirectorySource",
    "FetchLimits",
    "Fetched",
    "KeptFolder",
    "ProgressCallback",
    "Source",
    "SourceError",
    "SourceKind",
    "Version",
    "error_code",
    "kept_folder",
    "read_address",
    "source_of",
    "unexpected_error",
]
