"""The card of a reload that runs: how far it is."""

import logging
from dataclasses import dataclass

from bot.chat.cards.card import Card, notice
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


def progress_card(step: Step, texts: Texts) -> Card:
    """Show each stage: done, under way with a bar, or to come."""
    place = STAGES.index(step.stage) if step.stage in STAGES else len(STAGES)
    bars = [100] * place + [step.percent] + [0] * len(STAGES)
    return notice(
        "\n".join(_line(stage, bar, texts) for stage, bar in zip(STAGES, bars, strict=False)), texts("progress.title")
    )


def step_text(step: Step, texts: Texts) -> str:
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
