"""The tests that CONTRIBUTING.md names for what must hold are there, and `make test` runs them."""

import ast
import re
from pathlib import Path

import pytest

from tests.docs.pages import Page
from tests.e2e.program import ROOT

_TABLE = Page(ROOT / ".github/CONTRIBUTING.md").text.partition("### What must hold, and the tests that hold it")[2]
_ROW = re.compile(r"^\| (?P<what>.+?) \| (?P<guards>\[`test_.+) \|$", re.MULTILINE)
_GUARD = re.compile(r"\[`(test_\w+)`\]\(\.\./(tests/[\w/]+\.py)\)")
_SLOW = "pytest.mark.slow"
ROWS = {row["what"]: row["guards"] for row in _ROW.finditer(_TABLE)}


def quick_tests(file: Path) -> set[str]:
    """The tests of a file that `make test` runs; a mark of some parameters leaves the others."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    if any(_SLOW in ast.unparse(node) for node in tree.body if ast.unparse(node).startswith("pytestmark")):
        return set()
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return {function.name for function in functions if _SLOW not in map(ast.unparse, function.decorator_list)}


@pytest.mark.parametrize("what", ROWS)
def test_what_must_hold_is_held_in_the_quick_suite(what: str) -> None:
    guards = _GUARD.findall(ROWS[what])
    assert len(guards) == ROWS[what].count("](")
    assert [name for name, file in guards if name not in quick_tests(ROOT / file)] == []


def test_the_table_is_read() -> None:
    assert len(ROWS) > 9


@pytest.mark.parametrize("place", ["pytestmark = {}\n\n", "@{}\n"])
def test_a_slow_guard_is_noticed(tmp_path: Path, place: str) -> None:
    (file := tmp_path / "test_a.py").write_text(f"{place.format(_SLOW)}def test_a():\n    pass\n", encoding="utf-8")
    assert quick_tests(file) == set()
