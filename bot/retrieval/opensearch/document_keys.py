"""The keys of documents, which sort articles and passages as the corpus does, and stay when other articles change."""

import numpy as np

from bot.storage import IntArray

GAP = 1 << 32
"""Between the keys of two articles of a base, with room for the keys of passages, and for articles that come later."""


class DocumentKeys:
    """The keys of the articles of an edition, (articles,) in order; an article's passages count on from its own.

    `firsts` (articles + 1,) has the number of each article's first passage, and behind them the number of passages.
    """

    def __init__(self, articles: IntArray, firsts: IntArray) -> None:
        self.articles = articles
        self._firsts = firsts

    def articles_of(self, passages: IntArray) -> IntArray:
        """Return the numbers of the articles of (n,) passages, (n,)."""
        return np.searchsorted(self._firsts, passages, "right") - 1

    def of_passages(self, passages: IntArray) -> IntArray:
        """Return the keys of (n,) passages, (n,)."""
        articles = self.articles_of(passages)
        return self.articles[articles] + (passages - self._firsts[articles])

    def passages(self, keys: IntArray) -> IntArray:
        """Return the numbers of the passages with (n,) keys, (n,), -1 where the edition has none."""
        articles = np.searchsorted(self.articles, keys, "right") - 1
        numbers = self._firsts[articles] + (keys - self.articles[articles])
        return np.where((articles >= 0) & (numbers < self._firsts[articles + 1]), numbers, -1)

    def has_article(self, key: int) -> bool:
        """Whether the edition has an article with a key."""
        return bool(np.searchsorted(self.articles, key, "right") > np.searchsorted(self.articles, key))
