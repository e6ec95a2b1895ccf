"""robots.txt: which pages a site lets programs have, and at what pace (RFC 9309), read by Protego."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any

from yarl import URL

from bot.articles.importing.page_download import FetchError, FetchReason

USER_AGENT = "Isnad"
_FRESH = 24 * 3600.0  # seconds; the standard's own bound
_AWAY = 600.0  # seconds until the next request for a file that a site could not give
MOST_BYTES = 512 * 1024
"""Of a robots.txt; the standard wants at least 500 kB read."""
_MOST_SITES = 100

Fetch = Callable[[str], Awaitable[bytes]]
"""Fetches a file at a polite pace, or raises FetchError or HostBusyError."""


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """A site's robots.txt, empty where it has none; `until` is the Unix time from which on it is fetched anew.

    `failure` is why nobody knows what it says: no page may be fetched then.
    """

    until: float
    data: bytes = b""
    failure: FetchReason | None = None


class RobotsFiles:
    """The robots.txt of each site that pages are fetched from, kept for a day."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._files: dict[str, RobotsFile] = {}

    async def of_site(self, url: str, fetch: Fetch) -> RobotsFile:
        """Return that of the site of a page, fetched where it is not known."""
        site = str(URL(url).origin())
        known = self._files.get(site)
        if known is not None and self._clock() < known.until <= self._clock() + _FRESH:
            return known
        if len(self._files) >= _MOST_SITES:
            del self._files[next(iter(self._files))]
        try:
            file = RobotsFile(self._clock() + _FRESH, await fetch(f"{site}/robots.txt"))
        except FetchError as error:
            # A site that has none, or forbids to read it, forbids no page; one that is away might.
            is_none = error.reason is FetchReason.STATUS and error.detail[:1] == "4" and error.detail != "429"
            is_none = is_none or error.reason is FetchReason.REDIRECTS
            wait, failure = (_FRESH, None) if is_none else (_AWAY, error.reason)
            file = RobotsFile(self._clock() + wait, failure=failure)
        self._files[site] = file
        return file

    def distrust(self, url: str) -> None:
        """Ask no page of a site for a while, since nobody could read its file."""
        self._files[str(URL(url).origin())] = RobotsFile(self._clock() + _AWAY, failure=FetchReason.BROKEN)


def judge_page(data: bytes, url: str) -> tuple[bool, float | None]:
    """Return whether a robots.txt allows a page to this program, and the seconds between requests that it asks for."""
    rules = _parsed(data)
    delay = rules.crawl_delay(USER_AGENT)
    return bool(rules.can_fetch(url, USER_AGENT)), float(delay) if delay is not None else None


@lru_cache(maxsize=8)
def _parsed(data: bytes) -> Any:
    # An extra of 30 MB with the others that `check_extra` names, loaded where a document needs it.
    return import_module("protego").Protego.parse(data.decode("utf-8", "replace"))
