"""A wait ends when its event comes; one that hangs ends with the name of what it waited for."""

import asyncio
import os

import pytest

from tests import patience
from tests.patience import eventually, in_vain, slowness, wait_until, waiting_for


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PATIENCE", 0.0)


@pytest.mark.usefixtures("impatient")
async def test_what_hangs_is_named() -> None:
    with pytest.raises(TimeoutError, match=r"^the card: not within"):
        async with waiting_for("the card"):
            await asyncio.Event().wait()
    with pytest.raises(TimeoutError, match=r"^a line: not within"):
        await eventually(lambda: False, "a line")
    with pytest.raises(TimeoutError, match=r"^an end: not within"):
        wait_until(lambda: False, "an end", 0.0)


async def test_the_time_out_of_something_else_is_not_taken_for_ours() -> None:
    with pytest.raises(TimeoutError, match=r"^theirs$"):
        async with waiting_for("ours"):
            raise TimeoutError("theirs")


@pytest.mark.parametrize(("load", "expected"), [(0.0, 1.0), (4.0, 4.0), (1000.0, 10.0)])
def test_waits_are_longer_on_a_busy_machine(monkeypatch: pytest.MonkeyPatch, load: float, expected: float) -> None:
    monkeypatch.setattr(patience, "_STEPS", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    monkeypatch.setattr(os, "getloadavg", lambda: (load, 0.0, 0.0))
    assert slowness() == expected


def test_waits_are_longer_on_a_slow_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_STEPS_TAKE", 1e-9)
    assert slowness() == 10.0
    assert str(in_vain("a start", 3000.0)) == "a start: not within 3000 s"
