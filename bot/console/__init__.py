"""The same answers in a terminal, in a pipe and as JSON records."""

from bot.console.asking import Asking
from bot.console.benchmarking import Benchmark
from bot.console.checking import report
from bot.console.evaluating import Evaluation
from bot.console.importing import Importing
from bot.console.progress import building
from bot.console.questions import QuestionsError, read_questions
from bot.console.slips import warn_of_slips
from bot.console.starting import told_once, warn_of_start
from bot.console.terminal import Terminal
from bot.console.usage import Usage, read_usage

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
