from pathlib import Path

import pytest

from bot.edition import Editions
from tests.edition.samples import BRIDGE, LIBRARY, PlayedSource, build, build_here, write


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """The folder of a corpus of two articles."""
    folder = tmp_path / "town"
    write(folder, "library.md", LIBRARY)
    write(folder, "bridge.md", BRIDGE)
    return folder


@pytest.fixture
def source(town: Path) -> PlayedSource:
    """A source far away that has these two."""
    return PlayedSource(town)


@pytest.fixture
def editions(source: PlayedSource) -> Editions:
    """Editions of that source, of which the first serves."""
    editions = Editions(source, build)
    editions.reload()
    return editions


@pytest.fixture
def builds_here(monkeypatch: pytest.MonkeyPatch) -> None:
    build_here(monkeypatch)
