"""The embedded engine and the catalogue of titles keep their contracts, wherever the articles are."""

from collections.abc import Sequence

from bot.articles import Article
from bot.edition import make_edition
from bot.retrieval import SearchEngine, TitleIndex
from tests.articles.far_articles import with_far_articles
from tests.retrieval.coverage import ANALYSER
from tests.retrieval.engine_contract import ArticleCatalogueContract, SearchEngineContract


class TestEmbeddedEngine(SearchEngineContract):
    def build(self, articles: Sequence[Article]) -> SearchEngine:
        return make_edition(articles, (), ANALYSER).index


class TestEmbeddedCatalogue(ArticleCatalogueContract):
    def build(self, articles: Sequence[Article]) -> TitleIndex:
        return make_edition(articles, (), ANALYSER).catalogue


class TestCatalogueOfFarArticles(ArticleCatalogueContract):
    def build(self, articles: Sequence[Article]) -> TitleIndex:
        far, _ = with_far_articles(make_edition(articles, (), ANALYSER))
        return far.catalogue
