"""The same answers in a terminal, in a pipe and as JSON records."""

from bot.console.arguments import Arguments, parse_arguments
from bot.console.ask import AskCommand, QuestionsError, read_questions
from bot.console.bench import Benchmark
from bot.console.check import print_check, silence_start_log, warn_of_settings, warn_of_start
from bot.console.evaluate import Evaluation
from bot.console.import_pages import ImportCommand
from bot.console.progress import progress_bar
from bot.console.terminal import Terminal

__all__ = [
    "Arguments",
    "AskCommand",
    "Benchmark",
    "Evaluation",
    "ImportCommand",
    "QuestionsError",
    "Terminal",
    "parse_arguments",
    "print_check",
    "progress_bar",
    "read_questions",
    "silence_start_log",
    "warn_of_settings",
    "warn_of_start",
]
