"""Break chosen REST requests in chosen ways."""

import asyncio
import fnmatch
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_CLOUDFLARE_PAGE = "<!doctype html><html><body><h1>error code: 1015</h1></body></html>"


class Hold:
    """Keep requests from taking effect until it is released; `count` says how many have come to it."""

    def __init__(self) -> None:
        self.count = 0
        self._released = asyncio.Event()

    async def wait(self) -> None:
        """Wait until it is released."""
        await self._released.wait()

    def release(self) -> None:
        """Let go whoever waits, and whoever comes later."""
        self._released.set()


@dataclass(frozen=True)
class Fault:
    """Say what happens to a request.

    A text for a body is sent as a page; `applied` lets the request take effect before its answer is lost or replaced.
    """

    status: int | None = None
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    is_cut: bool = False
    applied: bool = False
    hold: Hold | None = None

    @property
    def replaces_answer(self) -> bool:
        """Say whether the bot never gets the true answer."""
        return self.is_cut or self.status is not None


@dataclass
class _Rule:
    method: str
    path: str
    fault: Fault
    times: int


class Faults:
    """Keep the faults that are to come; each rule strikes a number of times, oldest rule first."""

    def __init__(self) -> None:
        self._rules: list[_Rule] = []

    def add(self, method: str, path: str, fault: Fault, times: int = 1) -> None:
        """Strike the next requests that match; `path` follows /api/v10 and may hold `*`."""
        self._rules.append(_Rule(method.upper(), path, fault, times))

    def hold(self, method: str, path: str, times: int = 1) -> Hold:
        """Keep the next requests that match until what this returns is released, then treat them as usual."""
        hold = Hold()
        self.add(method, path, Fault(hold=hold), times)
        return hold

    def clear(self) -> None:
        """Let every further request pass, and those that are kept."""
        for hold in filter(None, (rule.fault.hold for rule in self._rules)):
            hold.release()
        self._rules.clear()

    @property
    def to_come(self) -> int:
        """Say how many requests will still be struck."""
        return sum(rule.times for rule in self._rules)

    def take(self, method: str, path: str) -> Fault | None:
        """Return the fault for a request and use up one of its strikes."""
        for rule in self._rules:
            if rule.times > 0 and rule.method in {"*", method} and fnmatch.fnmatchcase(path, rule.path):
                rule.times -= 1
                return rule.fault
        return None

    @staticmethod
    def status(status: int, code: int = 0, message: str = "", *, applied: bool = False) -> Fault:
        """Answer with a status and a body of Discord's form."""
        return Fault(status, {"code": code, "message": message or f"{status}: injected"}, applied=applied)

    @staticmethod
    def rate_limited(retry_after: float, *, is_global: bool = False, via: bool = True) -> Fault:
        """Answer 429; without the Via header discord.py takes it for a ban and does not wait."""
        body = {"message": "You are being rate limited.", "retry_after": retry_after, "global": is_global}
        headers = {"Retry-After": str(retry_after), "X-RateLimit-Scope": "global" if is_global else "user"}
        return Fault(429, body, headers | ({"Via": "1.1 google"} if via else {}))

    @staticmethod
    def html(status: int = 429) -> Fault:
        """Answer with a page instead of JSON, as the network in front of Discord does."""
        return Fault(status, _CLOUDFLARE_PAGE)

    @staticmethod
    def cut(*, applied: bool = False) -> Fault:
        """Drop the connection without an answer."""
        return Fault(is_cut=True, applied=applied)
