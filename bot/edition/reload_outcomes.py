"""The five outcomes of a reload or rollback, and the articles that changed between two editions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeAlias

import numpy as np

from bot.articles import Article, Rejection
from bot.articles.sources import SourceProblem
from bot.edition.edition import Edition
from bot.edition.edition_errors import GateError
from bot.edition.source_fetch import Hold


@dataclass(frozen=True, slots=True)
class Changes:
    """The articles added, changed and removed from one edition to the next, and the files rejected in the next.

    `previous` are the changed articles as they were before; `withdrawn` the ids of those removed that sources withdrew.
    """

    added: Sequence[Article] = ()
    changed: Sequence[Article] = ()
    removed: Sequence[Article] = ()
    rejections: tuple[Rejection, ...] = ()
    previous: Sequence[Article] = ()
    withdrawn: frozenset[str] = frozenset()


def compare_editions(old: Edition | None, new: Edition) -> Changes:
    """Compare two editions by the digests of their articles, without reading an article."""
    if old is None:
        return Changes(new.articles.select(np.arange(len(new.articles))), (), (), new.rejections)
    before, after = old.articles.columns, new.articles.columns
    places = np.minimum(np.searchsorted(before.id_digests, after.id_digests), len(before.places) - 1)
    known = before.id_digests[places] == after.id_digests
    same = known & (before.digests[before.places[places]] == after.digests[after.places])
    gone, changed = ~np.isin(before.id_digests, after.id_digests), known & ~same
    order = np.argsort(after.places[changed])
    # What was there before keeps the old edition in memory for as long as anybody holds it.
    removed = old.articles.select(np.sort(before.places[gone])) if gone.any() else ()
    withdrawn = new.kept_out.only(withdrawn=True)
    return Changes(
        added=new.articles.select(np.sort(after.places[~known])),
        changed=new.articles.select(after.places[changed][order]),
        removed=removed,
        rejections=new.rejections,
        previous=old.articles.select(before.places[places[changed]][order]) if changed.any() else (),
        withdrawn=frozenset(one.id for one in removed if withdrawn.has(one.id, one.url)) if withdrawn else frozenset(),
    )


@dataclass(frozen=True, slots=True)
class GoldenOutcome:
    """The number of golden questions that passed, all that were asked; for `unasked` the time was too short."""

    passed: int = 0
    unasked: int = 0

    @property
    def words(self) -> dict[str, Any]:
        """The key and the values of the text that says so."""
        key = "reload.golden_part" if self.unasked else "reload.golden"
        return {"key": key, "count": self.passed, "left": self.unasked}


@dataclass(frozen=True, slots=True)
class EditionFigures:
    """The figures of an edition that an outcome shows.

    `folded` counts the near-duplicates that are shown as one passage; `version` is the source's name of its state;
    `golden` is None where no golden question was asked.
    """

    fingerprint: str
    passages: int
    folded: int
    version: str
    golden: GoldenOutcome | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """The edition that serves now, who asked for it (None: the bot itself), the time, what of the source was amiss.

    `is_followed` where another process decides what serves, and this one follows it.
    """

    serving: EditionFigures
    by: str | None
    problems: tuple[SourceProblem, ...] = ()
    at: datetime = field(default_factory=partial(datetime.now, UTC))
    is_followed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reloaded(_Outcome):
    """A new edition serves, instead of the edition with the fingerprint `before`.

    `failed_gate` is the gate that the edition of a start failed: it serves all the same, since there is no other.
    """

    before: str | None
    changes: Changes
    seconds: float = 0.0
    failed_gate: GateError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged(_Outcome):
    """The source has no news: the edition goes on serving."""

    rejections: tuple[Rejection, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack(_Outcome):
    """The source still has the state that a moderator rolled back from: the edition goes on serving."""

    hold: Hold = Hold.STATE


@dataclass(frozen=True, slots=True, kw_only=True)
class RolledBack(_Outcome):
    """An earlier edition serves again, instead of the edition with the fingerprint `before`."""

    before: str
    changes: Changes
    hold: Hold = Hold.STATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(_Outcome):
    """The edition that served before a restart serves; `failed_gate` is the gate that the source's own failed."""

    failed_gate: GateError | None = None


ReloadOutcome: TypeAlias = Reloaded | Unchanged | HeldBack | RolledBack | Resumed
