"""Work off the event loop in threads that hold up no end of the process, and the tuning of the garbage collector.

Unlike those of `asyncio.to_thread`, none is waited for when the loop closes: work may be dropped halfway.
"""

import asyncio
import gc
import logging
import sys
import threading
import weakref
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from queue import SimpleQueue
from typing import ParamSpec, TypeVar

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

_SWITCH = 0.0005

_Task = Callable[[], None]


def set_switch_interval() -> None:
    """Let a thread that computes make way for the event loop at once, not after Python's five milliseconds.

    The loop waits so long each time that it wakes up while one computes. Handing over costs the thread nothing that
    can be measured.
    """
    sys.setswitchinterval(_SWITCH)


async def in_daemon_thread(work: Callable[[], T]) -> T:
    """Run long work, such as building an edition, in a thread of its own; return its result or raise its error."""
    future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
    _start(_task(future, work))
    return await future


class Worker:
    """A thread that takes short work in the order of coming; it starts with the first of it.

    It is one since such work holds the interpreter: a second thread makes neither faster, and makes the event loop
    wait twice as long for its turn.
    """

    def __init__(self) -> None:
        self._tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self._has_started = False
        weakref.finalize(self, self._tasks.put, None)

    async def run(self, work: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
        """Run work and return its result or raise its error; what nobody waits for any more is not begun."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._put(_task(future, partial(work, *arguments, **options)))
        return await future

    def begin(self, work: Callable[P, object], *arguments: P.args, **options: P.kwargs) -> None:
        """Run work that nobody waits for; log its error."""
        self._put(partial(_log_errors, partial(work, *arguments, **options)))

    def _put(self, task: _Task) -> None:
        self._tasks.put(task)
        if not self._has_started:
            self._has_started = True
            _start(partial(_run_tasks, self._tasks))


def _start(task: _Task) -> None:
    threading.Thread(target=task, name="isnad-background", daemon=True).start()


def _run_tasks(tasks: "SimpleQueue[_Task | None]") -> None:
    while task := tasks.get():
        task()
        # An idle thread holds on to nothing, least of all to an edition that serves no more.
        del task


def _log_errors(work: Callable[[], object]) -> None:
    try:
        work()
    except Exception:
        logger.exception("Work in the background failed")


def _task(future: "asyncio.Future[T]", work: Callable[[], T]) -> _Task:
    """Make a task that runs work and settles a future of the running loop."""
    loop = asyncio.get_running_loop()

    def settle(result: T | None, error: BaseException | None) -> None:
        if future.cancelled():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)  # type: ignore[arg-type]  # set when there is no error

    def run() -> None:
        if future.cancelled():
            return
        outcome: tuple[T | None, BaseException | None]
        try:
            outcome = work(), None
        except BaseException as error:  # noqa: BLE001 (it is raised again, to whoever waits)
            outcome = None, error
        # The loop is closed when the process stopped meanwhile: nobody waits any more.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, *outcome)

    return run


def tune_gc() -> None:
    """Take all that is there for good out of the collector's walks, each of which stops the whole process.

    What is let go is freed all the same, but for circles of objects: those there are go first. That is one walk through
    what came since the last time.
    """
    gc.collect()
    gc.freeze()
