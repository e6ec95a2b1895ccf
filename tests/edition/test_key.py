"""What names an edition."""

from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

from bot.edition import key
from tests.edition.samples import builder


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    key._program.cache_clear()
    yield
    key._program.cache_clear()


READING = ("numpy", "pyarabic", "rank-bm25", "PyYAML")
READING_PAGES = ("trafilatura", "lxml", "lxml-html-clean", "justext", "htmldate", "python-dateutil", "courlan")


@pytest.mark.parametrize("library", [*READING, *READING_PAGES])
def test_another_version_of_a_library_gives_another_edition(
    town: Path, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    before = builder().key(town)
    assert builder().key(town) == before
    monkeypatch.setattr(key, "version", lambda name: "0" if name == library else metadata.version(name))
    key._program.cache_clear()
    assert builder().key(town) != before
