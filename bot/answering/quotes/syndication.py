"""Where else the words of a quote stand: outlets print what agencies send them."""

import re
from collections.abc import Iterable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bot.answering.answer import OtherSource, Scope
from bot.answering.quotes.sentence_selection import Selection
from bot.articles import outlet_key
from bot.edition import Edition
from bot.storage import IntArray

_MOST = 3
# Of what stands in more articles than this, such as a formula, the others are not looked at.
_MOST_READ = 16


class Syndication:
    """Finds the words of quotes in other articles of an edition, or of its part in scope."""

    def __init__(self, edition: Edition, scope: Scope | None) -> None:
        self._edition = edition
        self._scope = scope

    def other_sources(self, selection: Selection) -> tuple[OtherSource, ...]:
        """Name up to three other articles that have a selection word for word, those of other outlets first."""
        twins = self._edition.near_duplicates[selection.candidate.number]
        if not len(twins):
            return ()
        # Not within a word: a proclitic would make it another one.
        words = re.compile(rf"(?<!\S){re.escape(selection.text)}(?!\S)")
        own = selection.candidate.article_number
        articles = dict[int, OtherSource]()
        for twin in self._likeliest(twins, own):
            passage = self._edition.index.passages[twin]
            if found := words.search(passage.text):
                article = int(self._edition.index.article_numbers[twin])
                articles.setdefault(article, OtherSource(passage.article, passage.paragraph, *found.span()))
        return tuple(articles[article] for article in self._varied(articles, own)[:_MOST])

    def _likeliest(self, twins: IntArray, own: int) -> list[int]:
        """Choose twins of other articles in scope, those of other outlets first."""
        articles = self._edition.index.article_numbers[twins]
        others = self._included[articles] & (articles != own)
        outlets = self._edition.articles.columns.outlets[articles[others]]
        names = self._edition.articles.outlet_names.items()
        foreign = [label for label, name in names if outlet_key(name) != self._outlet(own)]
        order = np.argsort(~np.isin(outlets, foreign), kind="stable")
        return [int(twin) for twin in twins[others][order[:_MOST_READ]]]

    def _varied(self, articles: Iterable[int], own: int) -> list[int]:
        """Put the first article of each other outlet before what else there is."""
        named, first, again = {self._outlet(own), None}, list[int](), list[int]()
        for article in articles:
            outlet = self._outlet(article)
            (again if outlet in named else first).append(article)
            named.add(outlet)
        return first + again

    def _outlet(self, article: int) -> str | None:
        """Return what all spellings of an article's outlet have in common, None where it is not known."""
        table = self._edition.articles
        name = table.outlet_names.get(int(table.columns.outlets[article]))
        return None if name is None else outlet_key(name)

    @cached_property
    def _included(self) -> NDArray[np.bool_]:
        return (self._scope or Scope()).among(self._edition.articles)
