"""A child that reads what strangers wrote: it answers, or ends without harm to whoever asked it."""

import asyncio
from collections.abc import Callable

import pytest

from bot.workers import child_process
from bot.workers.child_process import CallError, ChildBusyError, ChildError, ChildProcess
from tests.patience import PATIENCE, eventually
from tests.processes import parent_of
from tests.same_process import IN_CHILD, crash, echo, fail, hang, swell


@pytest.fixture(autouse=True)
def _in_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ChildProcess, "_call", IN_CHILD)


def name_of(function: Callable[..., object]) -> str:
    return f"{function.__module__}:{function.__name__}"


async def process_of(child: ChildProcess) -> int:
    return int((await child.call(name_of(echo), {"word": ""}, b"", PATIENCE))["process"])


async def test_it_answers_call_after_call_without_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "secret")
    child = ChildProcess()
    with child.in_use():
        found = await child.call(name_of(echo), {"word": "كلمة \ud800"}, "نصّ\n".encode() * 100_000, PATIENCE)
        assert (found["word"], found["data"]) == ("كلمة \ud800", "نصّ\n" * 100_000)
        assert "PATH" in found["variables"]
        assert "DISCORD_TOKEN" not in found["variables"]
        assert await process_of(child) == found["process"]
        assert parent_of(found["process"]) is not None
    assert not parent_of(found["process"])


async def test_what_takes_too_long_or_crashes_ends_the_child_and_the_next_call_starts_another() -> None:
    child = ChildProcess()
    with child.in_use():
        first = await process_of(child)
        with pytest.raises(ChildError):
            await child.call(name_of(hang), {}, b"", 0.1)
        second = await process_of(child)
        with pytest.raises(ChildError, match="exit code -11"):
            await child.call(name_of(crash), {}, b"", PATIENCE)
        assert len({first, second, await process_of(child)}) == 3


async def test_an_error_of_a_function_is_told_and_ends_nothing() -> None:
    child = ChildProcess()
    with child.in_use():
        first = await process_of(child)
        with pytest.raises(CallError, match="ValueError: كلام"):
            await child.call(name_of(fail), {}, b"", PATIENCE)
        assert await process_of(child) == first


async def test_its_memory_is_bounded() -> None:
    with pytest.raises(CallError, match="MemoryError"):
        await ChildProcess().call(name_of(swell), {}, b"", PATIENCE)


async def test_an_answer_without_end_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_process, "_MOST_ANSWER", 100)
    with pytest.raises(ChildError):
        await ChildProcess().call(name_of(echo), {"word": "x" * 200}, b"", PATIENCE)


async def test_who_is_cancelled_ends_their_own_call_alone() -> None:
    child = ChildProcess()
    with child.in_use():
        process = await process_of(child)
        hanging = asyncio.create_task(child.call(name_of(hang), {}, b"", PATIENCE))
        await eventually(lambda: child._served is not None, "a call under way")
        waiting = asyncio.create_task(child.call(name_of(echo), {"word": "one"}, b"", PATIENCE))
        given_up = asyncio.create_task(child.call(name_of(echo), {"word": "two"}, b"", PATIENCE))
        await asyncio.sleep(0)
        given_up.cancel()
        await asyncio.wait([given_up])
        assert parent_of(process)  # the other's call goes on
        hanging.cancel()
        await asyncio.wait([hanging])
        assert (await waiting)["word"] == "one"
        assert not parent_of(process)


async def test_a_call_that_others_leave_no_time_is_not_begun() -> None:
    child = ChildProcess()
    with child.in_use():
        hanging = asyncio.create_task(child.call(name_of(hang), {}, b"", 1.0))
        await eventually(lambda: child._served is not None, "a call under way")
        with pytest.raises(ChildBusyError):
            await child.call(name_of(echo), {"word": ""}, b"", PATIENCE, wait=0.1)
        with pytest.raises(ChildError):
            await hanging
