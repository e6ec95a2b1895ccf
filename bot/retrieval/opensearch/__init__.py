"""The search engine on an OpenSearch cluster."""

from bot.retrieval.opensearch.publication import Publication
from bot.retrieval.opensearch.search_errors import (
    IndexGoneError,
    SearchAwayError,
    SearchDeniedError,
    SearchError,
    SearchMissingError,
    SearchUnknownError,
    ServedElsewhereError,
)

__all__ = [
    "IndexGoneError",
    "Publication",
    "SearchAwayError",
    "SearchDeniedError",
    "SearchError",
    "SearchMissingError",
    "SearchUnknownError",
    "ServedElsewhereError",
]
