"""Supervision: restarts with a growing pause, signals, work in the background, and what a stop waits for."""

import asyncio
import logging
import random
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

from bot.ops.log_lines import error_line
from bot.workers.threads import in_daemon_thread

logger = logging.getLogger(__name__)

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 300.0
# An attempt that lasted this long was healthy: the next failure starts over with a short pause.
HEALTHY_AFTER = 600.0
# Seconds for work that was cancelled to clear away what it had begun, of the second in which a stop is over.
_CLEARING = 0.5


class Backoff:
    """Pauses that double with each failure, half fixed and half random, so that many bots do not return at once."""

    def __init__(self, draw: Callable[[], float] = random.random) -> None:
        self._failures = 0
        self._draw = draw

    def next_pause(self, lasted: float) -> float:
        """Return the pause, in seconds, after an attempt that lasted this many seconds."""
        failures = 0 if lasted >= HEALTHY_AFTER else self._failures
        self._failures = min(failures + 1, 16)
        return min(LONGEST_PAUSE, FIRST_PAUSE * 2.0**failures) * (0.5 + 0.5 * self._draw())


async def keep_running(
    attempt: Callable[[], Awaitable[None]],
    *,
    stop: asyncio.Event,
    is_final: Callable[[Exception], bool],
    backoff: Backoff,
    is_expected: Callable[[Exception], bool] = lambda _: False,
) -> None:
    """Run attempts one after the other until `stop` is set; raise an error that another attempt cannot cure.

    Each failure is a line in the log; only an unexpected failure has its traceback.
    """
    while not stop.is_set():
        started, ending, unexpected = time.monotonic(), "ended", None
        try:
            await attempt()
        except Exception as error:
            if is_final(error):
                raise
            ending = f"ended by {error_line(error)}"
            unexpected = None if is_expected(error) else error
        if not stop.is_set():
            pause = backoff.next_pause(time.monotonic() - started)
            logger.warning("The session %s; the next begins in %.1f s", ending, pause, exc_info=unexpected)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)
        elif unexpected:
            logger.warning("The last session %s", ending, exc_info=unexpected)


def stop_on_signals(stop: asyncio.Event) -> None:
    """Set `stop` at SIGTERM or SIGINT; a second signal ends the process at once."""
    loop = asyncio.get_running_loop()

    def handle(number: signal.Signals) -> None:
        logger.info("%s received: finishing what runs, then closing", number.name)
        stop.set()
        loop.remove_signal_handler(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        # Windows has no such handlers; there, Ctrl-C ends the process as it ends any other.
        with suppress(NotImplementedError):
            loop.add_signal_handler(number, handle, number)


async def done_before_stop(work: Callable[[], object], stop: asyncio.Event, cancel: Callable[[], object]) -> bool:
    """Do long work in a thread, and raise what it raises; return whether that was done before a stop.

    A stop cancels it, and leaves behind what does not end soon.
    """
    working, stopping = asyncio.ensure_future(in_daemon_thread(work)), asyncio.create_task(stop.wait())
    await asyncio.wait([working, stopping], return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not working.done():
        cancel()
        await asyncio.wait([working], timeout=_CLEARING)
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        return False
    working.result()
    return not stop.is_set()


@asynccontextmanager
async def in_background(watching: Coroutine[Any, Any, None], loss: str) -> AsyncIterator[None]:
    """Run a coroutine until the body ends; where it fails, log at once what is lost, and go on."""

    def note_end(ended: asyncio.Task[None]) -> None:
        if not ended.cancelled() and (error := ended.exception()) is not None:
            logger.error("%s", loss, exc_info=error)

    task = asyncio.create_task(watching)
    task.add_done_callback(note_end)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


class InFlight:
    """A count of the work that has begun and not ended."""

    def __init__(self) -> None:
        self._count = 0
        self._idle = asyncio.Event()
        self._idle.set()

    @contextmanager
    def track(self) -> Iterator[None]:
        """Count the body as work in flight."""
        self._count += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._count -= 1
            if not self._count:
                self._idle.set()

    async def drain(self, within: float) -> bool:
        """Wait until nothing is in flight, at most this many seconds; return whether it came to that."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), within)
        return self._idle.is_set()
