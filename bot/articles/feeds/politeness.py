"""Politeness to hosts: the pace of requests, and what robots.txt (RFC 9309, read by Protego) lets programs have."""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from typing import Any

from yarl import URL

from bot.articles.importing.page_download import FetchError, FetchReason

USER_AGENT = "Isnad"
PAUSE = 1.0
"""Seconds between two requests to a host. Chosen: a reader who opens one page a second is hardly noticed."""
_LONGEST_SLEEP = 60.0  # seconds; a host that wants to be left alone for longer is asked at another fetch
_LONGEST_HOLD = 24 * 3600.0
_MOST_HOSTS, _MOST_SITES = 200, 100
# Seconds that a robots.txt counts for, the standard's own bound, and until the next request for one that was not had.
_FRESH, _AWAY = 24 * 3600.0, 600.0
MOST_ROBOTS_BYTES = 512 * 1024  # the standard wants at least 500 kB read


@dataclass(eq=False)
class HostBusyError(Exception):
    """A host wants to be left alone until a Unix time, longer than a fetch waits."""

    until: float


@dataclass(eq=False)
class HostPace:
    """When each host may be asked next. Sources that share a pace ask their hosts as one.

    `clock` gives the Unix time, `sleep` waits so many seconds.
    """

    pause: float = PAUSE
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    _next: dict[str, float] = field(default_factory=dict)

    async def wait(self, url: str, most_seconds: float) -> None:
        """Wait until a host may be asked; raise HostBusyError where that is later than a fetch waits."""
        until = self._next.get(_host(url), 0.0)
        seconds = until - self.clock()
        if seconds > min(_LONGEST_SLEEP, most_seconds):
            raise HostBusyError(until)
        if seconds > 0:
            await self.sleep(seconds)

    def note_request(self, url: str, crawl_delay: float | None = None) -> None:
        delay = crawl_delay if crawl_delay is not None and math.isfinite(crawl_delay) else 0.0
        self.hold(url, max(self.pause, min(delay, _LONGEST_HOLD)))

    def hold(self, url: str, seconds: float) -> None:
        """Leave a host alone for so many seconds, at most a day."""
        host, now = _host(url), self.clock()
        self._next = {other: until for other, until in self._next.items() if until > now}
        if len(self._next) < _MOST_HOSTS or host in self._next:
            self._next[host] = max(self._next.get(host, 0.0), now + min(seconds, _LONGEST_HOLD))

    def held(self) -> dict[str, float]:
        """Return the hosts that want to be left alone for longer than a fetch waits, and until when."""
        now = self.clock()
        return {host: until for host, until in self._next.items() if until - now > _LONGEST_SLEEP}

    def restore(self, held: dict[str, float]) -> None:
        """Remember what hosts asked for before a restart."""
        latest = self.clock() + _LONGEST_HOLD  # a clock that was set back holds no host for ever
        for host, until in list(held.items())[:_MOST_HOSTS]:
            self._next[host] = max(self._next.get(host, 0.0), min(until, latest))


def _host(url: str) -> str:
    """Return the host of a URL, with its port where that is not the usual one."""
    return URL(url).host_port_subcomponent or ""


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
