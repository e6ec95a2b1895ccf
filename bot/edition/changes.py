"""What one edition has that another one has not."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.articles import Article, Rejection
from bot.edition.edition import Edition


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
        return Changes(new.articles.some(everything), (), (), new.rejections)
    before, after = old.articles.columns, new.articles.columns
    places = np.minimum(np.searchsorted(before.id_digests, after.id_digests), len(before.places) - 1)
    known = before.id_digests[places] == after.id_digests
    same = known & (before.digests[before.places[places]] == after.digests[after.places])
    gone = ~np.isin(before.id_digests, after.id_digests)
    return Changes(
        added=new.articles.some(np.sort(after.places[~known])),
        changed=new.articles.some(np.sort(after.places[known & ~same])),
        # What is removed keeps the old edition in memory for as long as anybody holds it.
        removed=old.articles.some(np.sort(before.places[gone])) if gone.any() else (),
        rejections=new.rejections,
    )
