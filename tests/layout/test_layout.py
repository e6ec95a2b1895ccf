"""The source tree keeps to its bounds, so that whoever is new finds a file by its name."""

import ast
import re
from pathlib import Path

import pytest

import bot
from tests.layout.figures import Layout
from tests.layout.meter import breaches, lines_by_room, lower, read_bounds, traced

# The first is the budget of the house.
MOST_FILES, MOST_IN_A_FOLDER = 370, 18
# Each says beside it what it was measured to spare. The bound only falls.
MOST_DEFERRED_IMPORTS = 14
# Where two small files become one, the files that stay are longer in the middle.
MEDIAN_LINES = range(80, 145)


@pytest.fixture(scope="module")
def layout() -> Layout:
    return Layout(Path(bot.__file__).parent)


def test_files_are_neither_too_many_nor_too_short(layout: Layout) -> None:
    assert len(layout.files) <= MOST_FILES
    assert round(layout.median_lines) in MEDIAN_LINES


def test_a_folder_is_seen_at_a_glance(layout: Layout) -> None:
    assert {folder: count for folder, count in layout.folders.items() if count > MOST_IN_A_FOLDER} == {}


def test_a_name_says_where_a_file_is(layout: Layout) -> None:
    assert layout.doubles == []
    assert layout.misnamed == []


def test_what_is_measured_keeps_to_its_bounds() -> None:
    assert breaches(lines_by_room() | traced(), read_bounds()) == []


@pytest.mark.parametrize(("now", "broken"), [(1000, 0), (1001, 1), (981, 0), (979, 1)])
def test_a_bound_is_neither_exceeded_nor_left_behind(now: int, broken: int) -> None:
    assert len(breaches({"bot": {"a": now}}, {"bot": {"a": 1000}})) == broken
    assert len(breaches({"bot": {"a": 9, "b": 9}}, {"bot": {"a": 9}})) == 1
    written = "[bot]\na = 1000  # A reason.\n"
    assert lower({"bot": {"a": now}}, written) == written.replace("1000", str(min(now, 1000)))


def test_few_imports_are_deferred(layout: Layout) -> None:
    assert len(layout.deferred) <= MOST_DEFERRED_IMPORTS, layout.deferred


def test_no_imports_go_round_in_a_circle(layout: Layout) -> None:
    assert layout.circle == []


def unbounded_caches(code: str) -> list[int]:
    """Return the lines of caches of functions that forget nothing."""
    names = {"functools.cache", "cache"}
    found = []
    for node in ast.walk(ast.parse(code)):
        # One without arguments has one value to remember.
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and ast.unparse(node.args):
            found += [each.lineno for each in node.decorator_list if ast.unparse(each) in names]
        if isinstance(node, ast.Call) and ast.unparse(node.func) in names | {"functools.lru_cache", "lru_cache"}:
            given = [*node.args, *(each.value for each in node.keywords if each.arg == "maxsize")]
            is_bounded = ast.unparse(node.func) not in names and not any(ast.unparse(each) == "None" for each in given)
            found += [] if is_bounded else [node.lineno]
    return found


def test_every_cache_of_a_function_has_a_bound() -> None:
    root = Path(bot.__file__).parent
    caches = {file: unbounded_caches(file.read_text(encoding="utf-8")) for file in root.rglob("*.py")}
    assert {file: lines for file, lines in caches.items() if lines} == {}


@pytest.mark.parametrize(
    "code",
    [
        "@cache\ndef f(x): ...",
        "f = functools.cache(g)",
        "@lru_cache(maxsize=None)\ndef f(x): ...",
        "f = lru_cache(None)(g)",
    ],
)
def test_a_cache_without_a_bound_is_found(code: str) -> None:
    assert unbounded_caches(code)
    assert not unbounded_caches("@lru_cache(9)\ndef f(x): ...\n@lru_cache\ndef g(x): ...\n@cache\ndef h(): ...")


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"a/one.py": "", "b/one.py": ""}, (["one"], [], [])),
        (
            {"asking.py": "", "word_matching.py": "", "upon.py": "", "ranking.py": ""},
            ([], ["asking", "upon", "word_matching"], []),
        ),
        ({"a.py": "from house.b import x", "b.py": "from house import a"}, ([], [], ["house.a", "house.b"])),
        ({"a.py": "from house.b import x", "b.py": "def x():\n    from house import a"}, ([], [], [])),
        ({"__init__.py": "from house.a import b", "a.py": "", "b.py": "from house import b"}, ([], [], [])),
    ],
)
def test_what_breaks_a_rule_is_found(
    tmp_path: Path, files: dict[str, str], expected: tuple[list[str], list[str], list[str]]
) -> None:
    house = tmp_path / "house"
    for name, text in files.items():
        (house / name).parent.mkdir(parents=True, exist_ok=True)
        (house / name).write_text(text, encoding="utf-8")
    (house / "__init__.py").touch()
    found = Layout(house)
    assert (found.doubles, found.misnamed, sorted(set(found.circle))) == expected


def test_deferred_imports_are_found(tmp_path: Path) -> None:
    house = tmp_path / "house"
    house.mkdir()
    (house / "a.py").write_text(
        "import os\n\ndef x():\n    import re\n    def y():\n        from re import sub\n", "utf-8"
    )
    assert Layout(house).deferred == ["a.py:4", "a.py:6"]


def test_the_guide_for_changes_names_files_that_stand() -> None:
    root = Path(bot.__file__).parent.parent
    named = re.findall(
        r"`((?:bot|config|tests)/[\w/.]*)`", (root / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
    )
    assert len(named) > 20
    assert [path for path in named if not (root / path).exists()] == []
