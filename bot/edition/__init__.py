"""Editions: everything built from one state of the corpus, in memory or mapped from a file, and the current one."""

from bot.edition.build import StageCallback, build_edition, configuration_key, make_edition
from bot.edition.build_process import BuildProcess
from bot.edition.builder import EditionBuilder
from bot.edition.edition import EarlierEdition, Edition
from bot.edition.edition_errors import (
    BuildError,
    BuildTimeoutError,
    EmptyCorpusError,
    GateError,
    NothingBeforeError,
    NothingPublishedError,
    ReloadCancelledError,
)
from bot.edition.editions import Editions
from bot.edition.gates import Check, GoldenError, GoldenFailure, GoldenQuestion, no_check
from bot.edition.last_served import LastServed
from bot.edition.published_editions import PASSING, PublishedEditions
from bot.edition.refresh import Schedule, keep_following, keep_fresh
from bot.edition.reload_lock import ReloadLimits, ReloadRunningError, Running
from bot.edition.reload_outcomes import (
    Changes,
    EditionFigures,
    GoldenOutcome,
    HeldBack,
    Reloaded,
    ReloadOutcome,
    Resumed,
    RolledBack,
    Unchanged,
)
from bot.edition.rhythm import FailingSource, SourceRhythms, StaleOutlet, source_rhythms, stale_outlets
from bot.edition.shared_editions import SharedEditions
from bot.edition.source_fetch import Hold
