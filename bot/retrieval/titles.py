"""Articles and outlets by what a person types to choose one of them."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from bot.articles import Article
from bot.retrieval.labels import Labels


class TitleIndex:
    """Finds articles by their titles; indexed when it is first asked."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = articles

    def search(self, text: str, limit: int) -> list[Article]:
        """Return the articles whose titles have most of a text, the best first, of equal ones the newest.

        An empty text finds the newest articles; those without a date come last.
        """
        if not text.strip():
            return self._newest[:limit]
        return [self._newest[number] for number in self._labels.find(text, limit)]

    @cached_property
    def _newest(self) -> list[Article]:
        return sorted(self._articles, key=lambda article: article.published or date.min, reverse=True)

    @cached_property
    def _labels(self) -> Labels:
        return Labels([article.title for article in self._newest])


def search_outlets(outlets: Sequence[str], text: str, limit: int) -> list[str]:
    """Return the outlets whose names have most of a text, the best first; an empty text finds all, in their order."""
    distinct = list(dict.fromkeys(outlets))
    if not text.strip():
        return distinct[:limit]
    return [distinct[number] for number in Labels(distinct).find(text, limit)]
