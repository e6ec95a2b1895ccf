"""How far a reload is: noted by the thread that works, shown to those who wait."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

import aiohttp
import discord

from bot.chat.card import Card, notice
from bot.texts import Texts

logger = logging.getLogger(__name__)

STAGES = ("fetching", "reading", "indexing", "checking")
_BAR = 12


@dataclass(frozen=True, slots=True)
class Step:
    """A stage, how much of it is done and how much there is; 0 where nobody knows."""

    stage: str
    done: int
    total: int

    @property
    def percent(self) -> int | None:
        """How much of the stage is done in hundredths, None where nobody knows."""
        return min(100, max(0, 100 * self.done // self.total)) if self.total > 0 else None


class Steps:
    """The last step that was noted; noting is a single assignment, so that any thread may."""

    def __init__(self) -> None:
        self.now: Step | None = None

    def note(self, stage: str, done: int, total: int) -> None:
        """Note a step."""
        self.now = Step(stage, done, total)


async def keep_shown(
    steps: Steps, ended: asyncio.Event, show: Callable[[Card], Awaitable[object]], texts: Texts, every: float
) -> None:
    """Show how far a work is, at most once in `every` seconds, until it has ended; that showing fails ends nothing."""
    shown: Step | None = None
    while not await _happens(ended, every):
        if (step := steps.now) is None or step == shown:
            continue
        try:
            await show(progress_card(step, texts))
            shown = step
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            logger.debug("The progress could not be shown: %s", error)


def progress_card(step: Step, texts: Texts) -> Card:
    """Show each stage: done, under way with a bar, or to come."""
    place = STAGES.index(step.stage) if step.stage in STAGES else len(STAGES)
    bars = [100] * place + [step.percent] + [0] * len(STAGES)
    return notice(
        "\n".join(_line(stage, bar, texts) for stage, bar in zip(STAGES, bars, strict=False)), texts("progress.title")
    )


def step_words(step: Step, texts: Texts) -> str:
    """Say in which stage a work is, and how far."""
    stage = texts(f"stage.{step.stage}" if step.stage in STAGES else "stage.begun")
    if step.percent is None:
        return stage
    return texts("progress.step", stage=stage, percent=step.percent)


def _line(stage: str, percent: int | None, texts: Texts) -> str:
    if percent is None:
        return texts("progress.open", stage=texts(f"stage.{stage}"))
    full = round(_BAR * percent / 100)
    bar = "▰" * full + "▱" * (_BAR - full)
    return texts("progress.line", stage=texts(f"stage.{stage}"), bar=bar, percent=percent)


async def _happens(event: asyncio.Event, within: float) -> bool:
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), within)
    return event.is_set()
