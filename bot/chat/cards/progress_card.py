"""The progress of a running reload as a card."""

import logging
from dataclasses import dataclass

from bot.chat.cards.card import Card, notice
from bot.texts import Texts

logger = logging.getLogger(__name__)

STAGES = ("fetching", "reading", "indexing", "checking")
_BAR = 12


@dataclass(frozen=True, slots=True)
class Step:
    """A stage of a reload with the units done and in total; a total of 0 is unknown."""

    stage: str
    done: int
    total: int

    @property
    def percent(self) -> int | None:
        """The share of the stage that is done, 0 to 100; None where the total is unknown."""
        return min(100, max(0, 100 * self.done // self.total)) if self.total > 0 else None


def progress_card(step: Step, texts: Texts) -> Card:
    """Show each stage as done, running with a bar, or pending."""
    place = STAGES.index(step.stage) if step.stage in STAGES else len(STAGES)
    bars = [100] * place + [step.percent] + [0] * len(STAGES)
    return notice(
        "\n".join(_line(stage, bar, texts) for stage, bar in zip(STAGES, bars, strict=False)), texts("progress.title")
    )


def step_text(step: Step, texts: Texts) -> str:
    """Name the running stage with its percentage."""
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
