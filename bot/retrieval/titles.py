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
            return self.newest[:limit]
        return [self.newest[number] for number in self._labels.find(text, limit)]

    def choose(self, text: str) -> Article | None:
        """Return the one article that a text names by its title, None where that is none or may be several."""
        number = self._labels.choose(text)
        return None if number is None else self.newest[number]

    @cached_property
    def newest(self) -> list[Article]:
        """All articles, the newest first; those without a date come last."""
        return sorted(self._articles, key=lambda article: article.published or date.min, reverse=True)

    @cached_property
    def _labels(self) -> Labels:
        return Labels([article.title for article in self.newest])


def search_outlets(outlets: Sequence[str], text: str, limit: int) -> list[str]:
    """Return the outlets whose names have most of a text, the best first; an empty text finds all, in their order."""
    distinct = list(dict.fromkeys(outlets))
    if not text.strip():
        return distinct[:limit]
    return [distinct[number] for number in Labels(distinct).find(text, limit)]


def choose_outlet(outlets: Sequence[str], text: str) -> str | None:
    """Return the one outlet that a text names, None where that is none or may be several."""
    distinct = list(dict.fromkeys(outlets))
    number = Labels(distinct).choose(text)
    return None if number is None else distinct[number]
