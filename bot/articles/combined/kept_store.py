"""The copy of a folder in an object store, file by file: what is there, brought here, taken there, deleted."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from bot.articles.sources.address import Address, with_folder
from bot.articles.sources.limits import FetchBudget, FetchLimits
from bot.articles.sources.safe_paths import safe_path
from bot.articles.sources.store_calls import OpenStore, StoreCalls, open_store, store_errors_converted
from bot.storage import atomic_write


class KeptStore:
    """A folder of an object store by the names of its files; every method raises SourceError."""

    def __init__(self, address: Address, limits: FetchLimits, opener: OpenStore = open_store) -> None:
        self._address = address
        self._limits = limits
        self._open = opener
        self._calls = StoreCalls()

    @property
    def name(self) -> str:
        """The address, and the folder, as they may be shown."""
        return with_folder(self._address.shown, self._address.folder)

    def list_names(self) -> list[str]:
        """Return the names of all files, relative to the folder; none where there is no such folder.

        A store that says nothing is not waited for as long as one that sends files: a start waits for this.
        """
        budget = FetchBudget(replace(self._limits, seconds=min(self._limits.seconds, self._limits.silence)))
        with store_errors_converted(self._address):
            [names] = self._calls.run([partial(self._list, budget)], budget)
        return names

    def download(self, names: Iterable[str], local: Path) -> Iterator[tuple[str, bytes]]:
        """Write files below a local folder, each whole or not at all; yield the name and content of each."""
        budget = FetchBudget(self._limits)
        with store_errors_converted(self._address):
            store, root = self._opened()
            yield from self._calls.run((partial(_download, store, root, name, local, budget) for name in names), budget)

    def upload(self, names: Iterable[str], local: Path) -> Iterator[tuple[str, bytes | None]]:
        """Copy files there; yield the name and content of each, None where the file is gone meanwhile."""
        budget = FetchBudget(self._limits)
        with store_errors_converted(self._address):
            store, root = self._opened()
            yield from self._calls.run((partial(_upload, store, root, name, local, budget) for name in names), budget)

    def delete(self, names: Iterable[str]) -> Iterator[str]:
        """Delete files there, also those that are gone already; yield the name of each."""
        budget = FetchBudget(self._limits)
        with store_errors_converted(self._address):
            store, root = self._opened()
            yield from self._calls.run((partial(_delete, store, root, name, budget) for name in names), budget)

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


def _download(store: Any, root: str, name: str, local: Path, budget: FetchBudget) -> tuple[str, bytes]:
    budget.check_time()
    data = bytes(store.cat_file(f"{root}/{name}"))
    budget.unpack(len(data))
    file = local / name
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    atomic_write(file, data)
    return name, data


def _upload(store: Any, root: str, name: str, local: Path, budget: FetchBudget) -> tuple[str, bytes | None]:
    budget.check_time()
    try:
        data = (local / name).read_bytes()
    except FileNotFoundError:
        return name, None
    store.pipe_file(f"{root}/{name}", data)
    return name, data


def _delete(store: Any, root: str, name: str, budget: FetchBudget) -> str:
    budget.check_time()
    key = f"{root}/{name}"
    with suppress(FileNotFoundError):
        try:
            store.rm_file(key)
        except NotImplementedError:  # of Azure's library; its other way takes some signs of a name for patterns
            store.rm(key)
    return name
