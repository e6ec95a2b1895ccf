"""Articles and outlets by what a person types to choose one of them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.articles import Article, Articles, ArticleTable
from bot.retrieval.titles.label_index import AutocompleteIndex, autocomplete_arrays
from bot.storage import Arrays


class TitleIndex:
    """Finds the articles of a table by their titles."""

    def __init__(self, arrays: Arrays, articles: ArticleTable) -> None:
        """Take what `title_arrays` made of the same articles."""
        self.newest = articles.select(newest_first(articles))
        """All articles, the newest first; those without a date come last."""
        self._labels = AutocompleteIndex(self.newest.title, len(articles), arrays)

    def search(self, text: str, limit: int) -> Articles:
        """Return the articles whose titles have most of a text, the best first, of equal ones the newest.

        An empty text finds the newest articles; those without a date come last.
        """
        if not text.strip():
            return self.newest[:limit]
        return self.newest.select(self._labels.find(text, limit))

    def choose(self, text: str) -> Article | None:
        """Return the one article that a text names by its title, None where that is none or may be several."""
        number = self._labels.choose(text)
        return None if number is None else self.newest[number]


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
