from pathlib import Path

import pytest

from bot.env_file import ENV_FILE, EnvFile, read_env_file
from tests.machine import forget_machine


@pytest.fixture(autouse=True)
def directory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    forget_machine(monkeypatch, tmp_path)
    return tmp_path


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_names_are_read_and_lines_that_are_none_are_numbered(directory: Path, newline: str) -> None:
    lines = ["# settings", "PORT=1", "", "", "two words", "export LOG_FORMAT='a", "b'", "EMPTY", "  CORPUS URL=x", ""]
    (directory / ENV_FILE).write_bytes(("\ufeff" + newline.join(lines)).encode())
    assert read_env_file() == EnvFile(("PORT", "LOG_FORMAT", "EMPTY"), (5, 9))


def test_a_file_that_is_not_there_or_no_text_has_nothing(directory: Path) -> None:
    assert read_env_file() == EnvFile()
    (directory / ENV_FILE).write_bytes("PORT=1".encode("utf-16"))
    assert read_env_file() == EnvFile()
