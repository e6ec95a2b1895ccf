"""Zip archives, with a bound on the memory that their directory takes."""

import io
import re
import stat
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import IO, cast

from bot.articles.sources.archive_member import LimitedStream, Member, MemberKind, Readable
from bot.articles.sources.limits import MEGABYTE, FetchBudget
from bot.articles.sources.source import SourceError

_COMMIT = re.compile(rb"[0-9a-f]{40}|[0-9a-f]{64}")
_ENTRY = b"PK\x01\x02"
_LARGEST_DIRECTORY = 64 * MEGABYTE
_ENCRYPTED, _UTF_8 = 0x1, 0x800
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class ZipArchive:
    """The members of a `.zip`; `revision` is known once the first has been given."""

    def __init__(self, path: Path, budget: FetchBudget) -> None:
        self._path = path
        self._budget = budget
        self.revision: str | None = None

    def members(self) -> Iterator[Member]:
        """Yield every member in the order of the archive's directory."""
        with (
            _Directory(self._path, self._budget) as file,
            zipfile.ZipFile(cast("IO[bytes]", file)) as archive,
        ):
            if _COMMIT.fullmatch(archive.comment):
                self.revision = archive.comment.decode("ascii")
            for info in archive.infolist():
                opener = partial(_open, archive, info, self._budget)
                yield Member(_name(info), _kind(info), opener, encrypted=bool(info.flag_bits & _ENCRYPTED))


class _Directory(io.FileIO):
    """A file of which no larger part is read at once than a directory of bearable size.

    zipfile reads the whole directory, at whatever size the archive claims, and makes an object of every entry.
    """

    def __init__(self, path: Path, budget: FetchBudget) -> None:
        super().__init__(path)
        self._budget = budget

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > _LARGEST_DIRECTORY:
            raise SourceError("source.corrupt")
        data = super().read(size) or b""
        self._budget.check_entries(data.count(_ENTRY))
        return data

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        if whence == io.SEEK_SET and offset < 0:
            raise SourceError("source.corrupt")  # a member that claims to lie before the archive
        return super().seek(offset, whence)


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's whole name; many programs write UTF-8 without saying so."""
    name = info.orig_filename
    if info.flag_bits & _UTF_8:
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def _kind(info: zipfile.ZipInfo) -> MemberKind:
    if info.filename.endswith("/"):
        return MemberKind.FOLDER
    form = stat.S_IFMT(info.external_attr >> 16)
    return MemberKind.FILE if form in {0, stat.S_IFREG} else MemberKind.SPECIAL


def _open(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: FetchBudget) -> Readable:
    if info.compress_type not in _COMPRESSIONS:
        raise SourceError("source.corrupt")
    return LimitedStream(archive.open(info), budget, info.file_size)
