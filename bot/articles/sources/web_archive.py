"""The source of an archive on a web server, whose articles are unpacked from its top folder; of other files, names."""

import asyncio
import gzip
import logging
import os
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path, PurePosixPath
from typing import Any

from bot.articles.sources.address import with_folder
from bot.articles.sources.archive_download import ArchiveRequest, download, unless_ended
from bot.articles.sources.archive_forms import Member, MemberKind, TarArchive, ZipArchive
from bot.articles.sources.limits import FetchBudget, FetchLimits
from bot.articles.sources.remote_source import RemoteSource
from bot.articles.sources.safe_paths import (
    for_display,
    golden_beside,
    is_corpus_file,
    is_unsupported,
    safe_path,
    unexpected_error,
    write_file,
    write_placeholder,
)
from bot.articles.sources.snapshots import Snapshot, Snapshots
from bot.articles.sources.source import NO_VERSION, SourceError
from bot.workers.child_process import CallError, ChildError, ChildProcess

logger = logging.getLogger(__name__)

_RESOURCE_FORKS = "__MACOSX"  # beside what a Mac was asked to pack
_CORRUPT = (
    *(gzip.BadGzipFile, zlib.error, tarfile.TarError, zipfile.BadZipFile),
    # Numbers and names that make no sense; headers about headers about headers.
    *(NotImplementedError, RecursionError, ValueError, OverflowError),
)

# What the bytes begin with decides; names and servers' words about an archive are often wrong.
_FORMS: dict[bytes, type[ZipArchive | TarArchive]] = {
    b"PK\x03\x04": ZipArchive,
    b"PK\x05\x06": ZipArchive,
    b"\x1f\x8b": TarArchive,
}
_ARCHIVE, _FILES = "archive", "files"


class TopFolder:
    """Watches members go by and remembers whether they share a top folder."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._is_shared = True

    def see(self, path: PurePosixPath, *, is_folder: bool) -> None:
        if not path.parts or path.parts[0].startswith(".") or path.parts[0] == _RESOURCE_FORKS:
            return
        if len(path.parts) == 1 and not is_folder:
            self._is_shared = False
        elif len(self._names) <= 1:
            self._names.add(path.parts[0])

    def strip(self, folder: PurePosixPath) -> list[PurePosixPath]:
        """Return the path of a folder that counts from the top folder; none where there is no top folder."""
        is_alone = self._is_shared and len(self._names) == 1
        return [PurePosixPath(name) / folder for name in self._names] if is_alone else []


Unpacked = tuple[PurePosixPath, str | None]
"""Where the articles lie below the folder unpacked into, and the commit that the archive was made from."""


def unpack(archive: Path, target: Path, folder: PurePosixPath, budget: FetchBudget) -> Unpacked:
    """Unpack the articles in one folder of an archive, or raise SourceError; `.` is the whole archive.

    An archive of a Git host has one top folder, named for the branch or commit: `folder` counts from there.
    A name that leads out, wherever it stands, spoils the archive; links and devices do where an article should be.
    Files of other forms are left behind empty, for the readers of articles to reject them by name.
    """
    budget.archive_bytes = archive.stat().st_size
    top = TopFolder()
    rejected = list[str]()
    # A file that asks the golden questions about another counts from either top, as folders do.
    golden = golden_beside(folder)
    with _archive_errors_converted():
        contents = _form_of(archive)(archive, budget)
        for member in contents.members():
            budget.count_entry()
            path = safe_path(member.name)
            top.see(path, is_folder=member.kind is MemberKind.FOLDER)
            if member.kind is MemberKind.FOLDER:
                continue
            asks = any(PurePosixPath(*path.parts[first:]) in golden for first in (0, 1))
            if asks or _is_wanted(path, folder, is_corpus_file):
                _check(member)
                budget.count_file()
                write_file(target, path, member.open())
            elif member.kind is MemberKind.FILE and _is_wanted(path, folder, is_unsupported):
                budget.count_file()
                rejected.append(path.as_posix())
    for root in (*top.strip(folder), folder):
        if (target / root).exists():
            # Behind the articles, so that none of them is in the way of one, or makes a folder of no article the root.
            for name in rejected:
                write_placeholder(target, PurePosixPath(name))
            return root, contents.revision
    if folder.parts:
        raise SourceError("source.no_folder", folder=for_display(folder.as_posix()))
    raise SourceError("source.no_articles")


async def unpack_apart(archive: Path, target: Path, folder: PurePosixPath, budget: FetchBudget) -> Unpacked:
    """Unpack as `unpack` does, in a child that ends in place of the bot where memory is short."""
    record: dict[str, Any] = {"archive": str(archive), "target": str(target), "folder": folder.as_posix()}
    record["limits"], seconds = asdict(budget.limits), max(budget.seconds_left, 0) + 1
    try:
        found = await ChildProcess().call(f"{__name__}:{unpack_answer.__name__}", record, b"", seconds)
    except CallError as error:
        logger.warning("Unpacking failed unexpectedly; the last good articles stay:\n%s", error)
        raise unexpected_error(error) from error
    except ChildError as error:
        budget.check_time()
        raise SourceError("source.died") from error
    if "errno" in found:
        raise OSError(found["errno"], os.strerror(found["errno"]))
    if "error" in found:
        raise SourceError(found["error"], **found["values"])
    return PurePosixPath(found["root"]), found["revision"]


def unpack_answer(record: dict[str, Any], _: bytes) -> dict[str, Any]:
    archive, target, folder = Path(record["archive"]), Path(record["target"]), PurePosixPath(record["folder"])
    try:
        root, revision = unpack(archive, target, folder, FetchBudget(FetchLimits(**record["limits"])))
    except SourceError as error:
        return {"error": error.key, "values": error.values}
    except OSError as error:
        return {"errno": error.errno}
    return {"root": root.as_posix(), "revision": revision}


@contextmanager
def _archive_errors_converted() -> Iterator[None]:
    try:
        yield
    except EOFError as error:
        raise SourceError("source.truncated") from error
    except _CORRUPT as error:
        raise SourceError("source.corrupt") from error


def _form_of(archive: Path) -> type[ZipArchive | TarArchive]:
    with archive.open("rb") as stream:
        start = stream.read(4)
    for magic, form in _FORMS.items():
        if start.startswith(magic):
            return form
    raise SourceError("source.not_archive")


def _check(member: Member) -> None:
    if member.kind is MemberKind.SPECIAL:
        raise SourceError("source.link", name=for_display(member.name))
    if member.encrypted:
        raise SourceError("source.encrypted", name=for_display(member.name))


def _is_wanted(path: PurePosixPath, folder: PurePosixPath, is_of_kind: Callable[[PurePosixPath], bool]) -> bool:
    """Whether a file of a kind lies in a folder that counts from the archive's top or from its top folder."""
    depth = len(folder.parts)
    for first in (0, 1) if depth else (0,):
        if path.parts[first : first + depth] == folder.parts:
            below = path.parts[first + depth :] or path.parts[-1:]
            if is_of_kind(PurePosixPath(*below)):
                return True
    return False


class WebArchiveSource(RemoteSource):
    """A `.zip` or `.tar.gz` behind an address. What was fetched stays on disk until something newer is there, whole."""

    def __init__(
        self, request: ArchiveRequest, folder: PurePosixPath, snapshots: Snapshots, limits: FetchLimits
    ) -> None:
        super().__init__(snapshots, limits)
        self._request = request
        self._folder = folder

    @property
    def name(self) -> str:
        return with_folder(self._request.shown, self._folder)

    def _fetch_snapshot(self, budget: FetchBudget) -> Snapshot:
        """Download the archive if it is a new one, and unpack its articles."""
        last = self._snapshots.newest()
        known = last.version if last else NO_VERSION
        with self._snapshots.draft() as draft:
            archive, files = draft / _ARCHIVE, draft / _FILES
            version = asyncio.run(download(replace(self._request, known=known), archive, budget))
            if last is not None and version is None:
                return last
            if version is None:
                raise AssertionError("nothing is unchanged since nothing")
            if last is not None and last.version.digest == version.digest:
                return self._snapshots.renew(last, replace(version, revision=last.version.revision))
            root, revision = asyncio.run(unless_ended(unpack_apart(archive, files, self._folder, budget), budget))
            archive.unlink()
            return self._snapshots.publish(draft, PurePosixPath(_FILES) / root, replace(version, revision=revision))
