from pathlib import Path

import pytest

from tests.edition.samples import BRIDGE, LIBRARY, build_here, write


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """The folder of a corpus of two articles."""
    folder = tmp_path / "town"
    write(folder, "library.md", LIBRARY)
    write(folder, "bridge.md", BRIDGE)
    return folder


@pytest.fixture
def builds_here(monkeypatch: pytest.MonkeyPatch) -> None:
    build_here(monkeypatch)
