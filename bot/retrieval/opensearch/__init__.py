"""The search engine on an OpenSearch cluster."""

from bot.retrieval.opensearch.cluster import Cluster, ServerState
from bot.retrieval.opensearch.opensearch_engine import OpenSearchEngine, open_engine
from bot.retrieval.opensearch.publications.publications import Publications
from bot.retrieval.opensearch.publications.published_index import Publication
from bot.retrieval.opensearch.published_articles import PublishedArticles
from bot.retrieval.opensearch.sealed_index import Seal, SealedIndex
