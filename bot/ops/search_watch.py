"""Watches over a search server: why it gives no answers and since when, and whether it does again."""

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.ops.rate_limits import Cooldown
from bot.ops.watchdog import UNWELL_AFTER
from bot.retrieval import SearchEngine, SearchError

logger = logging.getLogger(__name__)

# Chosen: nobody notices a second, and a server that is away is asked by this one alone.
_ASK_EVERY = 1.0
# Of a server that comes and goes.
_LOGGED_EVERY = 60.0
_FEW_TERMS = 8
# Each question that waits takes memory.
_MOST_WAITING = 2000


@dataclass(frozen=True, slots=True)
class SearchState:
    """Why a search server gives no answers, and since when: by the calendar, and in seconds of the watch's clock."""

    error: SearchError
    at: datetime
    since: float


def ask_engine(engine: SearchEngine) -> None:
    """Read some passage and search for its first words; raise SearchError where that cannot be had."""
    if len(engine):
        [passage] = engine.read([secrets.randbelow(len(engine))])
        engine.shortlist(engine.analyser.terms(passage.passage.text)[:_FEW_TERMS])


class SearchWatch:
    """Keeps the state of a search server, and asks it every second until it answers again, so that others need not.

    The log names each kind of error once in an outage, and at most once a minute. To be used from the event loop alone.
    """

    def __init__(self, ask: Callable[[], Awaitable[object]], clock: Callable[[], float] = time.monotonic) -> None:
        """Take what asks the server, and raises SearchError where it does not answer."""
        self.state: SearchState | None = None
        self._ask, self._clock = ask, clock
        self._away, self._back = asyncio.Event(), asyncio.Event()
        self._back.set()
        self._cooldown = Cooldown(clock)
        self._waiting = 0
        # The kinds of errors that the log has of this outage.
        self._logged = set[str]()

    def failed(self, error: SearchError) -> None:
        """Note that the server gave no answer."""
        if self.state is None:
            self.state = SearchState(error, datetime.now(UTC), self._clock())
        elif error.key != self.state.error.key:
            # The first of a kind says most: later ones may say that the server was not even asked.
            self.state = replace(self.state, error=error)
        if error.key not in self._logged and self._cooldown.try_start(hash(error.key), _LOGGED_EVERY):
            self._logged.add(error.key)
            logger.warning("The search server gives no answers, questions wait until it does: %s", error)
        self._back.clear()
        self._away.set()

    @property
    def seconds(self) -> float:
        """For how long the server has given no answers, 0 where it does."""
        return self._clock() - self.state.since if self.state else 0.0

    @property
    def is_well(self) -> bool:
        """Whether the server answers, as far as is known, or has not done so for a moment only."""
        return self.seconds < UNWELL_AFTER

    @property
    def is_full(self) -> bool:
        """Whether as many wait for the server as may."""
        return self._waiting >= _MOST_WAITING

    async def wait_until_back(self, within: float | None = None) -> None:
        """Wait until the server answers, at most so many seconds."""
        self._waiting += 1
        try:
            async with asyncio.timeout(within):
                await self._back.wait()
        except TimeoutError:
            pass
        finally:
            self._waiting -= 1

    async def run(self) -> None:
        """Ask a server that gave no answer until it does; until cancelled."""
        while True:
            await self._away.wait()
            await asyncio.sleep(_ASK_EVERY)
            try:
                await self._ask()
            except SearchError as error:
                self.failed(error)
                continue
            except Exception:
                # The next to ask meets it too, and is shown it.
                logger.exception("The search server could not be asked whether it is back")
            if self._logged:
                logger.info("The search server answers again, after %.0f s", self.seconds)
            self.state = None
            self._logged.clear()
            self._away.clear()
            self._back.set()
