"""The same answers in a terminal, in a pipe and as JSON records."""

from bot.console.arguments import Usage, read_usage
from bot.console.ask import Asking, QuestionsError, read_questions
from bot.console.bench import Benchmark
from bot.console.check import report, told_once, warn_of_slips, warn_of_start
from bot.console.evaluate import Evaluation
from bot.console.import_pages import Importing
from bot.console.progress import building
from bot.console.terminal import Terminal

__all__ = [
    "Asking",
    "Benchmark",
    "Evaluation",
    "Importing",
    "QuestionsError",
    "Terminal",
    "Usage",
    "building",
    "read_questions",
    "read_usage",
    "report",
    "told_once",
    "warn_of_slips",
    "warn_of_start",
]
