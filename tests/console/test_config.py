"""A maintainer's slip in a file of config/ is named, whatever the file."""

import shutil
from collections.abc import Callable
from itertools import product
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
# A language may have no glossary, and no site needs a rule.
FILES = [*REQUIRED, "glossaries/en.toml", "sites.toml"]
# `tests/answering/test_reading.py` has what is wrong with each file; here it is whether the command says so.
_QUICK = {("lexicon.toml", "spoil"), ("background.tsv", "garble"), ("glossaries/names.txt", "remove")}


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


def harmed(files: list[str], *harms: Harm) -> list[object]:
    """Pair files with what harms them, most for the slow tests: each takes as long as to read the lists before it."""
    return [
        pytest.param(name, harm, marks=[] if (name, harm.__name__) in _QUICK else pytest.mark.slow)
        for name, harm in product(files, harms)
    ]


@pytest.mark.parametrize(("name", "harm"), harmed(FILES, spoil, garble))
def test_a_file_that_cannot_be_read_is_named(isnad: CommandLine, config: Path, name: str, harm: Harm) -> None:
    harm(config / name)
    done = isnad("ask", ANSWERED)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(ARABIC("console.config", words=""))
    assert name in done.err


@pytest.mark.parametrize(("name", "harm"), harmed(REQUIRED, remove))
def test_a_missing_file_is_named(isnad: CommandLine, config: Path, name: str, harm: Harm) -> None:
    harm(config / name)
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
