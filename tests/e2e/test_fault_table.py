"""Each row of the table, and the page about all of them."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.e2e.program import ROOT
from tests.faults.fault import Row
from tests.faults.scene import Scene, own_scene, shared_scene
from tests.faults.table import ROWS, page, played, rows_in, rows_told


def parameters(*, apart: bool) -> list[object]:
    return [
        pytest.param(row, id=row.identity, marks=[pytest.mark.slow] if row.is_slow or row.is_apart else [])
        for row in ROWS.values()
        if row.is_apart is apart
    ]


@pytest_asyncio.fixture(scope="class", loop_scope="session")
async def scenes(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Iterator[Scene]]:
    async with shared_scene(tmp_path_factory.mktemp("faults"), len(ROWS)) as scenes:
        yield scenes


@pytest.mark.asyncio(loop_scope="session")
class TestShared:
    """Faults that one program bears, one after the other."""

    @pytest.mark.parametrize("row", parameters(apart=False))
    async def test_the_member_sees_what_they_must(self, scenes: Iterator[Scene], row: Row) -> None:
        async with played(row, next(scenes)) as outcome:
            assert outcome is row.must


@pytest.mark.asyncio(loop_scope="session")
class TestApart:
    """Faults that end the program, or are there before it starts."""

    @pytest.mark.parametrize("row", parameters(apart=True))
    async def test_the_member_sees_what_they_must(self, tmp_path: Path, row: Row) -> None:
        async with own_scene(tmp_path) as scene, played(row, scene) as outcome:
            assert outcome is row.must


def test_the_page_is_about_the_faults_that_there_are() -> None:
    told = rows_in((ROOT / "docs" / "faults.md").read_text(encoding="utf-8"))
    assert told == rows_told(ROWS.values())
    assert rows_in(page(dict.fromkeys(ROWS, ""))) == told


def test_what_goes_deeper_is_there() -> None:
    assert all((ROOT / row.deeper).exists() for row in ROWS.values())
