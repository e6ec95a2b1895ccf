"""The search engine on an OpenSearch cluster."""

from bot.retrieval.opensearch.search_errors import (
    IndexGoneError,
    SearchAwayError,
    SearchDeniedError,
    SearchError,
    SearchMissingError,
    SearchUnknownError,
)

__all__ = [
    "IndexGoneError",
    "SearchAwayError",
    "SearchDeniedError",
    "SearchError",
    "SearchMissingError",
    "SearchUnknownError",
]
