"""The rhythm of sources, by the days of their articles: how long they may be silent, or fail, before it is unusual."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.articles import ArticleStore, Origin, Origins
from bot.articles.article_store import NONE
from bot.errors import TextError
from bot.retrieval import Scope

_DAY = 24 * 3600.0

# Chosen, together, on made-up rhythms with holidays: whoever publishes is called silent less than once a year, but for
# a pause of weeks. Twice a 95th percentile would call daily papers silent at each feast.
_PERCENTILE, _TIMES, _FEWEST_DAYS = 95, 3, 5
# Of what has fewer gaps nobody knows a rhythm; older ones may be of another rhythm.
_FEWEST_GAPS, _MOST_GAPS = 10, 200
# Chosen: who publishes in bursts, or months apart, has no rhythm that silence could break.
_MOST_UNEVEN, _MOST_DAYS = 5, 120

# Chosen: articles that would have come meanwhile. A site that is repaired is back within two hours, and whatever a
# source publishes, a day without an answer is no pause of a server.
_MISSED, _FIRST_PATIENCE, _LONGEST_PATIENCE = 3, 2 * 3600.0, _DAY
# Of a source without days, such as a store: a quarter of a day.
_USUAL_PATIENCE = 6 * 3600.0
# Of one that never gave anything: two more tries. Somebody has just written its address down.
_NEW_PATIENCE = 1800.0

_MOST_OUTLETS, _NEWEST = 200, 30


@dataclass(frozen=True, slots=True)
class StaleOutlet:
    """An outlet that is silent for longer than it usually is: the day of its newest article."""

    outlet: str
    newest: date


@dataclass(frozen=True, slots=True)
class FailingSource:
    """A source that cannot be had since a time, in seconds since 1970, and why; `is_new` where it never gave any."""

    source: Path | str
    since: int
    error: TextError | None = None
    is_new: bool = False

    @property
    def moment(self) -> datetime:
        return datetime.fromtimestamp(self.since, UTC)


@dataclass(frozen=True, slots=True)
class SourceRhythms:
    """Rhythms of the sources of an edition, by its newest articles.

    `living` are the outlets that feeds bring articles of; `gaps` the usual seconds from one article to the next, by how
    sources are shown.
    """

    living: frozenset[str] = frozenset()
    gaps: Mapping[Path | str, float] | None = None

    def patience(self, source: Path | str, *, is_new: bool) -> float:
        """Return the seconds for which a source may fail before it is ill."""
        if is_new:
            return _NEW_PATIENCE
        gap = (self.gaps or {}).get(source)
        if gap is None:
            return _USUAL_PATIENCE
        return min(max(_MISSED * gap, _FIRST_PATIENCE), _LONGEST_PATIENCE)


def source_rhythms(
    articles: ArticleStore, outlets: Collection[str], origins: Mapping[Path | str, Origin], today: date
) -> SourceRhythms:
    """Look at the newest articles of each outlet, those that have most articles: of which source they are, and when."""
    by_folder, shown = Origins(origins.values()), {origin.folder: source for source, origin in origins.items()}
    living, days = set[str](), dict[Path | str, list[int]]()
    labels = articles.columns.outlets
    masks = {name: Scope(outlet=name).mask(articles) for name in list(outlets)[:_MOST_OUTLETS]}
    for outlet, mask in {**masks, "": labels == NONE}.items():
        for article_id, day in _newest(articles, mask, today):
            origin = by_folder.of(article_id)
            if origin.is_feed and outlet:
                living.add(outlet)
            if (source := shown.get(origin.folder)) is not None:
                days.setdefault(source, []).append(day)
    gaps = {source: gap for source, found in days.items() if (gap := _usual_gap(found)) is not None}
    return SourceRhythms(frozenset(living), gaps)


def _newest(articles: ArticleStore, mask: NDArray[np.bool_], today: date) -> Iterator[tuple[str, int]]:
    """Yield the ids and days of the newest articles of a mask that have a day, but for days to come."""
    days = articles.columns.days
    numbers = np.flatnonzero(mask & (days > 0) & (days <= today.toordinal()))
    newest = numbers[np.argsort(days[numbers], kind="stable")[-_NEWEST:]].tolist()
    for article, number in zip(articles.headers(newest), newest, strict=True):
        yield article.id, int(days[number])


def _usual_gap(days: Collection[int]) -> float | None:
    """Return the usual seconds from one article to the next; None where all are of one day."""
    each, counts = np.unique(np.asarray(days), return_counts=True)
    return float(np.median(np.diff(each)) / np.median(counts)) * _DAY if len(each) > 1 else None


def stale_outlets(articles: ArticleStore, living: Collection[str], today: date) -> tuple[StaleOutlet, ...]:
    """Return the outlets among the living ones that are silent for longer than their rhythm allows, by name."""
    found = list[StaleOutlet]()
    for outlet in sorted(living):
        days = articles.columns.days[Scope(outlet=outlet).mask(articles)]
        days = np.unique(days[(days > 0) & (days <= today.toordinal())])
        allowed = longest_silence(days)
        if allowed is not None and today.toordinal() - int(days[-1]) > allowed:
            found.append(StaleOutlet(outlet, date.fromordinal(int(days[-1]))))
    return tuple(found)


def longest_silence(days: NDArray[np.integer]) -> float | None:
    """Return for how many days whoever published on these days, distinct and in order, may be silent; None if unknown.

    That is three times the 95th percentile of the gaps between them.
    """
    gaps = np.diff(days)[-_MOST_GAPS:]
    if len(gaps) < _FEWEST_GAPS:
        return None
    longest = float(np.percentile(gaps, _PERCENTILE, method="lower"))
    allowed = max(_TIMES * longest, float(_FEWEST_DAYS))
    is_even = longest <= _MOST_UNEVEN * float(np.median(gaps))
    return allowed if is_even and allowed <= _MOST_DAYS else None
