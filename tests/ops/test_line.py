import asyncio
from collections.abc import Callable

from bot.ops.line import Line


class Walker:
    """Takes turns and keeps who has one, in order."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.begun: list[str] = []
        self._ends: dict[str, asyncio.Event] = {}
        self._done: dict[str, Callable[[], None]] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def join(self, *names: str) -> None:
        """Join at the place that is the first letter of a name."""
        for name in names:
            self._ends[name] = asyncio.Event()
            self._tasks[name] = asyncio.create_task(self._walk(name))
        await self.settle()

    async def end(self, *names: str) -> None:
        for name in names:
            self._ends[name].set()
        await self.settle()

    async def done(self, name: str) -> None:
        self._done[name]()
        await self.settle()

    async def give_up(self, name: str) -> None:
        self._tasks[name].cancel()
        await self.settle()

    async def _walk(self, name: str) -> None:
        async with self.line.turn(ord(name[0])) as self._done[name]:
            self.begun.append(name)
            await self._ends[name].wait()

    @staticmethod
    async def settle() -> None:
        for _ in range(10):
            await asyncio.sleep(0)


async def test_turns_come_in_order_and_few_at_once() -> None:
    walker = Walker(Line(at_once=2))
    await walker.join("a1", "b1", "c1", "d1")
    assert walker.begun == ["a1", "b1"]
    await walker.end("b1")
    assert walker.begun == ["a1", "b1", "c1"]
    await walker.end("a1", "c1", "d1")
    assert walker.begun == ["a1", "b1", "c1", "d1"]


async def test_a_place_has_one_turn_at_a_time_and_holds_up_no_other() -> None:
    walker = Walker(Line(at_once=2))
    await walker.join("a1", "a2", "a3", "b1")
    assert walker.begun == ["a1", "b1"]
    await walker.end("a1")
    assert walker.begun == ["a1", "b1", "a2"]
    await walker.end("a2", "a3", "b1")


async def test_who_is_done_and_still_sends_leaves_room_for_other_places_alone() -> None:
    walker = Walker(Line(at_once=1))
    await walker.join("a1", "a2", "b1")
    assert (walker.line.waiting, walker.line.at_work) == (2, 1)
    await walker.done("a1")
    assert walker.begun == ["a1", "b1"]
    assert (walker.line.waiting, walker.line.at_work) == (1, 1)
    await walker.end("a1", "b1", "a2")
    assert walker.begun == ["a1", "b1", "a2"]


async def test_the_line_is_full_with_the_longest_number_waiting_and_empties() -> None:
    line = Line(at_once=1, longest=2)
    walker = Walker(line)
    found = []
    for step in (walker.join("a1", "b1"), walker.join("c1"), walker.give_up("b1")):
        await step
        found.append(line.is_full)
    assert found == [False, True, False]
    await walker.end("a1", "c1")
    await walker.join("a2")
    assert walker.begun == ["a1", "c1", "a2"]
    await walker.end("a2")


async def test_a_turn_that_fails_makes_room() -> None:
    walker = Walker(Line(at_once=1))
    await walker.join("a1", "a2")
    await walker.give_up("a1")
    assert walker.begun == ["a1", "a2"]
    await walker.end("a2")
