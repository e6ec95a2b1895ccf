"""Calls to the library of an object store: opened, many at once, within a fetch's time, its errors converted."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from importlib import import_module
from typing import Any, TypeVar

from bot.articles.sources.address import Address
from bot.articles.sources.limits import FetchBudget
from bot.articles.sources.safe_paths import UNWRITABLE_ERRORS
from bot.articles.sources.source import SourceError
from bot.threads import start_in_daemon

T = TypeVar("T")

EXTRA = "stores"

_AT_ONCE = 16
_MOST_LEFT = 2 * _AT_ONCE

OpenStore = Callable[[str], tuple[Any, str]]
"""Opens the store that an address names, and returns it with the path in it."""


def open_store(url: str) -> tuple[Any, str]:
    """Open a store with credentials from where its own library looks for them; raise ImportError."""
    store, path = import_module("fsspec.core").url_to_fs(url)  # an optional extra
    return store, str(path)


class StoreCalls:
    """Makes calls to a store's library, a few at once; `left` are those that outlasted their time."""

    def __init__(self) -> None:
        self.left: list[Future[Any]] = []

    def run(self, calls: Iterable[Callable[[], T]], budget: FetchBudget) -> Iterator[T]:
        """Yield what calls return, in the order that they end; raise SourceError, and what a call raises.

        A call cannot be broken off: one that outlasts the time of the fetch is left behind with its thread, and while
        there are many of those, no further calls are made.
        """
        self.left = [future for future in self.left if not future.done()]
        if len(self.left) >= _MOST_LEFT:
            raise SourceError("source.silent", seconds=round(budget.limits.seconds))
        pending = set[Future[T]]()
        try:
            for call in calls:
                pending.add(start_in_daemon(call))
                if len(pending) == _AT_ONCE:
                    done, pending = _first_done(pending, budget)
                    yield from (future.result() for future in done)
            while pending:
                done, pending = _first_done(pending, budget)
                yield from (future.result() for future in done)
        except BaseException as error:
            seconds = max(min(budget.seconds_left, budget.limits.silence), 0)
            budget.expire()
            if isinstance(error, Exception):
                # Calls on their way may still succeed, and then do so before any later call.
                _, pending = wait(pending, seconds)
            self.left += pending
            raise


def _first_done(pending: "set[Future[T]]", budget: FetchBudget) -> "tuple[set[Future[T]], set[Future[T]]]":
    done, others = wait(pending, max(budget.seconds_left, 0), FIRST_COMPLETED)
    if not done:
        raise SourceError("source.timeout", seconds=round(budget.limits.seconds))
    return done, others


@contextmanager
def store_errors_converted(address: Address) -> Iterator[None]:
    """Convert the errors of a store's library, of which each has its own, into SourceError."""
    try:
        yield
    except SourceError:
        raise
    except ImportError as error:
        scheme = address.url.partition(":")[0]
        raise SourceError("source.no_store", scheme=scheme, extra=EXTRA) from error
    except FileNotFoundError as error:
        raise SourceError("source.not_found", url=address.shown) from error
    except PermissionError as error:
        raise SourceError("source.forbidden", url=address.shown) from error
    except Exception as error:
        if isinstance(error, OSError) and error.errno in UNWRITABLE_ERRORS:
            raise
        raise SourceError("source.store", url=address.shown, words=type(error).__name__) from error
