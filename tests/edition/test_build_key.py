"""What names an edition."""

import shutil
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

from bot.edition import build
from tests.edition.samples import builder


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    build._program.cache_clear()
    yield
    build._program.cache_clear()


READING = ("numpy", "pyarabic", "rank-bm25", "PyYAML")
READING_PAGES = ("trafilatura", "lxml", "lxml-html-clean", "justext", "htmldate", "python-dateutil", "courlan")


@pytest.mark.parametrize("library", [*READING, *READING_PAGES])
def test_another_version_of_a_library_gives_another_edition(
    town: Path, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    before = builder().key(town)
    assert builder().key(town) == before
    monkeypatch.setattr(build, "version", lambda name: "0" if name == library else metadata.version(name))
    build._program.cache_clear()
    assert builder().key(town) != before


@pytest.mark.parametrize("room", build._ROOMS)
def test_changed_code_gives_another_edition_however_deep_it_lies(
    town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: str
) -> None:
    code = shutil.copytree(build._PACKAGE, tmp_path / "code", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(build, "_PACKAGE", code)
    seen = {builder().key(town)}
    for depth, folder in enumerate(["", "deep", "deep/deeper"], start=1):
        (code / room / folder).mkdir(exist_ok=True)
        (code / room / folder / "more.py").write_text(f"DEPTH = {depth}\n", encoding="utf-8")
        build._program.cache_clear()
        seen.add(builder().key(town))
        assert len(seen) == depth + 1
