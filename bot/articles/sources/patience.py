"""Tries again what failed for a passing reason, for as long as there is time."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.articles.sources.budget import Budget
from bot.articles.sources.errors import SourceError

T = TypeVar("T")


class PassingError(Exception):
    """A failure that may be over soon; `wait` is the seconds that the server asks for."""

    def __init__(self, error: SourceError, wait: float = 0.0) -> None:
        super().__init__(error.key)
        self.error = error
        self.wait = wait


async def with_patience(attempt: Callable[[], Awaitable[T]], budget: Budget) -> T:
    """Attempt until it works; raise the last SourceError when tries or time run out, or what failed for good."""
    limits = budget.limits
    pause = limits.pause
    for _ in range(limits.tries - 1):
        try:
            return await attempt()
        except PassingError as passing:
            wait = max(pause, passing.wait)
            if wait >= budget.seconds_left:
                raise passing.error from passing
        await asyncio.sleep(wait)
        pause *= 2
    try:
        return await attempt()
    except PassingError as passing:
        raise passing.error from passing
