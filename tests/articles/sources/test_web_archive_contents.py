import gzip
import stat
import tarfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from bot.articles.sources import SourceError
from bot.articles.sources.limits import FetchBudget, FetchLimits
from bot.articles.sources.web_archive import unpack
from tests.articles.sources.archives import (
    ARTICLES,
    TEXT,
    corrupted,
    encrypted,
    names,
    regular,
    special,
    tar_gz,
    tar_of,
    unzipped,
    zipped,
)
from tests.articles.sources.conftest import LIMITS

MEGABYTE = 1024 * 1024
UNSAFE = [
    "../a.md",
    "top/../../a.md",
    "top/..",
    "/a.md",
    "//host/share/a.md",
    "\\a.md",
    "..\\a.md",
    "top\\..\\..\\a.md",
    "C:\\a.md",
    "c:a.md",
    f"{'a' * 300}.md",
    f"{'أ' * 128}.md",
    "a/" * 33 + "a.md",
    "../readme",
    "/etc/cron.d/job",
]
MAKERS: dict[str, Callable[[Mapping[str, str | bytes]], bytes]] = {"tar": tar_gz, "zip": zipped}


@pytest.fixture
def unpacked(tmp_path: Path) -> Callable[..., list[str]]:
    """Unpack an archive and list what stands on disk of it; nothing may stand beside."""

    def run(archive: bytes, limits: FetchLimits = LIMITS, folder: str = "", name: str = "archive") -> list[str]:
        file, target = tmp_path / name, tmp_path / "target" / "files"
        file.write_bytes(archive)
        try:
            root, _ = unpack(file, target, PurePosixPath(folder), FetchBudget(limits))
        finally:
            file.unlink()
            assert {path.name for path in tmp_path.iterdir()} <= {"target"}
            assert {path.name for path in target.parent.glob("*")} <= {"files"}
        return names(target / root)

    return run


def failure(unpacked: Callable[..., list[str]], archive: bytes, limits: FetchLimits = LIMITS) -> SourceError:
    with pytest.raises(SourceError) as caught:
        unpacked(archive, limits)
    return caught.value


@pytest.mark.parametrize("form", MAKERS)
@pytest.mark.parametrize("name", UNSAFE)
def test_a_name_that_leads_out_spoils_the_archive(unpacked: Callable[..., list[str]], form: str, name: str) -> None:
    error = failure(unpacked, MAKERS[form]({"a.md": TEXT, name: TEXT}))
    assert error.key == "source.unsafe_name"
    assert len(str(error.values["name"])) <= 121


def test_a_name_with_a_nul_is_not_cut(unpacked: Callable[..., list[str]]) -> None:
    archive = zipped({"a.mdX.exe": TEXT}).replace(b"a.mdX", b"a.md\0")
    assert failure(unpacked, archive).key == "source.unsafe_name"


@pytest.mark.parametrize("form", MAKERS)
@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("./x/./a.md", "x/a.md"),
        ("x//a.md", "x/a.md"),
        ("x\\a.md", "x/a.md"),
        ("x/..a.md", None),
        ("x/a..md", "x/a..md"),
        ("x/خبر عاجل: تفاصيل.md", "x/خبر عاجل: تفاصيل.md"),
        (f"x/{'أ' * 120}.md", f"x/{'أ' * 120}.md"),
    ],
)
def test_a_name_is_kept(unpacked: Callable[..., list[str]], form: str, name: str, found: str | None) -> None:
    assert unpacked(MAKERS[form]({"a.md": TEXT, name: TEXT})) == sorted(filter(None, ["a.md", found]))


def test_a_zip_need_not_say_that_its_names_are_utf_8(unpacked: Callable[..., list[str]]) -> None:
    """Many programs write UTF-8 without the mark for it."""
    data = bytearray(zipped({"خبر.md": TEXT, "b.md": TEXT}))
    for signature, offset in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        data[data.find(signature) + offset] &= ~0x08
    assert unpacked(bytes(data)) == ["b.md", "خبر.md"]


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        (tarfile.SYMTYPE, "/etc/passwd"),
        (tarfile.SYMTYPE, "a.md"),
        (tarfile.LNKTYPE, "../../secret.md"),
        (tarfile.LNKTYPE, "a.md"),
        (tarfile.CHRTYPE, ""),
        (tarfile.BLKTYPE, ""),
        (tarfile.FIFOTYPE, ""),
    ],
)
def test_what_is_no_file_is_no_article(unpacked: Callable[..., list[str]], kind: bytes, target: str) -> None:
    error = failure(unpacked, tar_of([regular("a.md"), special("b.md", kind, target)]))
    assert (error.key, error.values) == ("source.link", {"name": "b.md"})
    assert unpacked(tar_of([regular("a.md"), special("b", kind, target), special("c", kind)])) == ["a.md"]


def test_a_file_cannot_be_written_through_a_link(unpacked: Callable[..., list[str]], tmp_path: Path) -> None:
    outside = tmp_path / "target"
    archive = tar_of([special("top", tarfile.SYMTYPE, str(outside)), regular("top/a.md")])
    assert unpacked(archive) == ["top/a.md"]
    assert not (outside / "a.md").exists()


def test_a_link_in_a_zip_is_no_article(unpacked: Callable[..., list[str]]) -> None:
    assert failure(unpacked, zipped({"a.md": "/etc/passwd"}, mode=stat.S_IFLNK | 0o777)).key == "source.link"
    assert unpacked(zipped({"a.md": TEXT}, mode=stat.S_IFREG | 0o644)) == ["a.md"]


@pytest.mark.parametrize("form", MAKERS)
def test_a_file_and_a_folder_do_not_share_a_name(unpacked: Callable[..., list[str]], form: str) -> None:
    for names_in_order in (("a.md", "a.md/b.md"), ("a.md/b.md", "a.md")):
        assert failure(unpacked, MAKERS[form](dict.fromkeys(names_in_order, TEXT))).key == "source.unsafe_name"


def test_of_two_members_of_a_name_the_later_stays(unpacked: Callable[..., list[str]], tmp_path: Path) -> None:
    assert unpacked(tar_of([regular("a.md", "old, and longer"), regular("a.md", "new")])) == ["a.md"]
    assert (tmp_path / "target/files/a.md").read_text() == "new"


@pytest.mark.parametrize("said", [len(TEXT.encode()) + 1, 10 * MEGABYTE])
def test_a_member_of_a_zip_that_ends_before_it_should_is_refused(unpacked: Callable[..., list[str]], said: int) -> None:
    """Its check sum is right, and half an article would be quoted as a whole one."""
    data = bytearray(zipped({"a.md": TEXT}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.find(signature) + offset
        assert data[at : at + 4] == len(TEXT.encode()).to_bytes(4, "little")
        data[at : at + 4] = said.to_bytes(4, "little")
    assert failure(unpacked, bytes(data)).key == "source.truncated"


@pytest.mark.parametrize("form", MAKERS)
def test_a_bomb_is_not_unpacked(unpacked: Callable[..., list[str]], form: str) -> None:
    bomb = MAKERS[form]({"a.md": bytes(15 * MEGABYTE)})
    assert len(bomb) < MEGABYTE / 10
    assert failure(unpacked, bomb).key == "source.bomb"
    assert failure(unpacked, MAKERS[form]({"a.md": bytes(25 * MEGABYTE)})).key in {
        "source.bomb",
        "source.unpacked_too_large",
    }
    assert unpacked(MAKERS[form]({"a.md": bytes(5 * MEGABYTE)})) == ["a.md"]


@pytest.mark.parametrize("form", MAKERS)
def test_what_is_too_large_unpacked_is_not_unpacked(unpacked: Callable[..., list[str]], form: str) -> None:
    limits = replace(LIMITS, unpacked_bytes=5 * MEGABYTE)
    archive = MAKERS[form]({f"{name}.md": bytes(2 * MEGABYTE) for name in "abc"})
    error = failure(unpacked, archive, limits)
    assert (error.key, error.values) == ("source.unpacked_too_large", {"limit": 5})


def test_a_bomb_beside_the_articles_counts_where_it_must_be_unpacked(unpacked: Callable[..., list[str]]) -> None:
    files: dict[str, str | bytes] = {"a.md": TEXT, "b.bin": bytes(15 * MEGABYTE)}
    assert failure(unpacked, tar_gz(files)).key == "source.bomb"
    assert unpacked(zipped(files)) == ["a.md", "b.bin"]


def test_a_long_description_of_a_member_is_not_read(unpacked: Callable[..., list[str]]) -> None:
    info, data = regular("a.md")
    info.pax_headers = {"comment": "x" * MEGABYTE}
    assert failure(unpacked, tar_of([(info, data)])).key == "source.corrupt"


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME])
def test_descriptions_of_descriptions_end(unpacked: Callable[..., list[str]], kind: bytes) -> None:
    text = b"20 comment=0123456\n" if kind != tarfile.GNUTYPE_LONGNAME else b"name.md\0"
    description = special("x", kind)[0]
    description.size = len(text)
    assert failure(unpacked, tar_of([(description, text)] * 5000 + [regular("a.md")])).key == "source.corrupt"


@pytest.mark.parametrize("form", MAKERS)
def test_many_members_are_too_many(unpacked: Callable[..., list[str]], form: str) -> None:
    limits = replace(LIMITS, files=100)
    many = MAKERS[form]({f"top/{number}.md": b"" for number in range(101)})
    assert failure(unpacked, many, limits).key == "source.too_many_files"
    rejected = MAKERS[form]({f"top/{number}.bin": b"" for number in range(101)})
    assert failure(unpacked, rejected, limits).key == "source.too_many_files"
    others = MAKERS[form]({f"top/{number}.png": b"" for number in range(400)})
    assert failure(unpacked, others, limits).key == "source.too_many_entries"
    few = MAKERS[form]({f"top/{number}.md": b"" for number in range(100)})
    assert len(unpacked(few, limits)) == 100


@pytest.mark.slow
@pytest.mark.parametrize("form", MAKERS)
def test_a_hundred_thousand_members_are_unpacked_or_refused(unpacked: Callable[..., list[str]], form: str) -> None:
    archive = MAKERS[form]({f"top/{number % 100}/{number}.md": b"" for number in range(100_000)})
    assert failure(unpacked, archive).key in {"source.too_many_files", "source.too_many_entries"}
    assert len(unpacked(archive, FetchLimits())) == 100_000


@pytest.mark.parametrize("form", MAKERS)
def test_unpacking_ends_in_time(unpacked: Callable[..., list[str]], form: str) -> None:
    assert failure(unpacked, MAKERS[form](ARTICLES), replace(LIMITS, seconds=0)).key == "source.timeout"


def test_an_encrypted_article_is_named(unpacked: Callable[..., list[str]]) -> None:
    error = failure(unpacked, encrypted(zipped({"خبر.md": TEXT})))
    assert (error.key, error.values) == ("source.encrypted", {"name": "خبر.md"})


@pytest.mark.parametrize(
    ("archive", "name"),
    [(tar_gz(ARTICLES), "archive.zip"), (zipped(ARTICLES), "archive.tar.gz"), (zipped(ARTICLES), "archive.md")],
)
def test_the_bytes_tell_the_form_not_the_name(unpacked: Callable[..., list[str]], archive: bytes, name: str) -> None:
    assert unpacked(archive, name=name) == sorted(ARTICLES)


@pytest.mark.parametrize("data", [b"", b"PK", b"<html>", TEXT.encode(), unzipped(tar_gz(ARTICLES)), b"7z\xbc\xaf\x27"])
def test_what_is_no_archive_is_none_whatever_its_name(unpacked: Callable[..., list[str]], data: bytes) -> None:
    for name in ("archive.zip", "archive.tar.gz"):
        with pytest.raises(SourceError) as caught:
            unpacked(data, name=name)
        assert caught.value.key == "source.not_archive"


@pytest.mark.parametrize("form", MAKERS)
@pytest.mark.parametrize("share", [0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_a_shortened_archive_is_broken(unpacked: Callable[..., list[str]], form: str, share: float) -> None:
    archive = MAKERS[form]({f"{number}.md": TEXT * number for number in range(50)})
    assert failure(unpacked, archive[: int(len(archive) * share)]).key in {"source.truncated", "source.corrupt"}


@pytest.mark.parametrize("form", MAKERS)
@pytest.mark.parametrize("at", [0.1, 0.3, 0.5])
def test_a_damaged_archive_is_broken(unpacked: Callable[..., list[str]], form: str, at: float) -> None:
    data = bytes(range(256)) * 40
    archive = MAKERS[form]({f"{number}.md": data[number:] for number in range(50)})
    assert failure(unpacked, corrupted(archive, at)).key in {"source.truncated", "source.corrupt"}


def test_the_checksum_at_the_end_is_read(unpacked: Callable[..., list[str]]) -> None:
    archive = tar_gz(ARTICLES)
    assert failure(unpacked, archive[:-8] + b"\0\0\0\0" + archive[-4:]).key == "source.corrupt"
    assert failure(unpacked, archive[:-4]).key == "source.truncated"


def test_a_directory_of_many_members_is_not_held_in_memory(
    unpacked: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = zipped({f"{number}.bin": b"" for number in range(4 * LIMITS.files)})
    monkeypatch.setattr("zipfile.ZipInfo", None)
    assert failure(unpacked, archive).key == "source.too_many_entries"


def test_a_directory_larger_than_any_is_not_read(unpacked: Callable[..., list[str]]) -> None:
    archive = bytearray(zipped({"a.md": TEXT}))
    archive[-10:-6] = (2**31).to_bytes(4, "little")  # the bytes of the directory, as it says
    assert failure(unpacked, bytes(archive)).key == "source.corrupt"


def test_a_tar_that_its_maker_broke_off_is_broken(unpacked: Callable[..., list[str]]) -> None:
    """The compression around it is whole, and so is every member but the last, or the mark of the end is missing."""
    whole = unzipped(tar_of([regular("a.md"), regular("b.md", "x" * 600)]))
    for end in (512, 1024, 1536, 2048, 2560):
        assert failure(unpacked, gzip.compress(whole[:end])).key in {"source.truncated", "source.corrupt"}
    damaged = whole[:1024] + b"\xff" * 512 + whole[1536:]
    assert failure(unpacked, gzip.compress(damaged)).key == "source.corrupt"


@pytest.mark.parametrize("form", MAKERS)
def test_of_what_is_rejected_by_its_name_no_more_than_that_is_unpacked(
    unpacked: Callable[..., list[str]], form: str, tmp_path: Path
) -> None:
    rejected = ["b.odt", "c.pdf", "d.markdown", "Questions.yaml", "sub/e"]
    passed_over = [
        "README.odt",
        "photo.png",
        ".hidden.pdf",
        ".git/config",
        "page_files/style.css",
        "__MACOSX/._b.odt",
    ]
    files = {"top/a.md": TEXT, **{f"top/{name}": TEXT for name in rejected + passed_over}, "other/f.pdf": TEXT}
    assert unpacked(MAKERS[form](files), folder="top") == sorted(["a.md", *rejected])
    sizes = [(tmp_path / "target/files/top" / name).stat().st_size for name in rejected]
    assert sizes == [0] * len(rejected)


@pytest.mark.parametrize("form", MAKERS)
def test_what_is_rejected_is_in_the_way_of_no_article(unpacked: Callable[..., list[str]], form: str) -> None:
    for order in (("x", "x/a.md"), ("x/a.md", "x"), ("x/a.md", "x/a.md/y.pdf")):
        assert unpacked(MAKERS[form](dict.fromkeys(["b.md", *order], TEXT))) == ["b.md", "x/a.md"]
    files = {"articles/articles/b.pdf": TEXT, "articles/a.md": TEXT}
    assert unpacked(MAKERS[form](files), folder="articles") == ["a.md", "articles/b.pdf"]


@pytest.mark.parametrize("form", MAKERS)
@pytest.mark.parametrize("top", ["", "town-main/"])
def test_golden_questions_come_beside_a_single_file(
    unpacked: Callable[..., list[str]], form: str, top: str, tmp_path: Path
) -> None:
    files = {f"{top}{name}": TEXT for name in ("x/a.jsonl", "x/questions.yml", "questions.yaml", "x/b.md", "x/c.pdf")}
    assert unpacked(MAKERS[form](files), folder="x/a.jsonl") == ["a.jsonl"]
    assert names(tmp_path / "target/files" / top) == ["x/a.jsonl", "x/questions.yml"]


def test_an_archive_without_articles_is_none(unpacked: Callable[..., list[str]]) -> None:
    for archive in (tar_gz({}), zipped({}), tar_gz({"README.md": TEXT}), zipped({"a.pdf": TEXT})):
        assert failure(unpacked, archive).key == "source.no_articles"
