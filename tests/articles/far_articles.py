"""A store of articles that counts how often it reads, as one must that fetches them over a network."""

from collections.abc import Sequence
from dataclasses import replace

from bot.articles import Article, ArticleStore, ArticleTable
from bot.edition import Edition
from bot.retrieval import TitleIndex
from bot.storage import Arrays, strip_prefix


class FarArticles(ArticleStore):
    """The articles of a table, with nothing at hand but the columns; `batches` are the numbers read, batch by batch."""

    def __init__(self, arrays: Arrays) -> None:
        self._table = ArticleTable(arrays)
        self.batches: list[list[int]] = []
        super().__init__(self._table.columns, self._table._labels)

    def _load(self, numbers: Sequence[int]) -> list[Article]:
        self.batches.append(list(numbers))
        return self._table.read(numbers)

    def with_text(self, texts: Sequence[str]) -> list[Article]:
        return self._table.with_text(texts)

    def with_link(self, link: str) -> list[Article]:
        return self._table.with_link(link)


def with_far_articles(edition: Edition) -> tuple[Edition, FarArticles]:
    """Return an edition with its articles and titles elsewhere, and the store that counts."""
    far = FarArticles(strip_prefix(edition.arrays, "articles"))
    return replace(edition, articles=far, catalogue=TitleIndex(strip_prefix(edition.arrays, "titles"), far)), far
