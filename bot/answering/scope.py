"""The part of the coverage that a question is put to."""

from dataclasses import dataclass
from datetime import date

from bot.articles import Article, outlet_key


@dataclass(frozen=True, slots=True)
class Scope:
    """Articles from one day to another, both included, of one outlet, however it is spelled; None sets no bound."""

    since: date | None = None
    until: date | None = None
    outlet: str | None = None

    def includes(self, article: Article) -> bool:
        """Tell whether an article is in scope; one without a date is in none that has a first or a last day."""
        return self._includes_day(article.published) and self._includes_outlet(article.outlet)

    def _includes_day(self, day: date | None) -> bool:
        if day is None:
            return self.since is None and self.until is None
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    def _includes_outlet(self, outlet: str | None) -> bool:
        if self.outlet is None:
            return True
        return outlet is not None and outlet_key(outlet) == outlet_key(self.outlet)
