"""What came of a reload, or of going back."""

from dataclasses import dataclass
from datetime import datetime

from bot.edition.changes import Changes
from bot.edition.errors import GateError


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
