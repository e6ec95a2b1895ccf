"""robots.txt: which pages a site lets programs have, and at what pace (RFC 9309), read by Protego."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from yarl import URL

from bot.articles.importing.page_download import FetchError, FetchReason

USER_AGENT = "Isnad"
_FRESH = 24 * 3600.0  # seconds; the standard's own bound
_AWAY = 600.0  # seconds until a file that a site could not give is asked for again
MOST_BYTES = 512 * 1024
"""Of a robots.txt; the standard wants at least 500 kB read."""
_MOST_SITES = 100

Fetch = Callable[[str], Awaitable[bytes]]
"""Fetches a file at a polite pace, or raises FetchError or HostBusyError."""


@dataclass(frozen=True, slots=True)
class SiteRules:
    """What a site's robots.txt says to this program; `until` is the Unix time from which on it is read anew.

    `failure` is why nobody knows what it says.
    """

    until: float
    parsed: Any = None
    failure: FetchReason | None = None

    def allows(self, url: str) -> bool:
        """Tell whether a page may be fetched; not while nobody knows what the site says."""
        if self.failure is not None:
            return False
        return self.parsed is None or bool(self.parsed.can_fetch(url, USER_AGENT))

    @property
    def crawl_delay(self) -> float | None:
        """The seconds between requests that the site asks for."""
        delay = self.parsed.crawl_delay(USER_AGENT) if self.parsed is not None else None
        return float(delay) if delay is not None else None


class RobotsFiles:
    """The robots.txt of each site that pages are fetched from, kept for a day."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._rules: dict[str, SiteRules] = {}

    async def rules(self, url: str, fetch: Fetch) -> SiteRules:
        """Return what the site of a page says, fetched where it is not known."""
        site = str(URL(url).origin())
        known = self._rules.get(site)
        if known is not None and self._clock() < known.until <= self._clock() + _FRESH:
            return known
        if len(self._rules) >= _MOST_SITES:
            del self._rules[next(iter(self._rules))]
        self._rules[site] = rules = await self._read(site, fetch)
        return rules

    async def _read(self, site: str, fetch: Fetch) -> SiteRules:
        try:
            data = await fetch(f"{site}/robots.txt")
        except FetchError as error:
            # A site that has none, or forbids to read it, forbids no page; one that is away might.
            is_none = error.reason is FetchReason.STATUS and error.detail[:1] == "4" and error.detail != "429"
            is_none = is_none or error.reason is FetchReason.REDIRECTS
            if is_none:
                return SiteRules(self._clock() + _FRESH)
            return SiteRules(self._clock() + _AWAY, failure=error.reason)
        protego = import_module("protego").Protego
        return SiteRules(self._clock() + _FRESH, protego.parse(data.decode("utf-8", "replace")))
