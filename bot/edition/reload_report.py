"""Reports of reloads and rollbacks, and the articles that changed between two editions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from bot.articles import Article, Rejection
from bot.edition.edition import Edition
from bot.edition.edition_errors import GateError


@dataclass(frozen=True, slots=True)
class Changes:
    """What a reload changed, as articles, and the files it could not read."""

    added: Sequence[Article]
    changed: Sequence[Article]
    removed: Sequence[Article]
    rejections: tuple[Rejection, ...]


def changes(old: Edition | None, new: Edition) -> Changes:
    """Compare two editions by the digests of their articles, without making any of these."""
    everything = np.arange(len(new.articles))
    if old is None:
        return Changes(new.articles.select(everything), (), (), new.rejections)
    before, after = old.articles.columns, new.articles.columns
    places = np.minimum(np.searchsorted(before.id_digests, after.id_digests), len(before.places) - 1)
    known = before.id_digests[places] == after.id_digests
    same = known & (before.digests[before.places[places]] == after.digests[after.places])
    gone = ~np.isin(before.id_digests, after.id_digests)
    return Changes(
        added=new.articles.select(np.sort(after.places[~known])),
        changed=new.articles.select(np.sort(after.places[known & ~same])),
        # What is removed keeps the old edition in memory for as long as anybody holds it.
        removed=old.articles.select(np.sort(before.places[gone])) if gone.any() else (),
        rejections=new.rejections,
    )


@dataclass(frozen=True, slots=True)
class GoldenOutcome:
    """How many golden questions of the corpus passed, which all do where one serves that was tried."""

    passed: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """What changed, the fingerprints `before` and `after`, and what it took; `by` is None where nobody asked for it.

    `unchanged` says that nothing was built; `folded` are the near-duplicates that are shown as one; `version` is what
    the source calls its state. `is_rollback` says that somebody went back to what served before, which builds nothing;
    `held_back` that the source still has what somebody went back from. `gate` is what the edition of a start did not
    pass: it serves all the same, since there is no other, unless `resumed` says that one serves that did so before.
    """

    changes: Changes
    before: str | None
    after: str
    unchanged: bool
    seconds: float
    by: str | None
    at: datetime
    golden: GoldenOutcome | None
    passages: int
    folded: int = 0
    version: str = ""
    held_back: bool = False
    gate: GateError | None = None
    resumed: bool = False
    is_rollback: bool = False
