import asyncio
from datetime import UTC, datetime
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.cards.card import Card
from bot.chat.moderation.reload_cards import STAGES, percent_done, progress_card, step_text
from bot.chat.moderation.reloads import show_progress
from bot.edition import Running
from bot.texts import Texts
from tests.chat.doubles import http_error
from tests.chat.samples import ARABIC, ENGLISH
from tests.patience import PATIENCE, eventually


def running(stage: str, done: int, total: int) -> Running:
    return Running(None, datetime(2026, 11, 24, tzinfo=UTC), stage, done, total)


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
def test_stages_before_are_done_and_those_after_are_to_come(texts: Texts) -> None:
    lines = progress_card(running("indexing", 1, 4), texts, publishes=True).blocks[0].split("\n")
    assert [line.rpartition(" ")[2] for line in lines] == ["100%", "100%", "25%", "0%", "0%"]
    assert lines[2].count("▰") == 3
    assert all(line.startswith(texts(f"stage.{stage}")) for line, stage in zip(lines, STAGES, strict=True))


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
def test_nothing_is_published_where_there_is_no_cluster(texts: Texts) -> None:
    lines = progress_card(running("checking", 1, 4), texts, publishes=False).blocks[0].split("\n")
    assert [line.rpartition(" ")[2] for line in lines] == ["100%", "100%", "100%", "25%"]
    assert not any(line.startswith(texts("stage.publishing")) for line in lines)


@given(st.sampled_from([*STAGES, "another"]), st.integers(-5, 10**12), st.integers(-5, 10**12), st.booleans())
def test_whatever_is_noted_can_be_shown(stage: str, done: int, total: int, publishes: bool) -> None:
    step = running(stage, done, total)
    assert (percent := percent_done(step)) is None or 0 <= percent <= 100
    lines = progress_card(step, ARABIC, publishes=publishes).blocks[0].split("\n")
    assert len(lines) == len(STAGES) - (not publishes)
    assert step_text(step, ENGLISH)


class Looks(asyncio.Event):
    """The end of a work, which counts how often it was waited for: that is once before each look at the work."""

    begun = 0

    async def wait(self) -> Literal[True]:
        self.begun += 1
        return await super().wait()

    async def has_happened(self) -> None:
        """Wait until there has been another look."""
        before = self.begun
        await eventually(lambda: self.begun > before, "another look at the work")


async def shown_of(every: float, failure: Exception | None = None) -> list[Card]:
    """Let a reload be at the same step twice and then at another one, and return what was shown."""
    steps, ended, shown = list[Running](), Looks(), list[Card]()

    async def show(step: Running) -> None:
        shown.append(progress_card(step, ARABIC, publishes=False))
        if failure:
            raise failure

    task = asyncio.create_task(show_progress(lambda: steps[-1] if steps else None, ended, show, every))
    await ended.has_happened()
    for done in (10, 10, 20):
        steps.append(running("reading", done, 100))
        if every < PATIENCE:
            await ended.has_happened()
    ended.set()
    await task
    return shown


async def test_only_what_is_new_is_shown() -> None:
    assert [card.blocks[0].count("10%") + card.blocks[0].count("20%") for card in await shown_of(0.001)] == [1, 1]


async def test_nothing_is_shown_of_what_ends_soon() -> None:
    assert await shown_of(PATIENCE) == []


@pytest.mark.parametrize("failure", [http_error(500), RuntimeError("Session is closed")])
async def test_that_it_cannot_be_shown_ends_nothing(failure: Exception) -> None:
    assert len(await shown_of(0.001, failure)) > 2
