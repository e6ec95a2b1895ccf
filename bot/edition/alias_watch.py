"""A look, every so many seconds, at which edition serves on a cluster: other processes may have changed that."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.edition.editions import Editions
from bot.edition.reload_outcomes import ReloadOutcome

logger = logging.getLogger(__name__)

T = TypeVar("T")
InThread = Callable[[Callable[[], ReloadOutcome | None]], Awaitable[ReloadOutcome | None]]
Pause = Callable[[float], Awaitable[object]]


async def keep_following(
    editions: Editions,
    seconds: float,
    run_in_thread: InThread,
    on_outcome: Callable[[ReloadOutcome], Awaitable[None]],
    *,
    pause: Pause = asyncio.sleep,
) -> None:
    """Serve what other processes make serve, and tell of it, until cancelled.

    Whatever fails, the old edition serves and the next look may go well; each reason is logged once in a row.
    """
    failure = ""
    while True:
        await pause(seconds)
        try:
            outcome = await run_in_thread(editions.follow)
            if outcome is not None:
                await on_outcome(outcome)
        except Exception as error:  # noqa: BLE001 (whatever it is, the next look may go well)
            if (words := f"{type(error).__name__}: {error}") != failure:
                logger.warning("Which edition serves on the cluster is not known: %s", words)
                failure = words
        else:
            if failure:
                logger.info("Which edition serves on the cluster is known again")
            failure = ""
