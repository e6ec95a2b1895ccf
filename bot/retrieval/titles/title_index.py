"""The catalogue of a coverage's articles by title, and its outlets by name, as they are typed."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.articles import Article, Articles, ArticleStore
from bot.retrieval.query import Scope
from bot.retrieval.titles.autocomplete_index import AutocompleteIndex, autocomplete_arrays
from bot.storage import Arrays


class TitleIndex:
    """The catalogue of a store's articles, listed the newest first, found by title; safe from any thread."""

    def __init__(self, arrays: Arrays, articles: ArticleStore) -> None:
        """Read the arrays that `title_arrays` made of the same articles."""
        self._articles = articles
        self.newest = newest = articles.select(newest_first(articles.columns.days))
        """All articles, the newest first; those without a date come last."""
        # Not by a method, which would hold an edition that serves no more until garbage is collected.
        self._titles = AutocompleteIndex(lambda places: list(newest.select(places).titles()), len(articles), arrays)

    def __len__(self) -> int:
        return len(self._articles)

    def by_title(self, typed: str) -> Article | None:
        """Return the one article that a text names by its title, None where that is none or may be several."""
        number = self._titles.choose(typed)
        return None if number is None else self.newest[number]

    def search(self, typed: str, limit: int, scope: Scope | None = None) -> Articles:
        """Return the articles in scope that match most of a title, best first, then newest; of no title all match."""
        if scope is not None:
            return self.search(typed, len(self)).where(scope.mask(self._articles))[:limit]
        if not typed.strip():
            return self.newest[:limit]
        found: Articles = self.newest.select(self._titles.find(typed, limit))
        return found


def title_arrays(articles: ArticleStore) -> dict[str, NDArray[Any]]:
    return autocomplete_arrays(articles.select(newest_first(articles.columns.days)).titles())


def newest_first(days: NDArray[np.integer]) -> NDArray[np.integer]:
    """Return the numbers of all articles, given their days, the newest first; those without a date come last."""
    return np.argsort(-days.astype(np.int64), kind="stable")


def search_outlets(outlets: Sequence[str], text: str, limit: int) -> list[str]:
    """Return the outlets whose names match most of a text, the best first; an empty text finds all, in their order."""
    distinct = list(dict.fromkeys(outlets))
    if not text.strip():
        return distinct[:limit]
    return [distinct[number] for number in AutocompleteIndex.of(distinct).find(text, limit)]


def choose_outlet(outlets: Sequence[str], text: str) -> str | None:
    """Return the one outlet that a text names, None where that is none or may be several."""
    distinct = list(dict.fromkeys(outlets))
    number = AutocompleteIndex.of(distinct).choose(text)
    return None if number is None else distinct[number]
