"""Whatever an archive holds, nothing is written outside the folder that it is unpacked into."""

import gzip
import io
import tarfile
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.sources import SourceError
from bot.articles.sources.safe_paths import is_article, safe_path, write_file
from tests.examples import examples

from .archives import regular, special, tar_of, zipped
from .cage import HOSTILE_PARTS, unpack_in_a_cage

PARTS = st.one_of(
    st.sampled_from(HOSTILE_PARTS),
    st.text(max_size=8),
)
NAMES = st.builds(
    lambda start, parts, end: start + "/".join(parts) + end,
    st.sampled_from(["", "/", "//", "\\\\", "./", "../", "C:/"]),
    st.lists(PARTS, max_size=6),
    st.sampled_from(["", ".md", "/", "/a.md", "\\a.txt"]),
)
KINDS = st.sampled_from([tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE])


def encodable(names: Iterable[str]) -> list[str]:
    return [name for name in names if name.encode("utf-8", "ignore").decode() == name]


@examples(100)
@given(st.lists(NAMES, min_size=1, max_size=5), st.lists(st.tuples(NAMES, KINDS, NAMES), max_size=3), st.randoms())
def test_no_tar_writes_outside(names: list[str], specials: list[tuple[str, bytes, str]], random: object) -> None:
    members = [regular(name, b"text") for name in encodable(names)]
    members += [special(name, kind, target) for name, kind, target in specials if encodable([name, target])]
    random.shuffle(members)  # type: ignore[attr-defined]
    with suppress(ValueError):  # a name that tar cannot hold
        unpack_in_a_cage(tar_of(members))


@examples(100)
@given(st.lists(NAMES, min_size=1, max_size=5, unique=True), st.sampled_from([0, 0o120777, 0o100644, 0o040755]))
def test_no_zip_writes_outside(names: list[str], mode: int) -> None:
    unpack_in_a_cage(zipped(dict.fromkeys(encodable(names), b"text"), mode=mode))


@examples(200)
@given(NAMES)
def test_a_safe_path_stays_below_and_can_be_written(name: str) -> None:
    try:
        path = safe_path(name)
    except SourceError:
        return
    assert not path.is_absolute()
    assert not {"..", "."} & set(path.parts)
    if path.parts:
        with tempfile.TemporaryDirectory() as folder:
            write_file(Path(folder), path, io.BytesIO(b"text"))
            assert (Path(folder) / path).resolve().is_relative_to(Path(folder).resolve())
            assert (Path(folder) / path).read_bytes() == b"text"


@examples(100)
@given(st.binary(max_size=600), st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08"]))
def test_no_bytes_raise_anything_else(data: bytes, magic: bytes) -> None:
    unpack_in_a_cage(magic + data)


@examples(100)
@given(st.data())
def test_no_damage_raises_anything_else(data: st.DataObject) -> None:
    archive = bytearray(data.draw(st.sampled_from([zipped({"a.md": b"text", "b/c.md": b"x" * 99}), TAR])))
    for _ in range(data.draw(st.integers(1, 4))):
        archive[data.draw(st.integers(0, len(archive) - 1))] = data.draw(st.integers(0, 255))
    unpack_in_a_cage(bytes(archive))


TAR = tar_of([regular("a.md", b"text"), regular("b/c.md", b"x" * 99), special("d", tarfile.SYMTYPE, "a.md")])


@examples(100)
@given(st.data())
def test_no_damage_inside_the_compression_raises_anything_else(data: st.DataObject) -> None:
    archive = bytearray(gzip.decompress(TAR)[:4096])
    for _ in range(data.draw(st.integers(1, 6))):
        archive[data.draw(st.integers(0, len(archive) - 1))] = data.draw(st.integers(0, 255))
    unpack_in_a_cage(gzip.compress(bytes(archive)))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.md", True),
        ("a/b.TXT", True),
        ("a.jsonl", True),
        ("a", False),
        ("a.py", False),
        (".a.md", False),
        (".git/a.md", False),
        ("a/.b/c.md", False),
        ("README.md", False),
        ("a/license.txt", False),
    ],
)
def test_an_article_is_what_a_directory_would_give(name: str, expected: bool) -> None:
    assert is_article(PurePosixPath(name)) is expected
