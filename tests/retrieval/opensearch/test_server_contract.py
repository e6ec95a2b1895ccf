"""The engine keeps the contracts on a real server."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.articles import Article, ArticleStore
from bot.edition import make_edition
from bot.retrieval import SearchEngine, TitleIndex
from bot.retrieval.opensearch import Cluster, Publications, SealedIndex, open_engine
from bot.storage import strip_prefix
from tests.articles.store_contract import ArticleStoreContract
from tests.opensearch_server.cluster import OpenSearchCluster
from tests.retrieval.coverage import ANALYSER
from tests.retrieval.engine_contract import ArticleCatalogueContract, SearchEngineContract


class _OnServer:
    """Publishes what a contract builds."""

    @pytest.fixture(autouse=True)
    def _on_server(self, opensearch: OpenSearchCluster, tmp_path: Path) -> Iterator[None]:
        with opensearch.prefix() as prefix:
            self.cluster = Cluster(opensearch.addresses, seconds=30)
            self.prefix, self.folder = prefix, tmp_path
            yield
            self.cluster.close()

    def open(self, articles: Sequence[Article]) -> tuple[SearchEngine, TitleIndex, ArticleStore]:
        edition = make_edition(articles, (), ANALYSER)
        publications = Publications(self.cluster, self.prefix, "0" * 32, self.folder)
        published = publications.publish(edition.arrays, edition.facts, {})
        arrays, facts = publications.fetch_side_file(published)
        engine, stored = open_engine(SealedIndex(self.cluster, published.seals), arrays, facts, ANALYSER)
        return engine, TitleIndex(strip_prefix(arrays, "titles"), stored), stored


class TestEngineOnServer(_OnServer, SearchEngineContract):
    def build(self, articles: Sequence[Article]) -> SearchEngine:
        return self.open(articles)[0]


class TestCatalogueOnServer(_OnServer, ArticleCatalogueContract):
    def build(self, articles: Sequence[Article]) -> TitleIndex:
        return self.open(articles)[1]


class TestArticlesOnServer(_OnServer, ArticleStoreContract):
    def build(self, articles: Sequence[Article]) -> ArticleStore:
        return self.open(articles)[2]
