"""Let tests wait for something to happen without polling."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from tests.patience import in_vain

Found = TypeVar("Found")


class Changes:
    """Wake everybody who waits whenever the state of the server changed."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Event] = set()

    def announce(self) -> None:
        """Say that something changed."""
        for event in self._waiting:
            event.set()

    async def until(self, find: Callable[[], Found | None], timeout: float | None, what: str) -> Found:  # noqa: ASYNC109
        """Return what `find` finds as soon as it finds something; without a timeout wait for ever.

        Raises:
            TimeoutError: nothing was found in time; the message says `what` was awaited.
        """
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            async with asyncio.timeout(timeout):
                while not (found := find()):
                    await event.wait()
                    event.clear()
                return found
        except TimeoutError:
            raise in_vain(what, timeout or 0.0) from None
        finally:
            self._waiting.discard(event)
