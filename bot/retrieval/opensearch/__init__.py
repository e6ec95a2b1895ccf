"""The search engine on an OpenSearch cluster."""

from bot.retrieval.opensearch.cluster import Cluster, SearchRequestError, ServerState
from bot.retrieval.opensearch.engine import OpenSearchEngine, open_engine
from bot.retrieval.opensearch.published_articles import PublishedArticles
from bot.retrieval.opensearch.search_errors import (
    IndexGoneError,
    SearchAwayError,
    SearchDeniedError,
    SearchError,
    SearchMissingError,
    SearchUnknownError,
)

__all__ = [
    "Cluster",
    "IndexGoneError",
    "OpenSearchEngine",
    "PublishedArticles",
    "SearchAwayError",
    "SearchDeniedError",
    "SearchError",
    "SearchMissingError",
    "SearchRequestError",
    "SearchUnknownError",
    "ServerState",
    "open_engine",
]
