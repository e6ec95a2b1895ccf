"""The part of the coverage that a question is put to."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bot.articles import Article, ArticleTable, outlet_key


@dataclass(frozen=True, slots=True)
class Scope:
    """Articles from one day to another, both included, of one outlet, however it is spelled; None sets no bound."""

    since: date | None = None
    until: date | None = None
    outlet: str | None = None

    def includes(self, article: Article) -> bool:
        """Tell whether an article is in scope; one without a date is in none that has a first or a last day."""
        return self._includes_day(article.published) and self._includes_outlet(article.outlet)

    def among(self, articles: ArticleTable) -> NDArray[np.bool_]:
        """Tell of each article, by its number, whether it is in scope, without making any of them."""
        days, outlets = articles.columns.days, articles.columns.outlets
        included = np.ones(len(articles), dtype=np.bool_)
        if self.since is not None:
            included &= days >= self.since.toordinal()
        if self.until is not None:
            included &= (days > 0) & (days <= self.until.toordinal())
        if self.outlet is not None:
            key, names = outlet_key(self.outlet), articles.outlet_names
            included &= np.isin(outlets, [label for label, name in names.items() if outlet_key(name) == key])
        return included

    def _includes_day(self, day: date | None) -> bool:
        if day is None:
            return self.since is None and self.until is None
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    def _includes_outlet(self, outlet: str | None) -> bool:
        if self.outlet is None:
            return True
        return outlet is not None and outlet_key(outlet) == outlet_key(self.outlet)
