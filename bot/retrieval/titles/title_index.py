"""Articles and outlets by what a person types to choose one of them."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.articles import Article, Articles, ArticleTable, count_languages, count_months, count_outlets
from bot.retrieval.query import Scope
from bot.retrieval.titles.label_index import AutocompleteIndex, autocomplete_arrays
from bot.storage import Arrays


class TitleIndex:
    """The embedded catalogue: the articles of a table, listed the newest first and found by their titles."""

    def __init__(self, arrays: Arrays, articles: ArticleTable) -> None:
        """Take what `title_arrays` made of the same articles."""
        self._articles = articles
        self.newest = articles.select(newest_first(articles))
        """All articles, the newest first; those without a date come last."""
        self._labels = AutocompleteIndex(self.newest.title, len(articles), arrays)

    def __len__(self) -> int:
        return len(self._articles)

    @property
    def first_day(self) -> date | None:
        """The first day of publication, None where no article has one."""
        return self._articles.first_day

    def count(self, scope: Scope) -> int:
        """Return how many articles are in scope."""
        return int(np.count_nonzero(scope.mask(self._articles)))

    def newer_than(self, article: Article) -> int:
        """Return how many articles are listed before one; raise ValueError where the article is of another table."""
        return self.newest.position(article.id)

    def by_id(self, name: str) -> Article | None:
        """Return the article with an id."""
        return self._articles.get(name)

    def by_digest(self, start: bytes) -> Iterator[Article]:
        """Yield the articles the digests of whose ids begin with some bytes."""
        return self._articles.with_digest(start)

    def by_title(self, typed: str) -> Article | None:
        """Return the one article that a text names by its title, None where that is none or may be several."""
        number = self._labels.choose(typed)
        return None if number is None else self.newest[number]

    def search(self, typed: str, limit: int, scope: Scope | None = None) -> Articles:
        """Return the articles in scope whose titles have most of a text, the best first, of equal ones the newest.

        An empty text finds the newest articles; those without a date come last.
        """
        if scope is not None:
            return self.search(typed, len(self)).where(scope.mask(self._articles))[:limit]
        if not typed.strip():
            return self.newest[:limit]
        return self.newest.select(self._labels.find(typed, limit))

    def count_outlets(self) -> list[tuple[str, int]]:
        """Count the articles of each outlet, that of the most articles first."""
        return count_outlets(self._articles)

    def count_months(self) -> list[tuple[date, int]]:
        """Count the articles of each month by its first day, the newest first."""
        return count_months(self._articles)

    def count_languages(self) -> list[tuple[str | None, int]]:
        """Count the articles in each language, that of the most first."""
        return count_languages(self._articles)


def title_arrays(articles: ArticleTable) -> dict[str, NDArray[Any]]:
    """Return what the `TitleIndex` of a table is made of."""
    newest = articles.select(newest_first(articles))
    return autocomplete_arrays(map(newest.title, range(len(newest))))


def newest_first(articles: ArticleTable) -> NDArray[np.integer]:
    """Return the numbers of all articles, the newest first; those without a date come last."""
    return np.argsort(-articles.columns.days.astype(np.int64), kind="stable")


def search_outlets(outlets: Sequence[str], text: str, limit: int) -> list[str]:
    """Return the outlets whose names have most of a text, the best first; an empty text finds all, in their order."""
    distinct = list(dict.fromkeys(outlets))
    if not text.strip():
        return distinct[:limit]
    return [distinct[number] for number in AutocompleteIndex.of(distinct).find(text, limit)]


def choose_outlet(outlets: Sequence[str], text: str) -> str | None:
    """Return the one outlet that a text names, None where that is none or may be several."""
    distinct = list(dict.fromkeys(outlets))
    number = AutocompleteIndex.of(distinct).choose(text)
    return None if number is None else distinct[number]
