"""What an edition must pass before it serves, beside having an article at all."""

from collections.abc import Callable, Sequence

from bot.edition.building import Progress
from bot.edition.edition import Edition
from bot.edition.errors import GateError
from bot.edition.golden import GoldenQuestion
from bot.edition.report import GoldenOutcome

Check = Callable[[Edition, Sequence[GoldenQuestion], Progress], GoldenOutcome]
"""Asks an edition about itself, and the golden questions; raises GateError where it must not serve."""

MOST_SHRINK = 0.5


def refuse_shrunk(before: int, after: int, most: float) -> None:
    """Raise GateError where more than a share, 0 to 1, of the articles is gone."""
    if before - after > most * before:
        raise GateError("shrunk", {"before": before, "after": after, "percent": round(100 * most)})


def no_check(edition: Edition, questions: Sequence[GoldenQuestion], progress: Progress) -> GoldenOutcome:
    """Let every edition pass."""
    del edition, questions, progress
    return GoldenOutcome()
