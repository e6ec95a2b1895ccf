"""Errors of a search server: what it cannot do is raised, and never counts as coverage that has nothing."""

from typing import ClassVar

from bot.errors import TextError


class SearchError(TextError):
    """The search server gave no answer that can be relied on; nothing follows from it about the coverage.

    `cause` has the words of the server or of its library, for the log and the maintainer.
    """

    text: ClassVar = "search.away"

    def __init__(self, cause: str = "") -> None:
        super().__init__(self.text, cause=cause)
        self.cause = cause

    def __reduce__(self) -> tuple[type["SearchError"], tuple[str]]:
        """Let an error pass from one process to another."""
        return type(self), (self.cause,)


class SearchAwayError(SearchError):
    """The server is out of reach, slow, overloaded, or found only a part; it may answer soon."""


class IndexGoneError(SearchAwayError):
    """The index of this edition was removed, since another edition serves now."""

    text = "search.gone"


class SearchDeniedError(SearchError):
    """The server refuses the user name, the password, or what the user would do."""

    text = "search.denied"


class SearchUnknownError(SearchError):
    """The server, its version or the mapping of the index is none that this program knows."""

    text = "search.unknown"


class SearchMissingError(SearchError):
    """The library that speaks with the server is not installed."""

    text = "search.missing"


class IndexBlockedError(SearchError):
    """The server takes no documents for an index, since its disks are full or an operator forbids it."""

    text = "search.blocked"


class IncompleteIndexError(SearchError):
    """An index does not have what was sent to it."""

    text = "search.incomplete"


class SideFileError(SearchError):
    """The side file of an index could not be written to the disk here; `cause` has the system's words."""

    text = "search.side_file"


class ServedElsewhereError(TextError):
    """Another process let another edition serve meanwhile, which this one did not know of when it began."""

    def __init__(self) -> None:
        super().__init__("search.served_elsewhere")
