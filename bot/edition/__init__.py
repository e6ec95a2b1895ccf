"""Editions: everything built from one state of the corpus, in memory or mapped from a file, and the current one."""

from bot.edition.builder import EditionBuilder
from bot.edition.building import Progress, build_edition, make_edition
from bot.edition.changes import Changes
from bot.edition.edition import Edition
from bot.edition.editions import Editions
from bot.edition.errors import (
    BuildError,
    BuildTimeoutError,
    EmptyCorpusError,
    GateError,
    NothingBeforeError,
    ReloadCancelledError,
    ReloadRunningError,
)
from bot.edition.gates import no_check
from bot.edition.golden import GoldenError, GoldenFailure, GoldenQuestion
from bot.edition.ledger import Ledger
from bot.edition.refresh import keep_fresh
from bot.edition.report import GoldenOutcome, Report
from bot.edition.turn import Running

__all__ = [
    "BuildError",
    "BuildTimeoutError",
    "Changes",
    "Edition",
    "EditionBuilder",
    "Editions",
    "EmptyCorpusError",
    "GateError",
    "GoldenError",
    "GoldenFailure",
    "GoldenOutcome",
    "GoldenQuestion",
    "Ledger",
    "NothingBeforeError",
    "Progress",
    "ReloadCancelledError",
    "ReloadRunningError",
    "Report",
    "Running",
    "build_edition",
    "keep_fresh",
    "make_edition",
    "no_check",
]
