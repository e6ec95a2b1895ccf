"""Archives that no program makes."""

import gzip
import io
import random
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from tests.articles.sources.archives import TEXT, corrupted, encrypted, regular, special, tar_gz, tar_of, zipped
from tests.articles.sources.cage import HOSTILE_PARTS, unpack_in_a_cage
from tests.articles.sources.conftest import LIMITS as TESTED
from tests.attacks.attack import Attack

LIMITS = replace(TESTED, unpacked_bytes=20_000_000, files=3000, seconds=10)

_MAGIC = (b"", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08\x00", b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"BZh9")
_TYPES = (*(bytes([code]) for code in b"0123456789xgLKSDVMNXA"), b"\0", b"\xff")
_SPECIAL = (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE)
_FORMATS = (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT)
_PAX = ("path", "linkpath", "size", "mtime", "uid", "comment", "hdrcharset", "charset", "GNU.sparse.name", "SCHILY.x")
_PAX_VALUES = ("", "0", "-1", "a.md", "../../a.md", "/etc/a.md", "1" * 30, "0.5", "é\0", "UTF-8", "BINARY", "\n=\n")
# Two to the power of 80, in base 256.
_HUGE = b"\x80\0\x01".ljust(12, b"\0")
# Octal numbers of twelve characters as headers have them, and what is none.
_SIZES = (b"00000000000\0", b"00000000001\0", b"77777777777\0", b"-0000000001\0", b" " * 12, b"zzz", b"9" * 12, _HUGE)
_TAR_FIELDS = ((0, 100), (100, 8), (108, 8), (124, 12), (136, 12), (157, 100), (257, 8), (329, 8), (345, 155))
# Where the numbers of a zip's records stand behind their marks: in front of a member, in the directory, at its end.
_ZIP_FIELDS = {
    b"PK\x03\x04": ((4, 2), (6, 2), (8, 2), (14, 4), (18, 4), (22, 4), (26, 2), (28, 2)),
    b"PK\x01\x02": ((6, 2), (8, 2), (10, 2), (16, 4), (20, 4), (24, 4), (28, 2), (30, 2), (32, 2), (38, 4), (42, 4)),
    b"PK\x05\x06": ((4, 2), (8, 2), (10, 2), (12, 4), (16, 4), (20, 2)),
}
_NUMBERS = (0, 1, 2, 8, 9, 12, 14, 93, 0x7F, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 0xA1FF0000, 0x41ED0000)
_PARTS = [*HOSTILE_PARTS, "questions.yaml", "b.jsonl", "c.html", "x" * 260, "é", "\udcff", ".a.md", "a.pdf"]


def _sparse_map() -> bytes:
    """A file with holes, of which the map has two million entries."""
    entries = 2_000_000
    info, data = regular("a.md", b"%d\n" % entries + b"0\n" * (2 * entries))
    info.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.name": "a.md"}
    info.pax_headers["GNU.sparse.realsize"] = "1"
    return tar_of([(info, data)])


def _old_sparse() -> bytes:
    """A file with holes in the form of old, whose header goes on and on."""
    header = bytearray(tarfile.TarInfo("a.md").tobuf(tarfile.GNU_FORMAT))
    header[156:157] = tarfile.GNUTYPE_SPARSE
    header[482:483] = b"\1"
    more = (b"00000000000\x0000000000000\0" * 21 + b"\1").ljust(tarfile.BLOCKSIZE, b"\0")
    return gzip.compress(_summed(header) + more * 30_000)


def _huge_member() -> bytes:
    """A file that is no article, and is passed over."""
    header = bytearray(tarfile.TarInfo("a.png").tobuf(tarfile.GNU_FORMAT))
    header[124:136] = _HUGE
    return gzip.compress(_summed(header))


def _global_headers() -> bytes:
    """Headers for all members, which each of thousands copies."""
    headers = {f"x{number}": "y" for number in range(4000)}
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz", format=tarfile.PAX_FORMAT, pax_headers=headers) as archive:
        for number in range(3 * LIMITS.files):
            info, data = regular(f"{number}.png", b"")
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def _summed(header: bytearray) -> bytes:
    """Make the sum of a header right again."""
    header[148:156] = b"%06o\0 " % tarfile.calc_chksums(bytes(header))[0]  # type: ignore[attr-defined]
    return bytes(header)


class Archives(Attack[bytes]):
    """Unpacks them where whatever is written outside is seen."""

    tried = "names that lead out, links, devices, changed headers and directories of tar and zip, cut ones"
    promise = "nothing outside the folder, no link, no more than the limits; unpacked, or refused with a reason"
    share = 12
    named: ClassVar = {
        "a map of a sparse file": _sparse_map,
        "a map of a sparse file of old": _old_sparse,
        "a member of two to the power of 80 bytes": _huge_member,
        "headers for all of thousands of members": _global_headers,
    }

    def make(self, chance: random.Random) -> bytes:
        makers: tuple[Callable[[random.Random], bytes], ...] = (
            _structured_tar,
            lambda chance: gzip.compress(_changed_tar(chance), 1),
            lambda chance: gzip.compress(_changed_tar(chance), 1),
            _structured_zip,
            _changed_zip,
            _changed_zip,
            _damaged,
            lambda chance: chance.choice(_MAGIC) + chance.randbytes(chance.randrange(600)),
        )
        return chance.choice(makers)(chance)

    def try_out(self, given: bytes) -> None:
        unpack_in_a_cage(given, LIMITS)


def _name(chance: random.Random) -> str:
    opening = chance.choice(("", "", "", "/", "//", "\\\\", "./", "../", "C:/", "top/"))
    parts = [chance.choice(_PARTS) for _ in range(chance.choice((1, 1, 2, 3, 40)))]
    return opening + "/".join(parts) + chance.choice(("", ".md", ".md", "/", "/a.md", "\\a.txt"))


def _structured_tar(chance: random.Random) -> bytes:
    """Write members as a program could, with any names, kinds and pax headers."""
    stream = io.BytesIO()
    form = chance.choice(_FORMATS)
    with tarfile.open(fileobj=stream, mode="w:gz", format=form, errors="surrogateescape", compresslevel=1) as archive:
        for _ in range(chance.randrange(1, 7)):
            info, data = regular(_name(chance), TEXT * chance.choice((0, 1, 1, 100)))
            if chance.random() < 0.3:
                info, data = special(_name(chance), chance.choice(_SPECIAL), _name(chance))
            info.mode = chance.choice((0, 0o644, 0o4777, 0o120777))
            if chance.random() < 0.3:
                info.pax_headers = {chance.choice(_PAX): chance.choice(_PAX_VALUES) for _ in range(3)}
            try:
                archive.addfile(info, io.BytesIO(data))
            except (ValueError, UnicodeError):  # what this form cannot hold
                continue
    return stream.getvalue()


def _changed_tar(chance: random.Random) -> bytes:
    """Change fields of headers, and make their sums right again, so that they are read."""
    files = {_name(chance).encode("utf-8", "ignore").decode().replace("\0", ""): TEXT for _ in range(4)}
    data = bytearray(gzip.decompress(tar_gz({"a.md": TEXT, **files})))
    for _ in range(chance.randrange(1, 5)):
        block = chance.randrange(min(len(data) // tarfile.BLOCKSIZE, 16)) * tarfile.BLOCKSIZE
        if chance.random() < 0.5:
            data[block + 156 : block + 157] = chance.choice(_TYPES)
        if chance.random() < 0.7:
            start, length = chance.choice(_TAR_FIELDS)
            name = _name(chance).encode("utf-8", "replace")
            value = chance.choice((chance.choice(_SIZES), chance.randbytes(length), name))
            data[block + start : block + start + length] = value[:length].ljust(length, b"\0")
        if chance.random() < 0.9:
            data[block : block + tarfile.BLOCKSIZE] = _summed(data[block : block + tarfile.BLOCKSIZE])
    end = chance.randrange(len(data)) if chance.random() < 0.2 else len(data)
    return bytes(data[:end])


def _structured_zip(chance: random.Random) -> bytes:
    names = [_name(chance).encode("utf-8", "ignore").decode() for _ in range(chance.randrange(1, 7))]
    mode = chance.choice((0, 0o100644, 0o120777, 0o040755, 0o060644))
    files = {name: TEXT * chance.choice((0, 1, 100)) for name in names}
    archive = zipped(files, chance.choice(("", "x", "a" * 40)), mode)
    return encrypted(archive) if chance.random() < 0.1 else archive


def _changed_zip(chance: random.Random) -> bytes:
    """Change numbers of the records of a zip."""
    data = bytearray(_structured_zip(chance))
    for _ in range(chance.randrange(1, 5)):
        mark = chance.choice([*_ZIP_FIELDS])
        at = data.find(mark, chance.randrange(len(data)))
        if at < 0:
            continue
        offset, length = chance.choice(_ZIP_FIELDS[mark])
        number = chance.choice((chance.choice(_NUMBERS), chance.getrandbits(32), len(data) - chance.randrange(64)))
        data[at + offset : at + offset + length] = (number % 256**length).to_bytes(length, "little")
    return bytes(data)


def _damaged(chance: random.Random) -> bytes:
    """Damage what would be a good archive, in its compression too."""
    archive = chance.choice((tar_gz, zipped))({"a.md": TEXT * 9, "top/b.md": TEXT, "c.pdf": b"x" * 99})
    damages: tuple[Callable[[], bytes], ...] = (
        lambda: archive[: chance.randrange(len(archive))],
        lambda: corrupted(archive, chance.random(), chance.randrange(1, 20)),
        lambda: archive + chance.randbytes(chance.randrange(1, 600)),
        lambda: chance.randbytes(chance.randrange(1, 600)) + archive,
        lambda: archive + archive,
        lambda: _stored(archive),
    )
    return chance.choice(damages)()


def _stored(inner: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.zip", inner)
        archive.writestr("a.md", inner)
    return stream.getvalue()
