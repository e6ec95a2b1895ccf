"""The members of zip and compressed tar archives, read within the budget of a fetch whatever an archive claims."""

import gzip
import io
import re
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from pathlib import Path
from typing import IO, Self, cast

from bot.articles.sources.limits import MEGABYTE, FetchBudget
from bot.articles.sources.safe_paths import Readable
from bot.articles.sources.source import SourceError

_CHUNK = 64 * 1024
# tarfile holds a record that describes the next member in memory, at whatever size it claims.
_DESCRIPTIONS = (
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)
_LONGEST_DESCRIPTION = 64 * 1024
_MOST_RECORDS = 128  # programs write a dozen
_COMMIT = re.compile(rb"[0-9a-f]{40}|[0-9a-f]{64}")
_ENTRY = b"PK\x01\x02"
_LARGEST_DIRECTORY = 64 * MEGABYTE
_ENCRYPTED, _UTF_8 = 0x1, 0x800


class MemberKind(Enum):
    """Kinds of members, by what they would become on disk."""

    FILE = auto()
    FOLDER = auto()
    SPECIAL = auto()  # a link, a device, a pipe, a file with holes


@dataclass(frozen=True, slots=True)
class Member:
    """A member's name as the archive has it, and how to read it before the next one comes."""

    name: str
    kind: MemberKind
    open: Callable[[], Readable]
    encrypted: bool = False


@dataclass(slots=True)
class LimitedStream:
    """A stream whose bytes count against the budget of a fetch; it is read forwards, in pieces of a stated size.

    `_missing` is how many bytes there have to be, where that is known.
    """

    _stream: IO[bytes]
    _budget: FetchBudget
    _missing: int = 0

    def read(self, size: int) -> bytes:
        """Read at most `size` bytes; raise SourceError when the budget is spent, and EOFError at an early end."""
        data = self._stream.read(size)
        self._missing -= len(data)
        if not data and self._missing > 0:
            raise EOFError
        self._budget.unpack(len(data))
        return data


@dataclass(slots=True)
class TarArchive:
    """The members of a `.tar.gz` one after the other; `revision` is known once the first has been given."""

    _path: Path
    _budget: FetchBudget
    revision: str | None = None

    def members(self) -> Iterator[Member]:
        with gzip.open(self._path) as unzipped:
            # Members that are passed over are unpacked too, so all that comes out of the compression counts.
            stream = LimitedStream(cast("IO[bytes]", unzipped), self._budget)
            with tarfile.open(
                fileobj=cast("IO[bytes]", stream), mode="r|", tarinfo=_Header, pax_headers=_Records()
            ) as archive:
                while (info := archive.next()) is not None:
                    # tarfile passes over a member block by block, also behind the end.
                    if info.size < 0:
                        raise SourceError("source.corrupt")
                    self._budget.check_unpacked(info.size)
                    # It would hold every header until the end.
                    archive.members.clear()  # type: ignore[attr-defined]
                    # Git writes the commit into a header of its own before the first member.
                    self.revision = archive.pax_headers.get("comment")
                    kind = MemberKind.FILE if info.isreg() else MemberKind.SPECIAL
                    kind = MemberKind.FOLDER if info.isdir() else kind
                    yield Member(info.name, kind, partial(_opened, archive, info))
            while stream.read(_CHUNK):  # the checksum stands at the end
                pass


class _Records(dict[str, str]):
    """The pax records of a header, or of all that follow; tarfile copies those for each member.

    Holes are listed in some, or in the data: tarfile reads all of the list, and makes objects of it, before anybody
    sees the member.
    """

    def __setitem__(self, name: str, value: str) -> None:
        if name.startswith("GNU.sparse."):
            raise SourceError("source.sparse")
        super().__setitem__(name, value)
        if len(self) > _MOST_RECORDS:
            raise SourceError("source.corrupt")

    def copy(self) -> "_Records":
        copied = _Records()
        copied.update(self)
        return copied


class _Header(tarfile.TarInfo):
    """A header that says when it is broken; tarfile takes a broken one for the end of the archive."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        if len(buf) == tarfile.BLOCKSIZE and not any(buf):
            return super().frombuf(buf, encoding, errors)  # raises what marks the end
        if len(buf) < tarfile.BLOCKSIZE:
            raise EOFError
        try:
            header = super().frombuf(buf, encoding, errors)
        except tarfile.TarError as error:
            raise SourceError("source.corrupt") from error
        if header.type == tarfile.GNUTYPE_SPARSE:
            raise SourceError("source.sparse")
        if header.size < 0 or (header.type in _DESCRIPTIONS and header.size > _LONGEST_DESCRIPTION):
            raise SourceError("source.corrupt")
        return header


def _opened(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Readable:
    if (stream := archive.extractfile(info)) is None:
        raise SourceError("source.corrupt")
    return stream


@dataclass(slots=True)
class ZipArchive:
    """The members of a `.zip`; `revision` is known once the first has been given."""

    _path: Path
    _budget: FetchBudget
    revision: str | None = None

    def members(self) -> Iterator[Member]:
        with _Directory(self._path, self._budget) as file, zipfile.ZipFile(cast("IO[bytes]", file)) as archive:
            if _COMMIT.fullmatch(archive.comment):
                self.revision = archive.comment.decode("ascii")
            for info in archive.infolist():
                form = stat.S_IFMT(info.external_attr >> 16)
                kind = MemberKind.FILE if form in {0, stat.S_IFREG} else MemberKind.SPECIAL
                kind = MemberKind.FOLDER if info.filename.endswith("/") else kind
                opener = partial(_open, archive, info, self._budget)
                yield Member(_name(info), kind, opener, encrypted=bool(info.flag_bits & _ENCRYPTED))


class _Directory(io.FileIO):
    """A file that reads no more at once than a directory of bearable size.

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
    with suppress(UnicodeError):
        return name if info.flag_bits & _UTF_8 else name.encode("cp437").decode("utf-8")
    return name


def _open(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: FetchBudget) -> Readable:
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise SourceError("source.corrupt")
    return LimitedStream(archive.open(info), budget, info.file_size)
