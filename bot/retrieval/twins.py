"""Passages that several articles have in common: what outlets take from an agency, or from each other."""

from collections.abc import Iterator

import numpy as np

from bot.storage import Arrays, Numbers, Ragged, within

NO_GROUP = -1
_NOBODY = np.empty(0, np.int32)


class Twins:
    """Which passages of an index, by number, are twins of which: see `group_twins`."""

    def __init__(self, arrays: Arrays) -> None:
        """Take what `twin_arrays` made of the articles of the index."""
        self._groups = arrays["groups"]
        self._members = Ragged.from_arrays(within(arrays, "members"))

    def __getitem__(self, passage: int) -> Numbers:
        """Return the twins of a passage, the earliest published first."""
        group = self._groups[passage]
        if group == NO_GROUP:
            return _NOBODY
        members = self._members[group]
        return np.asarray(members[members != passage])

    def are_together(self, one: int, other: int) -> bool:
        """Tell whether two passages are twins; none is its own."""
        return one != other and bool(self._groups[one] == self._groups[other] != NO_GROUP)

    def groups(self) -> Iterator[list[int]]:
        """Yield the passages of each group, the earliest published first."""
        return (self._members[group].tolist() for group in range(len(self._members)))

    @property
    def folded(self) -> int:
        """How many passages are twins of an earlier one."""
        return len(self._members.values) - len(self._members)
