"""Compressed tar archives read as a stream; broken headers raise, which tarfile takes for the end."""

import gzip
import tarfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import IO, Self, cast

from bot.articles.sources.archive_member import LimitedStream, Member, MemberKind, Readable
from bot.articles.sources.limits import FetchBudget
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


class TarArchive:
    """The members of a `.tar.gz` one after the other; `revision` is known once the first has been given."""

    def __init__(self, path: Path, budget: FetchBudget) -> None:
        self._path = path
        self._budget = budget
        self.revision: str | None = None

    def members(self) -> Iterator[Member]:
        """Yield every member; whoever takes them reads one before the next."""
        with gzip.open(self._path) as unzipped:
            # Members that are passed over are unpacked too, so all that comes out of the compression counts.
            stream = LimitedStream(cast("IO[bytes]", unzipped), self._budget)
            with tarfile.open(
                fileobj=cast("IO[bytes]", stream), mode="r|", tarinfo=_Header, pax_headers=_Records()
            ) as archive:
                while (info := archive.next()) is not None:
                    self._check_size(info.size)
                    # It would hold every header until the end.
                    archive.members.clear()  # type: ignore[attr-defined]
                    # Git writes the commit into a header of its own before the first member.
                    self.revision = archive.pax_headers.get("comment")
                    yield Member(info.name, _kind(info), partial(_open, archive, info))
            while stream.read(_CHUNK):  # the checksum stands at the end
                pass

    def _check_size(self, size: int) -> None:
        """Refuse a member that cannot be there: tarfile passes over it block by block, also behind the end."""
        if size < 0:
            raise SourceError("source.corrupt")
        self._budget.check_unpacked(size)


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


def _kind(info: tarfile.TarInfo) -> MemberKind:
    if info.isdir():
        return MemberKind.FOLDER
    return MemberKind.FILE if info.isreg() else MemberKind.SPECIAL


def _open(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Readable:
    stream = archive.extractfile(info)
    if stream is None:
        raise SourceError("source.corrupt")
    return stream
