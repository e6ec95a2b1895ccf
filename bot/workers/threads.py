"""Daemon threads for work off the event loop, and the tuning of garbage collection and thread switches for them.

Unlike those of `asyncio.to_thread`, no thread is waited for when the loop closes: work may be dropped halfway.
"""

import asyncio
import ctypes
import gc
import logging
import sys
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from queue import SimpleQueue
from typing import ParamSpec, TypeVar

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

# A tenth of Python's five milliseconds: chosen, since handing over costs a thread nothing that can be measured.
_SWITCH = 0.0005  # seconds

_Task = Callable[[], None]


def start_in_daemon(work: Callable[[], T]) -> "Future[T]":
    """Start work in a daemon thread of its own; cancelling its future while it runs leaves the thread behind."""
    future: Future[T] = Future()
    _start(partial(_fulfil, future, work))
    return future


async def in_daemon_thread(work: Callable[[], T]) -> T:
    """Run long work, such as building an edition, in a thread of its own; return its result or raise its error."""
    return await asyncio.wrap_future(start_in_daemon(work))


class Worker:
    """A few threads for short work, begun in the order of coming; they start with the first of it.

    One is enough for work that computes: a second would make neither faster, since such work holds the interpreter's
    lock, and would make the event loop wait twice as long for its turn. Work that waits for others wants more.
    """

    def __init__(self, threads: int = 1) -> None:
        self._tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self._threads = threads
        self._has_started = False
        self._lock = threading.Lock()
        weakref.finalize(self, _end_threads, self._tasks, threads)

    async def run(self, work: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
        """Run work and return its result or raise its error; do not begin it once the caller is cancelled."""
        future: Future[T] = Future()
        self._put(partial(_fulfil, future, partial(work, *arguments, **options)))
        return await asyncio.wrap_future(future)

    def begin(self, work: Callable[P, object], *arguments: P.args, **options: P.kwargs) -> None:
        """Run work that nobody waits for; log its error."""
        self._put(partial(_log_errors, partial(work, *arguments, **options)))

    def _put(self, task: _Task) -> None:
        self._tasks.put(task)
        with self._lock:
            has_started, self._has_started = self._has_started, True
        if not has_started:
            for _ in range(self._threads):
                # Not a method: a thread must not hold the worker, whose end ends it.
                _start(partial(_run_tasks, self._tasks))


def _start(task: _Task) -> None:
    threading.Thread(target=task, name="isnad-background", daemon=True).start()


def _run_tasks(tasks: "SimpleQueue[_Task | None]") -> None:
    while task := tasks.get():
        task()
        # An idle thread holds on to nothing, least of all to an edition that serves no more.
        del task


def _end_threads(tasks: "SimpleQueue[_Task | None]", threads: int) -> None:
    for _ in range(threads):
        tasks.put(None)


def _fulfil(future: "Future[T]", work: Callable[[], T]) -> None:
    """Run work and settle its future, unless this is cancelled already."""
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001 (it is raised again where it is awaited)
        future.set_exception(error)
    else:
        future.set_result(result)


def _log_errors(work: Callable[[], object]) -> None:
    try:
        work()
    except Exception:
        logger.exception("Work in the background failed")


def set_switch_interval() -> None:
    """Let a thread that computes make way for the event loop within half a millisecond."""
    sys.setswitchinterval(_SWITCH)


def tune_gc(*, anew: bool = False) -> None:
    """Exempt all objects that exist now from garbage collection, whose walks stop the whole process.

    Circles of objects are freed first; other objects are freed all the same once nothing refers to them. This costs
    one walk through what was made since the last call. Circles that were exempt before they were dropped stay for ever,
    as does a client that was connected at a reload, until a call that begins `anew`: a walk through everything, a tenth
    of a second and more.
    """
    if anew:
        gc.unfreeze()
    gc.collect()
    gc.freeze()


def return_memory() -> None:
    """Give what the allocator holds and nobody uses back to the system, where the C library can do that: glibc's.

    A thread that builds an edition has an arena of its own there, which keeps what it took.
    """
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)
