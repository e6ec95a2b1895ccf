"""Calls to the library of an object store: opened, many at once, within a fetch's time, its errors converted."""

import weakref
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import closing, contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from bot.articles.sources.address import Address
from bot.articles.sources.limits import FetchBudget
from bot.articles.sources.safe_paths import UNWRITABLE_ERRORS
from bot.articles.sources.source import SourceError
from bot.workers.threads import start_in_daemon

T = TypeVar("T")

EXTRA = "stores"

_AT_ONCE = 16
# Of a call on paramiko's connection, another thread's may take the answer, and it waits for ever.
_SFTP = "sftp:"

OpenStore = Callable[[str], tuple[Any, str]]
"""Opens the store that an address names, and returns it with the path in it."""


def open_store(url: str) -> tuple[Any, str]:
    """Open a store with credentials from where its own library looks for them; raise ImportError."""
    url_to_fs = import_module("fsspec.core").url_to_fs  # an optional extra
    if not url.startswith(_SFTP):
        store, path = url_to_fs(url)
    else:
        # fsspec would keep a connection that its host has closed, and leave others open.
        store, path = url_to_fs(url, host_key_policy=_known_hosts(), skip_instance_cache=True)
        weakref.finalize(store, store.client.close)
    return store, str(path)


def _known_hosts() -> type:
    """Return a policy that refuses hosts whose keys are not in ~/.ssh/known_hosts; fsspec's own believes any."""
    paramiko = import_module("paramiko")

    class KnownHosts(paramiko.RejectPolicy):  # type: ignore[misc, name-defined]
        def missing_host_key(self, client: Any, hostname: str, key: Any) -> None:
            known = paramiko.HostKeys()
            with suppress(OSError):
                known.load(str(Path.home() / ".ssh" / "known_hosts"))
            if not known.check(hostname, key):
                with closing(client):
                    super().missing_host_key(client, hostname, key)

    return KnownHosts


class StoreCalls:
    """Makes calls to the library of an address's store, a few at once; `left` are those that outlasted their time."""

    def __init__(self, address: Address) -> None:
        self.left: list[Future[Any]] = []
        self._at_once = 1 if address.url.startswith(_SFTP) else _AT_ONCE

    def run(self, calls: Iterable[Callable[[], T]], budget: FetchBudget) -> Iterator[T]:
        """Yield what calls return, in the order that they end; raise SourceError, and what a call raises.

        A call cannot be broken off: one that outlasts the time of the fetch is left behind with its thread, and while
        there are many of those, no further calls are made.
        """
        self.left = [future for future in self.left if not future.done()]
        if len(self.left) >= 2 * _AT_ONCE:
            raise SourceError("source.silent", seconds=round(budget.limits.seconds))
        pending = set[Future[T]]()
        try:
            for call in calls:
                pending.add(start_in_daemon(call))
                if len(pending) == self._at_once:
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
