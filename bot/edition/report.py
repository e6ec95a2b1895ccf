"""What a reload did."""

from dataclasses import dataclass
from datetime import datetime

from bot.edition.changes import Changes


@dataclass(frozen=True, slots=True)
class GoldenOutcome:
    """How many golden questions of the corpus passed and failed."""

    passed: int
    failed: int


@dataclass(frozen=True, slots=True)
class Report:
    """What changed, the fingerprints `before` and `after`, and what it took; `by` is None where nobody asked for it.

    `folded` are the near-duplicates that are shown as one, `version` is what the source calls its state.
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
    folded: int
    version: str
