"""The pinned requirements: every file that pip may install is known by its hash, and no registry is named."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from tests.articles.conftest import ROOT

EXTRAS = ROOT / "docs" / "deploy"
FILES = [
    ROOT / "requirements.txt",
    *sorted(EXTRAS.glob("requirements-*.txt")),
    *sorted(ROOT.glob(".ci/requirements-*.txt")),
]
_PIN = re.compile(r"[a-z0-9-]+==\S+(?: ; [^\\]+)? \\\n")
_HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?\n")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_pin_has_hashes(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    assert lines
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        assert _PIN.fullmatch(line) or _HASH.fullmatch(line), line
        assert line.endswith("\\\n") == bool(_HASH.fullmatch(following)), line


def _versions(file: Path) -> dict[str, set[str]]:
    versions: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9-]+)==([^ ]+)", file.read_text(encoding="utf-8"), re.MULTILINE):
        versions.setdefault(name, set()).add(version)
    return versions


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_files_that_are_installed_into_one_environment_agree(file: Path) -> None:
    versions = _versions(file)
    # A marker may be wider where more is installed.
    assert all(versions.get(name) == version for name, version in _versions(ROOT / "requirements.txt").items())


def test_the_extras_can_be_installed_together() -> None:
    extras = [_versions(EXTRAS / f"requirements-{name}.txt") for name in ("import", "search", "sentry", "stores")]
    for one, other in combinations(extras, 2):
        assert "aiohttp" in one.keys() & other.keys()
        assert {name for name in one.keys() & other.keys() if one[name] != other[name]} == set()
