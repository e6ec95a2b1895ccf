"""Archives as programs make them, and as only an attacker does."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

COMMIT = "0123456789abcdef0123456789abcdef01234567"
TEXT = "عنوان القصة\nخرج القارب من الميناء قبل الفجر."
ARTICLES = {"a.txt": TEXT, "sub/b.md": TEXT}


def tar_gz(files: Mapping[str, str | bytes], top: str = "", commit: str = "") -> bytes:
    """Make an archive of files; with a top folder and a commit as a Git host does."""
    return tar_of([regular(f"{top}{name}", text) for name, text in files.items()], commit)


def tar_of(members: Iterable[tuple[tarfile.TarInfo, bytes]], commit: str = "") -> bytes:
    stream = io.BytesIO()
    headers = {"comment": commit} if commit else {}
    with tarfile.open(fileobj=stream, mode="w:gz", format=tarfile.PAX_FORMAT, pax_headers=headers) as archive:
        for info, data in members:
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def regular(name: str, text: str | bytes = TEXT) -> tuple[tarfile.TarInfo, bytes]:
    data = text if isinstance(text, bytes) else text.encode()
    info = tarfile.TarInfo(name)
    info.size = len(data)
    return info, data


def special(name: str, kind: bytes, target: str = "") -> tuple[tarfile.TarInfo, bytes]:
    """Make a member that is a link, a device or a pipe."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info, b""


def zipped(files: Mapping[str, str | bytes], comment: str = "", mode: int = 0) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            info = zipfile.ZipInfo("placeholder")
            info.filename = name  # as it is: the constructor cuts names
            info.external_attr = mode << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text)
        archive.comment = comment.encode()
    return stream.getvalue()


def encrypted(archive: bytes) -> bytes:
    """Set the mark of encryption on every member, in the headers before them and in the directory."""
    data = bytearray(archive)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(signature)
        while start >= 0:
            data[start + offset] |= 1
            start = data.find(signature, start + 4)
    return bytes(data)


def corrupted(archive: bytes, at: float = 0.5, count: int = 8) -> bytes:
    """Overwrite some bytes."""
    data = bytearray(archive)
    start = int(len(data) * at)
    data[start : start + count] = bytes(byte ^ 0xFF for byte in data[start : start + count])
    return bytes(data)


def unzipped(archive: bytes) -> bytes:
    return gzip.decompress(archive)


def names(folder: Path) -> list[str]:
    """List the files below a folder, or the folder itself where it is a file."""
    if folder.is_file():
        return [folder.name]
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
