"""The whole bot at one number of passages."""

from pathlib import Path

from bot.benchmark.comparing import Skipped
from bot.benchmark.figures import Answering
from bot.benchmark.materials import Materials
from bot.benchmark.processes import FailedError, measure

_NAME = "answers"


def measure_bot(materials: Materials, config: Path, budget: float) -> Answering | Skipped:
    """Start the bot in a process of its own, and ask it questions for so many seconds."""
    files = {"articles": str(materials.articles_file), "questions": str(materials.questions_file)}
    try:
        return Answering(**measure(_NAME, config=str(config), words=materials.words, budget=budget, **files))
    except FailedError as error:
        return Skipped(_NAME, materials.passages, failed=error.words)
