"""Where articles come from: a directory, an archive on a web server, an object store."""

from bot.articles.sources.address import Kind, read_address
from bot.articles.sources.factory import source_of
from bot.articles.sources.safe_paths import error_code
from bot.articles.sources.source import (
    DirectorySource,
    Fetched,
    Source,
    SourceError,
    Version,
    unforeseen,
)

__all__ = [
    "DirectorySource",
    "Fetched",
    "Kind",
    "Source",
    "SourceError",
    "Version",
    "error_code",
    "read_address",
    "source_of",
    "unforeseen",
]
