"""Calls that cannot be broken off, in threads that may be left behind."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


def run_in_daemon_thread(call: Callable[[], T]) -> "Future[T]":
    """Begin a call in a thread that nobody has to wait for, neither a loop that closes nor the end of the process."""
    future: Future[T] = Future()

    def run() -> None:
        if not future.set_running_or_notify_cancel():
            return
        try:
            result = call()
        except BaseException as error:  # noqa: BLE001 (it is raised again, to whoever waits)
            future.set_exception(error)
        else:
            future.set_result(result)

    threading.Thread(target=run, name="isnad-fetch", daemon=True).start()
    return future
