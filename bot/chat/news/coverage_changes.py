"""What a reload or rollback brought, as the store is told of it: without articles' texts, and without an edition."""

from collections.abc import Sequence

from bot.articles import Article, Articles
from bot.edition import Edition, Reloaded, ReloadOutcome, RolledBack
from bot.records.news import Arrival, CoverageChange
from bot.retrieval import Scope

# Chosen: more than a year of a large newsroom comes only as an archive, of which nobody reads a list.
_MOST = 10_000
# Chosen: so many of the newest articles are looked at after a start, where what served before may not be known.
_MOST_NEWEST = 1000
# Half of a byte a digit: fifteen of them are a positive number in every database.
_DIGITS = 15


def coverage_change(outcome: ReloadOutcome | None, edition: Edition, *, at_start: bool = False) -> CoverageChange:
    """Describe the change to the edition that serves; at a start, with its newest articles.

    Articles that a rollback brings back are no news, and neither are all those of an edition with none before it.
    """
    added: Sequence[Article] = ()
    removed: Sequence[Article] = ()
    serving, before = edition.fingerprint, ""
    if isinstance(outcome, Reloaded | RolledBack) and outcome.before is not None:
        serving, before = outcome.serving.fingerprint, outcome.before
        removed = outcome.changes.removed
        added = outcome.changes.added if isinstance(outcome, Reloaded) else ()
    until = Scope(until=edition.as_of) if edition.as_of else None
    newest = edition.catalogue.search("", _MOST_NEWEST, until) if at_start and until else ()
    return CoverageChange(
        edition=_number(serving),
        before=_number(before) if before else None,
        last_day=edition.as_of.toordinal() if edition.as_of else 0,
        added=_arrivals(added),
        removed=_arrivals(removed),
        newest=_arrivals(newest),
    )


def _arrivals(articles: Sequence[Article]) -> Sequence[Arrival]:
    some = articles[:_MOST]
    return tuple(
        Arrival(article.id, article.title, article.outlet, article.url, article.published)
        for article in (some.headers() if isinstance(some, Articles) else some)
    )


def _number(fingerprint: str) -> int:
    return int(fingerprint[:_DIGITS], 16)
