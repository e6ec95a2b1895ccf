"""Puts inverted rows together: for each key its members, in order."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.storage import Numbers, Ragged, ends

GONE = -1
"""The new number of what is there no more."""


@dataclass(frozen=True, slots=True)
class Inverted:
    """Rows of members by key, and the new numbers of keys and members, both in order but for those that are gone."""

    rows: Ragged
    keys: Numbers
    members: Numbers

    def pairs(self, members: int) -> NDArray[np.int64]:
        """Return keys and members that stay, as one number each, of which there are so many members."""
        keys = np.repeat(self.keys.astype(np.int64), self.rows.lengths)
        numbers = self.members[self.rows.values]
        stay = numbers != GONE
        return np.asarray(keys[stay] * members + numbers[stay])

    def keys_in_use(self) -> NDArray[np.bool_]:
        """Tell which keys have a member that stays."""
        keys = np.repeat(np.arange(len(self.rows)), self.rows.lengths)
        used = np.zeros(len(self.rows), dtype=np.bool_)
        used[keys[self.members[self.rows.values] != GONE]] = True
        return used


def merge_inverted(old: Inverted, new: Inverted, keys: int, members: int) -> Ragged:
    """Return the rows of both, of so many keys and members."""
    before, added = old.pairs(members), np.sort(new.pairs(members))
    pairs = np.insert(before, np.searchsorted(before, added), added)
    return Ragged((pairs % members).astype(np.int32), ends(np.bincount(pairs // members, minlength=keys)))


def numbers_of_kept(numbers: Numbers, kept: NDArray[np.bool_]) -> Numbers:
    """Return new numbers, `GONE` for what is not kept."""
    return np.where(kept, numbers, GONE).astype(np.int32)
