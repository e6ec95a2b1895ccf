"""The source tree keeps to its bounds, so that whoever is new finds a file by its name."""

import re
from pathlib import Path

import pytest

import bot
from tests.layout.figures import Layout

MOST_FILES, MOST_IN_A_FOLDER = 359, 18
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


def test_few_imports_are_deferred(layout: Layout) -> None:
    assert len(layout.deferred) <= MOST_DEFERRED_IMPORTS, layout.deferred


def test_no_imports_go_round_in_a_circle(layout: Layout) -> None:
    assert layout.circle == []


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
