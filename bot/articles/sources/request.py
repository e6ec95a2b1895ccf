"""What is asked of a web server."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.articles.sources.network import is_public
from bot.articles.sources.source import Version

_LONGEST = 1024  # characters that are sent back


@dataclass(frozen=True, slots=True)
class Request:
    """An address, the token for its host, and the version that is here already.

    `shown` is the address without secrets. `allow_private` allows http:// and hosts inside the network; without it,
    `is_allowed` judges the address of every host that would be connected to.
    """

    url: str = field(repr=False)
    shown: str
    token: str | None = field(default=None, repr=False)
    known: Version | None = None
    allow_private: bool = False
    is_allowed: Callable[[str], bool] = is_public

    @property
    def conditions(self) -> dict[str, str]:
        """The headers that ask for nothing if nothing is new."""
        known = self.known or Version()
        headers = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
        return {name: value for name, value in headers.items() if value is not None and _can_be_sent(value)}

    def may_reach(self, address: str) -> bool:
        """Tell whether a host at this address may be connected to."""
        return self.allow_private or self.is_allowed(address)


def _can_be_sent(value: str) -> bool:
    """Tell whether a server's own words may stand in a request; what it sends is not always what it would take."""
    return value.isascii() and value.isprintable() and len(value) <= _LONGEST
