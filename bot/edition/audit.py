"""The log's line about each attempt to change the edition: who, what came of it, and from what to what."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from bot.edition.errors import NothingBeforeError, ReloadRunningError
from bot.edition.report import Report

logger = logging.getLogger(__name__)


@contextmanager
def audited(action: str, by: str | None, before: str | None) -> Iterator[None]:
    """Log an attempt that fails, and why; `before` is the fingerprint that goes on serving."""
    try:
        yield
    except (ReloadRunningError, NothingBeforeError) as error:
        logger.info("%s by %s was turned away: %s", action, _shown(by), error)
        raise
    except BaseException as error:
        words = " ".join(f"{type(error).__name__}: {error}".split())
        # At the start whoever started the program is told, in words of their own.
        level = logging.DEBUG if before is None else logging.WARNING
        logger.log(level, "%s by %s failed, edition %s goes on serving: %s", action, _shown(by), before, words)
        raise


def log_report(action: str, report: Report) -> None:
    """Log what came of an attempt. Of a start that went well the log is silent, as it is of all that works."""
    changes = report.changes
    level = logging.DEBUG if report.before is None else logging.INFO
    if report.gate is not None and not report.resumed:
        logger.warning("The first edition serves, though it did not pass a gate: %s", report.gate)
    if report.held_back:
        logger.log(level, "%s by %s: edition %s was gone back from, and stays", action, _shown(report.by), report.after)
        return
    if report.unchanged:
        logger.log(level, "%s by %s: nothing is new, edition %s serves", action, _shown(report.by), report.after)
        return
    logger.log(
        level,
        "%s by %s: edition %s serves after %s; %d added, %d changed, %d removed, %d rejected; %d passages, "
        "golden questions %s, source version %r, %.1f s",
        *(action, _shown(report.by), report.after, report.before),
        *(len(changes.added), len(changes.changed), len(changes.removed), len(changes.rejections)),
        *(report.passages, report.golden.passed if report.golden else "not asked", report.version, report.seconds),
    )


def _shown(by: str | None) -> str:
    """Write who it was on one line: a name may hold anything."""
    return " ".join(by.split()) if by is not None else "the bot itself"
