"""Tars that only an attacker makes: descriptions that cost more than what they describe."""

import gzip
import tarfile
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path, PurePosixPath

import pytest

from bot.articles.sources import SourceError
from bot.articles.sources.limits import FetchBudget, FetchLimits
from bot.articles.sources.web_archive import unpack
from tests.patience import PATIENCE

from .archives import COMMIT, TEXT, regular, special, tar_gz, tar_of, zipped
from .conftest import LIMITS

# Far less than the lists of holes below have.
LITTLE = replace(LIMITS, unpacked_bytes=64 * 1024)
HOLES = 100_000
BLOCK = tarfile.BLOCKSIZE


@pytest.fixture
def refused(tmp_path: Path) -> "Refused":
    return Refused(tmp_path)


class Refused:
    def __init__(self, folder: Path) -> None:
        self._file, self._target = folder / "archive", folder / "files"

    def key(self, archive: bytes, limits: FetchLimits = LIMITS) -> str:
        self._file.write_bytes(archive)
        with pytest.raises(SourceError) as caught:
            unpack(self._file, self._target, PurePosixPath(), FetchBudget(limits))
        return caught.value.key


def described(records: dict[str, str], data: bytes = b"", name: str = "b.md") -> tuple[tarfile.TarInfo, bytes]:
    info, data = regular(name, data)
    info.pax_headers = records
    return info, data


def sparse_1_0(name: str) -> bytes:
    """Make a member whose list of holes is its data."""
    holes = f"{HOLES}\n{'0' * 9}\n{'1' * 9}\n".encode() + b"1\n" * (2 * HOLES)
    return tar_of([described({"GNU.sparse.major": "1", "GNU.sparse.minor": "0"}, holes, name)])


def sparse_0_1(name: str) -> bytes:
    return tar_of([described({"GNU.sparse.map": "0,1", "GNU.sparse.size": "9"}, b"x", name)])


def sparse_0_0(name: str) -> bytes:
    return tar_of([described({"GNU.sparse.size": "9", "GNU.sparse.numblocks": "1"}, b"x", name)])


def sparse_for_all(name: str) -> bytes:
    return tar_of([global_header({"GNU.sparse.major": "1", "GNU.sparse.minor": "0"}), regular(name)])


def old_sparse(name: str) -> bytes:
    """Make a member of the old GNU form, whose list of holes goes on for as long as each block says so."""
    info = special(name, tarfile.GNUTYPE_SPARSE)[0]
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    header[482] = 1
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    extension = (b"00000000001\0" * 42).ljust(504, b"\0") + b"\1" + bytes(7)
    return gzip.compress(bytes(header) + extension * (HOLES // 21) + bytes(2 * BLOCK))


@pytest.mark.parametrize("make", [sparse_1_0, sparse_0_1, sparse_0_0, sparse_for_all, old_sparse])
@pytest.mark.parametrize("name", ["b.md", "film.png"])
def test_a_list_of_holes_is_not_read(refused: Refused, make: Callable[[str], bytes], name: str) -> None:
    """A megabyte of it becomes two gigabytes of numbers; that it is not even unpacked shows in the limit."""
    assert refused.key(make(name), LITTLE) == "source.sparse"


def global_header(records: dict[str, str]) -> tuple[tarfile.TarInfo, bytes]:
    """Make a description of all members that follow."""
    lines = b"".join(record(name, value) for name, value in records.items())
    info = special("pax_global_header", tarfile.XGLTYPE)[0]
    info.size = len(lines)
    return info, lines


def record(name: str, value: str) -> bytes:
    text = f" {name}={value}\n"
    length = len(text) + 1
    while len(f"{length}{text}") != length:
        length = len(f"{length}{text}")
    return f"{length}{text}".encode()


@pytest.mark.parametrize("headers", [1, 100])
def test_descriptions_of_all_members_are_few(refused: Refused, headers: int) -> None:
    """Each member has a copy of them."""
    many = [{f"x{header}.{number}": "y" for number in range(2000 // headers)} for header in range(headers)]
    members = [*map(global_header, many), regular("a.md")]
    assert refused.key(tar_of(members)) == "source.corrupt"
    assert refused.key(tar_of([described({f"x{number}": "y" for number in range(2000)})])) == "source.corrupt"


def test_what_git_hosts_and_programs_describe_is_taken(tmp_path: Path) -> None:
    few = {f"SCHILY.xattr.user.{number}": "y" * 200 for number in range(20)}
    archive = tar_of([described(few, b"x", f"{number}.md") for number in range(100)], COMMIT)
    (tmp_path / "archive").write_bytes(archive)
    _, revision = unpack(tmp_path / "archive", tmp_path / "files", PurePosixPath(), FetchBudget(LIMITS))
    assert revision == COMMIT
    assert len(list((tmp_path / "files").iterdir())) == 100


def enormous(size: int) -> bytes:
    info = tarfile.TarInfo("film.png")
    info.size = size
    return gzip.compress(info.tobuf(tarfile.GNU_FORMAT))


@pytest.mark.parametrize(
    "archive",
    [
        enormous(2**80),
        enormous(2**40),
        tar_of([described({"size": str(2**80)})]),
        tar_of([global_header({"size": str(2**80)}), regular("a.md"), regular("c.md")]),
    ],
    ids=["base 256", "terabyte", "described", "described for all"],
)
def test_a_member_beyond_all_bounds_is_not_looked_for(refused: Refused, archive: bytes) -> None:
    """Behind the end of the file, tarfile seeks its end block by block, without end."""
    assert refused.key(archive, replace(LIMITS, processor_seconds=PATIENCE)) == "source.unpacked_too_large"


def test_a_member_that_ends_before_it_begins_is_refused(refused: Refused) -> None:
    assert refused.key(tar_of([described({"size": "-1024"}), regular("c.md")])) == "source.corrupt"


def test_the_processor_has_a_limit_of_its_own(refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = count()
    monkeypatch.setattr(time, "thread_time", lambda: float(next(ticks)))
    many = {f"{number}.md": TEXT for number in range(20)}
    assert refused.key(tar_gz(many), replace(LIMITS, processor_seconds=10)) == "source.laborious"
    assert next(ticks) < 15
    assert refused.key(zipped(many), replace(LIMITS, processor_seconds=10)) == "source.laborious"
