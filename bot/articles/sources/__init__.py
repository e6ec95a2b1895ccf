"""Where articles come from: a directory, an archive or feed on a web server, an object store, or several of them."""

from bot.articles.sources.address import SourceKind, read_address
from bot.articles.sources.combined.kept_folder import KeptFolder
from bot.articles.sources.combined.source_entries import SourceEntryError, read_entries
from bot.articles.sources.factory import CorpusLocation, kept_folder, source_of
from bot.articles.sources.limits import MEGABYTE, FetchLimits
from bot.articles.sources.safe_paths import error_code
from bot.articles.sources.source import (
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
    "CorpusLocation",
    "DirectorySource",
    "FetchLimits",
    "Fetched",
    "KeptFolder",
    "ProgressCallback",
    "Source",
    "SourceEntryError",
    "SourceError",
    "SourceKind",
    "SourceProblem",
    "Version",
    "error_code",
    "kept_folder",
    "read_address",
    "read_entries",
    "source_of",
    "unexpected_error",
]
