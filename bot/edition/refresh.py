"""Reloads on a schedule, or as soon as a source is there that a start went without; and a look at what others serve."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Literal, TypeVar

from bot.edition.edition_errors import GateError
from bot.edition.editions import Editions
from bot.edition.reload_lock import ReloadRunningError
from bot.edition.reload_outcomes import ReloadOutcome
from bot.retrieval import SearchError

logger = logging.getLogger(__name__)

T = TypeVar("T")

InThread = Callable[[Callable[[], ReloadOutcome]], Awaitable[ReloadOutcome]]
Schedule = float | Literal["off"] | None
"""Seconds from one reload to the next; None leaves them to the sources, of which a feed has news of its own accord."""
Pause = Callable[[float], Awaitable[object]]

_CATCH_UP = 300.0  # seconds; a source that was away is missed sooner than on schedule
_LONGEST = 6 * 3600.0
_MOST_DOUBLINGS = 10


async def keep_fresh(  # noqa: PLR0913 (whom to ask, when, how, and whom to notify)
    editions: Editions,
    schedule: Schedule,
    run_in_thread: InThread,
    on_outcome: Callable[[ReloadOutcome], None],
    on_error: Callable[[Exception], None],
    *,
    pause: Pause = asyncio.sleep,
) -> None:
    """Reload every so many seconds with the same gates as a person's reload, less often while that fails.

    Without a schedule this ends as soon as the source was asked and nothing of it is away; what does not pass the gates
    then is not asked for again, but what failed otherwise is. What a start did not wait for is asked at once.
    """
    failures, has_failed = 0, False
    while True:
        # None where nobody has news of its own accord.
        seconds = None if schedule == "off" else editions.usual_refresh if schedule is None else schedule
        if seconds is None and not (editions.needs_fetch or has_failed or editions.away):
            return
        if not editions.needs_fetch:
            await pause(_wait(seconds, failures, is_unreachable=editions.source_error is not None))
        try:
            outcome = await run_in_thread(editions.reload)
        except ReloadRunningError:
            continue
        except Exception as error:  # noqa: BLE001 (whatever it is, the old edition serves and the next try may go well)
            failures, has_failed = failures + 1, not isinstance(error, GateError)
            _notify(on_error, error)
        else:
            # A part of the source that is away is asked on schedule; without one, less and less often.
            failures, has_failed = failures + 1 if seconds is None and editions.away else 0, False
            _notify(on_outcome, outcome)


def _wait(seconds: float | None, failures: int, *, is_unreachable: bool) -> float:
    """Return the seconds to the next try: twice as many after each failure, to six hours or what the schedule has."""
    usual = _CATCH_UP if seconds is None else seconds
    first = min(usual, _CATCH_UP) if is_unreachable else usual
    return min(first * 2.0 ** min(max(failures - 1, 0), _MOST_DOUBLINGS), max(usual, _LONGEST))


def _notify(listener: Callable[[T], None], news: T) -> None:
    """Notify a listener, whose own failure ends nothing."""
    try:
        listener(news)
    except Exception:
        logger.exception("The outcome of a scheduled reload could not be announced")


async def keep_following(
    editions: Editions,
    seconds: float,
    run_in_thread: Callable[[Callable[[], ReloadOutcome | None]], Awaitable[ReloadOutcome | None]],
    on_outcome: Callable[[ReloadOutcome], None],
    *,
    pause: Pause = asyncio.sleep,
) -> None:
    """Serve what other processes make serve, and notify the listener, until cancelled.

    Whatever fails, the old edition serves and the next look may go well; each reason is logged once in a row.
    """
    failure = ""
    while True:
        await pause(seconds)
        try:
            outcome = await run_in_thread(editions.follow)
            if outcome is not None:
                on_outcome(outcome)
        except Exception as error:  # noqa: BLE001 (whatever it is, the next look may go well)
            # A server that is away says so in other words each time.
            reason = error.key if isinstance(error, SearchError) else f"{type(error).__name__}: {error}"
            if reason != failure:
                logger.warning("The cluster did not say which edition serves: %s: %s", type(error).__name__, error)
                failure = reason
        else:
            if failure:
                logger.info("The cluster says again which edition serves")
            failure = ""
