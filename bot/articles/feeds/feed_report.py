"""What of a feed fails, as keys of texts with their values."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class EntryReason(StrEnum):
    """Why an entry gave no article; each has a sentence in the reply texts, under `feed.page`."""

    BAD_LINK = "bad_link"
    PRIVATE = "private"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    STATUS = "status"
    BUSY = "busy"
    REDIRECTS = "redirects"
    KIND = "kind"
    TOO_LARGE = "too_large"
    BROKEN = "broken"
    ROBOTS = "robots"
    ROBOTS_AWAY = "robots_away"
    NO_ARTICLE = "no_article"
    PAYWALLED = "paywalled"
    ENCODING = "encoding"
    HUNG = "hung"


@dataclass(frozen=True, slots=True)
class FeedProblem:
    """Something that failed: the key of its text and the values of that, among them the `link`.

    Of an entry, `tries` is how often it was tried, and `due` the Unix time of the next try, None where it was given up;
    of the feed itself, 0 and None. `is_away` where nothing of the feed could be had.
    """

    key: str
    values: Mapping[str, str]
    tries: int = 0
    due: float | None = None
    is_away: bool = False
