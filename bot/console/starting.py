"""What the terminal says of a first edition that serves although something is amiss."""

from bot.articles.cleaning import one_line
from bot.articles.sources import SourceError
from bot.console.terminal import Terminal
from bot.edition import Report
from bot.gate_words import gate_words


def warn_of_start(report: Report, stale: SourceError | None, terminal: Terminal) -> bool:
    """Say that the source is away, or which gate was not passed; tell whether anything was amiss."""
    if stale is not None:
        terminal.warn("console.stale", words=terminal.texts(stale.key, **stale.values))
    if report.gate is not None:
        words = gate_words(report.gate, terminal.texts, lambda text, _: one_line(text))
        terminal.warn("console.not_passed", words=words)
    return stale is not None or report.gate is not None
