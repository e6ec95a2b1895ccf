"""The search engine on an OpenSearch cluster."""

from bot.retrieval.opensearch.publication import Publication
from bot.retrieval.opensearch.publications import Publications
from bot.retrieval.opensearch.search_errors import (
    IncompleteIndexError,
    IndexBlockedError,
    IndexGoneError,
    SearchAwayError,
    SearchDeniedError,
    SearchError,
    SearchMissingError,
    SearchUnknownError,
    ServedElsewhereError,
)

__all__ = [
    "IncompleteIndexError",
    "IndexBlockedError",
    "IndexGoneError",
    "Publication",
    "Publications",
    "SearchAwayError",
    "SearchDeniedError",
    "SearchError",
    "SearchMissingError",
    "SearchUnknownError",
    "ServedElsewhereError",
]
