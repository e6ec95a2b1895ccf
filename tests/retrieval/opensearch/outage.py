"""An edition whose index is on a server that is away whenever a test says so."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, cast

from bot.edition import Edition
from bot.retrieval import SearchAwayError, SearchError

# What is asked of a server; all else stands in the side file.
_OF_ENGINE = ("shortlist", "read", "holds", "near_duplicates", "has_adjacent")
_OF_CATALOGUE = ("by_id", "by_digests", "by_title", "search")
_OF_ARTICLES = ("at", "read", "titles", "headers", "values", "with_text", "with_link", "with_digests")


class Outage:
    """What the server does instead of answering: fails with `error`, if it is set, and counts that."""

    def __init__(self, error: SearchError | None = None) -> None:
        self.error = error
        self.failed = 0
        self._passing = 0

    def fail_after(self, passing: int) -> None:
        """Let so many requests through first."""
        self._passing = passing

    def check(self) -> None:
        """Fail, or let through."""
        if self._passing:
            self._passing -= 1
        elif self.error is not None:
            self.failed += 1
            raise self.error


class Failures(Outage):
    """Fails so many times, then no more."""

    def __init__(self, count: int, error: SearchError | None = None) -> None:
        super().__init__(error or SearchAwayError("connection refused"))
        self._left = count

    def check(self) -> None:
        """Fail, or let through."""
        if self.failed < self._left:
            super().check()


class _Remote:
    """An object of whose methods some may fail."""

    def __init__(self, whole: Any, names: Iterable[str], check: Callable[[], None]) -> None:
        self._whole = whole
        self._names = frozenset(names)
        self._check = check

    def __len__(self) -> int:
        return len(self._whole)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._whole, name)
        if name not in self._names:
            return found

        def asked(*arguments: Any, **options: Any) -> Any:
            self._check()
            return found(*arguments, **options)

        return asked


def on_server(edition: Edition, outage: Outage) -> Edition:
    """Put the index and the articles of an edition on a server."""
    return replace(
        edition,
        file=None,
        index=cast("Any", _Remote(edition.index, _OF_ENGINE, outage.check)),
        catalogue=cast("Any", _Remote(edition.catalogue, _OF_CATALOGUE, outage.check)),
        articles=cast("Any", _Remote(edition.articles, _OF_ARTICLES, outage.check)),
    )
