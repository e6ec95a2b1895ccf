"""The copy of a folder in an object store, file by file: what is there, brought here, taken there, deleted."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from bot.articles.sources.address import Address, with_folder
from bot.articles.sources.limits import FetchBudget, FetchLimits
from bot.articles.sources.safe_paths import safe_path
from bot.articles.sources.store_calls import OpenStore, StoreCalls, open_store, store_errors_converted
from bot.storage import atomic_write

T = TypeVar("T")


@dataclass
class KeptStore:
    """A folder of an object store by the names of its files; every method raises SourceError."""

    _address: Address
    _limits: FetchLimits
    _open: OpenStore = open_store

    def __post_init__(self) -> None:
        self._calls = StoreCalls(self._address)

    @property
    def name(self) -> str:
        """The address, and the folder, as they may be shown."""
        return with_folder(self._address.shown, self._address.folder)

    def list_names(self) -> list[str]:
        """Return the names of all files, relative to the folder; none where there is no such folder.

        A start waits for this, so that a silent store gets less time than one that sends files.
        """
        budget = FetchBudget(replace(self._limits, seconds=min(self._limits.seconds, self._limits.silence)))
        with store_errors_converted(self._address):
            [names] = self._calls.run([partial(self._list, budget)], budget)
        return names

    def download(self, names: Iterable[str], local: Path) -> Iterator[tuple[str, bytes]]:
        """Write files below a local folder, each whole or not at all; yield the name and content of each."""

        def download(store: Any, key: str, name: str, budget: FetchBudget) -> tuple[str, bytes]:
            data = bytes(store.cat_file(key))
            budget.unpack(len(data))
            file = local / name
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            atomic_write(file, data)
            return name, data

        return self._each(download, names)

    def upload(self, names: Iterable[str], local: Path) -> Iterator[tuple[str, bytes | None]]:
        """Copy files there; yield the name and content of each, None where the file is gone meanwhile."""

        def upload(store: Any, key: str, name: str, _: FetchBudget) -> tuple[str, bytes | None]:
            try:
                data = (local / name).read_bytes()
            except FileNotFoundError:
                return name, None
            try:
                store.pipe_file(key, data)
            except FileNotFoundError:  # where folders are more than a part of names, as over SFTP
                store.makedirs(key.rpartition("/")[0], exist_ok=True)
                store.pipe_file(key, data)
            return name, data

        return self._each(upload, names)

    def delete(self, names: Iterable[str]) -> Iterator[str]:
        """Delete files there, also those that are gone already; yield the name of each."""

        def delete(store: Any, key: str, name: str, _: FetchBudget) -> str:
            with suppress(FileNotFoundError):
                try:
                    store.rm_file(key)
                except NotImplementedError:  # of Azure's library; its other way takes some signs of a name for patterns
                    store.rm(key)
            return name

        return self._each(delete, names)

    def _each(self, call: Callable[[Any, str, str, FetchBudget], T], names: Iterable[str]) -> Iterator[T]:
        """Yield what a call returns for each name, given the store and the key of the file there."""
        budget = FetchBudget(self._limits)
        with store_errors_converted(self._address):
            store, root = self._opened()

            def in_time(name: str) -> T:
                budget.check_time()
                return call(store, f"{root}/{name}", name, budget)

            yield from self._calls.run((partial(in_time, name) for name in names), budget)

    def _opened(self) -> tuple[Any, str]:
        store, root = self._open(self._address.url)
        return store, "/".join([root.rstrip("/"), *self._address.folder.parts])

    def _list(self, budget: FetchBudget) -> list[str]:
        store, root = self._opened()
        store.invalidate_cache()
        try:
            # Some stores keep an empty object for a folder.
            keys = [key for key in store.find(root) if key != root and not key.endswith("/")]
        except FileNotFoundError:
            return []
        for _ in keys:
            budget.count_file()
        return [safe_path(key[len(root) :].lstrip("/")).as_posix() for key in keys]
