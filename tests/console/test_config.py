"""A maintainer's slip in a file of config/ is named, whatever the file."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import composition
from bot.settings import CONFIG
from tests.console.command_line import ANSWERED, ARABIC, CommandLine

Harm = Callable[[Path], None]
REQUIRED = [
    "lexicon.toml",
    "names.toml",
    "languages.toml",
    "dialects.toml",
    "everyday.tsv",
    "opposites.toml",
    "modes.toml",
    "answer_words.toml",
    "name_words.toml",
    "continuations.toml",
    "marks.toml",
    "evidence.toml",
    "background.tsv",
    "glossaries/names.txt",
]
# A language may have no glossary.
FILES = [*REQUIRED, "glossaries/en.toml"]
# `tests/answering/test_reading.py` has what is wrong with each file; here it is whether the command says so.
_QUICK = frozenset({"lexicon.toml", "background.tsv", "glossaries/names.txt"})


def some(names: list[str]) -> list[object]:
    """Leave most files to the slow tests."""
    return [name if name in _QUICK else pytest.param(name, marks=pytest.mark.slow) for name in names]


def test_a_language_without_a_glossary_is_none_that_is_asked_for(isnad: CommandLine, config: Path) -> None:
    remove(config / "glossaries" / "fr.toml")
    assert isnad("ask", ANSWERED).code == 0


@pytest.fixture
def config(directory: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = Path(shutil.copytree(CONFIG, directory / "config"))
    monkeypatch.setattr(composition, "CONFIG", copy)
    return copy


def spoil(file: Path) -> None:
    file.write_text("[neither toml nor numbers", encoding="utf-8")


def remove(file: Path) -> None:
    file.unlink()


def garble(file: Path) -> None:
    file.write_bytes(b"\xff\xfe\x00")


@pytest.mark.parametrize("name", some(FILES))
@pytest.mark.parametrize("harm", [spoil, garble])
def test_a_file_that_cannot_be_read_is_named(isnad: CommandLine, config: Path, name: str, harm: Harm) -> None:
    harm(config / name)
    done = isnad("ask", ANSWERED)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(ARABIC("console.config", words=""))
    assert name in done.err


@pytest.mark.parametrize("name", some(REQUIRED))
def test_a_missing_file_is_named(isnad: CommandLine, config: Path, name: str) -> None:
    remove(config / name)
    done = isnad("ask", ANSWERED)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(ARABIC("console.config", words=config / name))


@pytest.mark.parametrize("harm", [spoil, garble])
def test_a_file_of_texts_that_cannot_be_read_is_named(isnad: CommandLine, config: Path, harm: Harm) -> None:
    harm(config / "texts" / "ar" / "console.toml")
    done = isnad("ask", ANSWERED)
    assert (done.code, done.out) == (2, "")
    assert str(config / "texts" / "ar" / "console.toml") in done.err
    assert "Traceback" not in done.err


def test_missing_texts_are_named(isnad: CommandLine, config: Path) -> None:
    shutil.rmtree(config / "texts")
    done = isnad("ask", ANSWERED)
    assert (done.code, done.out) == (2, "")
    assert "'ar'" in done.err
