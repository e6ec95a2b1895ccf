"""Nothing of the bot is made with the sealed part in sight: no other command, list or test names it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.program import ROOT

# What runs or is read by something that runs; the open part and the articles may be named anywhere.
PLACES = ("bot", "config", "tests", "Makefile", "Procfile", "pyproject.toml", ".ci", ".github/workflows")
NAMED = re.compile(r"tests[./]benchmark(?!/data/(?:open|articles\.jsonl)\b)|\bsealed/|[\"']sealed[\"']")
OWN = Path("tests/benchmark")
# Not the project's own: what Python compiles, and what the browser tests install.
MADE = frozenset({"__pycache__", "node_modules"})


def naming_files(root: Path) -> Iterator[Path]:
    """Yield the files, below a root, that name the sealed part, or the folder that it lies in."""
    for place in PLACES:
        found = [root / place] if (root / place).is_file() else (root / place).rglob("*")
        for file in found:
            if file.is_file() and MADE.isdisjoint(file.parts) and NAMED.search(_text(file)):
                yield file.relative_to(root)


def _text(file: Path) -> str:
    return file.read_bytes().decode(errors="replace")


def test_nothing_else_names_the_sealed_part() -> None:
    assert [file.as_posix() for file in naming_files(ROOT) if OWN not in file.parents] == []


def test_the_parts_are_named_in_one_place() -> None:
    code = [file for file in (ROOT / OWN).glob("*.py") if not file.name.startswith(("test_", "conftest"))]
    assert [file.name for file in code if re.search(r"[\"'/]sealed\b", _text(file))] == ["score.py"]


@pytest.mark.parametrize(
    ("file", "text", "is_found"),
    [
        ("bot/lab/fit.py", 'SETS = Path("tests/benchmark/data")', True),
        ("Makefile", "python -m bot fit tests/benchmark/data/sealed", True),
        (".ci/run", "python -m tests.benchmark.baselines isnad --part both", True),
        ("tests/answering/test_x.py", 'DATA / "sealed"', True),
        ("tests/answering/test_x.py", 'Path("tests/benchmark/data/open")', False),
        (".ci/run", "python -m bot eval tests/benchmark/data/open --corpus tests/benchmark/data/articles.jsonl", False),
        ("bot/x.py", "sealed = SealedIndex()", False),
    ],
)
def test_a_file_that_names_it_is_found(tmp_path: Path, file: str, text: str, is_found: bool) -> None:
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_text(text, encoding="utf-8")
    assert list(naming_files(tmp_path)) == ([Path(file)] if is_found else [])
