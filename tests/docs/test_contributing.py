"""CONTRIBUTING.md names files, folders and commands that there are."""

import re

import pytest

from tests.docs.pages import Page
from tests.e2e.program import ROOT

PROSE = Page(ROOT / ".github" / "CONTRIBUTING.md").prose
# A folder, or the end of a file's name.
_PATH = re.compile(r"[\w.*-]+(?:/[\w.*-]+)+/?|[\w.-]+\.(?:toml|md|py|tsv)")
SPANS = sorted(set(re.findall(r"`([^`\n]+)`", PROSE)))
PATHS = [span for span in SPANS if _PATH.fullmatch(span)]
MODULES = sorted(set(re.findall(r"python -m (tests\.[\w.]+\w)", PROSE)))
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("path", PATHS)
def test_every_path_is_there(path: str) -> None:
    assert list(ROOT.glob(path.rstrip("/")))


@pytest.mark.parametrize("module", MODULES)
def test_every_module_of_the_tests_is_there(module: str) -> None:
    place = ROOT.joinpath(*module.split("."))
    assert place.with_suffix(".py").is_file() or (place / "__main__.py").is_file()


def names_elsewhere(text: str) -> list[str]:
    """Return names that are said to be in a file and are not: `NAME` in `bot/FILE.py`."""
    said = re.findall(r"`([A-Za-z_]\w*)`(?: \([^()]*\))?\s+(?:in|of)\s+`(bot/[\w/]+\.py)`", text)
    return [f"{name} in {path}" for name, path in said if not binds((ROOT / path).read_text(encoding="utf-8"), name)]


def binds(code: str, name: str) -> bool:
    return re.search(rf"^\s*(?:(?:async )?def |class )?{name}\b(?:[(:]| = )", code, re.MULTILINE) is not None


def test_every_name_is_in_the_file_that_it_is_said_to_be_in() -> None:
    assert names_elsewhere(PROSE) == []
    assert names_elsewhere("`_gone` in `bot/settings.py`, `setting_names` in `bot/settings.py`") == [
        "_gone in bot/settings.py"
    ]


# `_LIKE_THESE` or `LikeThese`: a name of code, where a setting is `LIKE_THESE` and a word is in small letters.
NAMES = [span for span in SPANS if re.fullmatch(r"_\w+|(?:[A-Z][a-z]+)+|[A-Z]+", span)]


@pytest.mark.parametrize("name", NAMES)
def test_every_name_of_code_is_there(name: str) -> None:
    assert any(binds(file.read_text(encoding="utf-8"), name) for file in (ROOT / "bot").rglob("*.py"))


def test_every_command_of_make_is_there() -> None:
    named = set(re.findall(r"\bmake ([a-z-]+)`", PROSE))
    assert len(named) > 1
    assert named <= TARGETS


def test_paths_and_modules_are_found_in_the_page() -> None:
    assert {"bot/settings.py", "config/evidence.toml", "tests/attacks/", "pyproject.toml"} <= set(PATHS)
    assert "tests.layout" in MODULES
