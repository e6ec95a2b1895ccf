import os
from pathlib import Path

import pytest

from bot.articles import RejectionReason
from bot.articles.files import MOST_BYTES

from .conftest import Reading, Write


@pytest.mark.parametrize("name", ["pipe.md", "pipe.txt", "pipe.jsonl"])
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.timeout(10)
def test_a_named_pipe_is_unreadable_and_does_not_hang(tmp_path: Path, read: Reading, name: str) -> None:
    os.mkfifo(tmp_path / name)
    assert read.rejection(tmp_path).reason is RejectionReason.UNREADABLE
    assert read.rejection(tmp_path / name).reason is RejectionReason.UNREADABLE


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_unreadable(write: Write, read: Reading) -> None:
    path = write("closed.txt", "عنوان\nنص.")
    path.chmod(0)
    assert read.rejection(path).reason is RejectionReason.UNREADABLE


def test_an_article_over_the_limit_is_not_read(write: Write, read: Reading) -> None:
    path = write("huge.txt", "")
    os.truncate(path, 50 * MOST_BYTES)
    rejection = read.rejection(path)
    assert (rejection.reason, rejection.detail) == (RejectionReason.TOO_LARGE, "200.0 MB")


def test_an_article_at_the_limit_is_read(write: Write, read: Reading) -> None:
    head = "عنوان\n".encode()
    path = write("large.txt", head + b"a" * (MOST_BYTES - len(head)))
    assert len("".join(read.texts(path))) == MOST_BYTES - len(head)


def test_a_device_is_no_file(read: Reading) -> None:
    assert read.rejection(Path(os.devnull)).reason is RejectionReason.UNKNOWN_FORM


@pytest.mark.parametrize("name", ["missing.md", "no/such/folder", "nul\x00.md"])
def test_a_path_that_is_not_there_is_missing(tmp_path: Path, read: Reading, name: str) -> None:
    assert read.rejection(tmp_path / name).reason is RejectionReason.MISSING


@pytest.mark.parametrize("content", ["", " \n\t\n", "\ufeff", "\ufeff\r\n"])
@pytest.mark.parametrize("suffix", ["md", "txt", "jsonl"])
def test_a_file_without_content_is_empty(write: Write, read: Reading, content: str, suffix: str) -> None:
    assert read.rejection(write(f"blank.{suffix}", content)).reason is RejectionReason.EMPTY
