import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.cards.card import Card
from bot.chat.cards.progress_card import STAGES, Step, progress_card, step_text
from bot.chat.moderation.reloads import LatestStep, show_progress
from bot.texts import Texts
from tests.chat.doubles import http_error
from tests.chat.samples import ARABIC, ENGLISH


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
def test_stages_before_are_done_and_those_after_are_to_come(texts: Texts) -> None:
    lines = progress_card(Step("indexing", 1, 4), texts).blocks[0].split("\n")
    assert [line.rpartition(" ")[2] for line in lines] == ["100%", "100%", "25%", "0%"]
    assert lines[2].count("▰") == 3
    assert all(line.startswith(texts(f"stage.{stage}")) for line, stage in zip(lines, STAGES, strict=True))


@given(st.sampled_from([*STAGES, "another"]), st.integers(-5, 10**12), st.integers(-5, 10**12))
def test_whatever_is_noted_can_be_shown(stage: str, done: int, total: int) -> None:
    step = Step(stage, done, total)
    assert step.percent is None or 0 <= step.percent <= 100
    assert len(progress_card(step, ARABIC).blocks[0].split("\n")) == len(STAGES)
    assert step_text(step, ENGLISH)


async def show_for(seconds: float, failure: Exception | None = None) -> list[Card]:
    """Note the same step twice and then another one, and return what was shown."""
    steps, ended, shown = LatestStep(), asyncio.Event(), list[Card]()

    async def show(card: Card) -> None:
        shown.append(card)
        if failure:
            raise failure

    task = asyncio.create_task(show_progress(steps, ended, show, ARABIC, seconds))
    for done in (10, 10, 20):
        steps.note("reading", done, 100)
        await asyncio.sleep(0.05)
    ended.set()
    await task
    return shown


async def test_only_what_is_new_is_shown() -> None:
    assert [card.blocks[0].count("10%") + card.blocks[0].count("20%") for card in await show_for(0.005)] == [1, 1]


async def test_nothing_is_shown_of_what_ends_soon() -> None:
    assert await show_for(5.0) == []


async def test_that_it_cannot_be_shown_ends_nothing() -> None:
    assert len(await show_for(0.005, http_error(500))) > 2
