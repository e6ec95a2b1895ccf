"""Fetches of a source: what the last one met, what serves at a start while it is away, and what of it stays out."""

import logging
from collections.abc import Callable
from enum import StrEnum

from bot.articles import ProgressCallback
from bot.articles.sources import Fetched, Source, SourceError, unexpected_error

logger = logging.getLogger(__name__)


class Hold(StrEnum):
    """What of a source stays out since a moderator rolled back: nothing, that state of it, or all until a reload."""

    NONE = "none"
    STATE = "held"
    ALL = "held_all"


class SourceFetch:
    """Fetches one source; `error` is why the last fetch failed, None where it did not, `count` how many have ended."""

    def __init__(self, source: Source, check: Callable[[], None]) -> None:
        """Fetch a source; `check` raises where the reload that fetches was cancelled."""
        self.error: SourceError | None = None
        self.count = 0
        self._source = source
        self._check = check
        self._logged = frozenset[str]()

    def fetch(self, progress: ProgressCallback, *, force: bool, at_start: bool) -> Fetched:
        """Bring the newest articles, or at a start the last that came while the source is away; raise SourceError."""
        try:
            fetched = self._source.fetch(progress, force=force)
        except Exception as error:
            self._check()
            before = self.error
            self.count += 1
            self.error = error if isinstance(error, SourceError) else unexpected_error(error)
            if self.error is not error and str(self.error) != str(before):
                logger.exception("The fetch of the coverage failed in a way that nobody foresaw")
            kept = self._source.last_served() if at_start else None
            if kept is None:
                raise self.error from error
            logger.warning("The source is away, and the last good snapshot serves: %s", self.error)
            return kept
        self.error = None
        self.count += 1
        self._log_problems()
        return fetched

    def _log_problems(self) -> None:
        """Log what is wrong with the source, once for as long as it is."""
        problems = {str(problem): problem.is_away for problem in self._source.problems}
        for words, is_away in problems.items():
            if words not in self._logged:
                # Some pages that a feed links to never are an article.
                level = logging.WARNING if is_away else logging.INFO
                logger.log(level, "Not fetched from the sources: %s", words)
        self._logged = frozenset(problems)
