"""What the terminal says of a first edition that serves although something is amiss."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from bot.articles.characters import one_line
from bot.articles.sources import SourceError
from bot.console.terminal import Terminal
from bot.edition import Report
from bot.edition.editions import logger as reloads
from bot.edition.reload_lock import logger as attempts
from bot.gate_words import gate_words

# Who log in English, for a log, what `warn_of_start` says in the language of the replies.
_LOGGERS = (attempts, reloads)


@contextmanager
def told_once(*, logged: bool) -> Iterator[None]:
    """Keep what `warn_of_start` will say out of the log, unless there is one that somebody keeps."""
    loggers = () if logged else _LOGGERS
    for logger in loggers:
        logger.addFilter(_is_error)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeFilter(_is_error)


def warn_of_start(report: Report, stale: SourceError | None, terminal: Terminal) -> bool:
    """Say that the source is away, or which gate was not passed; tell whether anything was amiss."""
    if stale is not None:
        terminal.warn("console.stale", words=terminal.texts(stale.key, **stale.values))
    if report.gate is not None:
        words = gate_words(report.gate, terminal.texts, lambda value, _: one_line(str(value)))
        terminal.warn("console.resumed" if report.resumed else "console.not_passed", words=words)
    return stale is not None or report.gate is not None


def _is_error(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.ERROR
