"""Where articles come from: a directory, an archive on a web server, an object store."""

from bot.articles.sources.address import Kind, read_address
from bot.articles.sources.directory import DirectorySource
from bot.articles.sources.disk import error_code
from bot.articles.sources.errors import SourceError, unforeseen
from bot.articles.sources.factory import source_of
from bot.articles.sources.source import Advance, Fetched, Source, Version

__all__ = [
    "Advance",
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
