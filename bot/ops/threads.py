"""Long work off the event loop, in threads that do not hold up the end of the process."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")


async def in_daemon_thread(work: Callable[[], T]) -> T:
    """Run `work` in a thread of its own and return its result or raise its error.

    Unlike `asyncio.to_thread`, whose pool is joined when the loop closes, a process that stops does not
    wait for it: meant for work that may be dropped halfway, such as building an edition.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, error: BaseException | None) -> None:
        if future.cancelled():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)  # type: ignore[arg-type]  # set when there is no error

    def run() -> None:
        outcome: tuple[T | None, BaseException | None]
        try:
            outcome = work(), None
        except BaseException as error:  # noqa: BLE001 (it is raised again, to whoever waits)
            outcome = None, error
        # The loop is closed when the process stopped meanwhile: nobody waits any more.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, *outcome)

    threading.Thread(target=run, name="isnad-background", daemon=True).start()
    return await future
