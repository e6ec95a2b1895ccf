"""The pace of requests to each host: a pause between two, the delay of its robots.txt, and holds that it asks for."""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from yarl import URL

PAUSE = 1.0
"""Seconds between two requests to a host. Chosen: a reader who opens one page a second is hardly noticed."""
_LONGEST_SLEEP = 60.0  # seconds; a host that wants to be left alone for longer is asked at another fetch
_LONGEST_HOLD = 24 * 3600.0
_MOST_HOSTS = 200


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
        until = self._next.get(host_of(url), 0.0)
        seconds = until - self.clock()
        if seconds > min(_LONGEST_SLEEP, most_seconds):
            raise HostBusyError(until)
        if seconds > 0:
            await self.sleep(seconds)

    def note_request(self, url: str, crawl_delay: float | None = None) -> None:
        """Note that a host was asked just now."""
        delay = crawl_delay if crawl_delay is not None and math.isfinite(crawl_delay) else 0.0
        self.hold(url, max(self.pause, min(delay, _LONGEST_HOLD)))

    def hold(self, url: str, seconds: float) -> None:
        """Leave a host alone for so many seconds, at most a day."""
        host, now = host_of(url), self.clock()
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


def host_of(url: str) -> str:
    """Return the host of a URL, with its port where that is not the usual one."""
    try:
        return URL(url).authority.rpartition("@")[2].lower()
    except ValueError:
        return ""
