"""The number of requests that a piece of work has sent, those included that discord.py repeats by itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from types import SimpleNamespace

import aiohttp


@dataclass(slots=True)
class SentRequests:
    """How many requests were sent."""

    count: int = 0


_current: ContextVar[SentRequests | None] = ContextVar("sent_requests", default=None)


@contextmanager
def counting_requests() -> Iterator[SentRequests]:
    """Count the requests that the body sends through a session that has the trace of this module."""
    sent = SentRequests()
    token = _current.set(sent)
    try:
        yield sent
    finally:
        _current.reset(token)


def request_trace() -> aiohttp.TraceConfig:
    """Make the trace of a session whose requests are to be counted."""

    async def note(_: aiohttp.ClientSession, __: SimpleNamespace, ___: aiohttp.TraceRequestStartParams) -> None:
        if (sent := _current.get()) is not None:
            sent.count += 1

    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(note)
    return trace
