"""Where articles come from: a directory, an archive on a web server, or an object store."""

from bot.articles.sources.address import SourceKind, read_address
from bot.articles.sources.limits import MEGABYTE, FetchLimits
from bot.articles.sources.safe_paths import error_code, unexpected_error
from bot.articles.sources.source import Copy, DirectorySource, Fetched, Source, SourceError, SourceProblem, Version
