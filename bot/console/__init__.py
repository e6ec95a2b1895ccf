"""The command line: the same answers in a terminal, in a pipe and as JSON records, and the maintainers' commands."""

from bot.console.article_list import list_articles
from bot.console.ask import AskCommand, read_questions
from bot.console.check import CheckRecord, print_check, run_command, warn_of_settings
from bot.console.edition_start import EXIT_MISNAMED, check_start, missing_token, start_editions
from bot.console.import_pages import ImportCommand
from bot.console.index_command import publish_coverage
from bot.console.surroundings import check_cluster, check_folders, check_sources
from bot.console.terminal import Terminal
from bot.console.word_report import report_words

__all__ = [
    "EXIT_MISNAMED",
    "AskCommand",
    "CheckRecord",
    "ImportCommand",
    "Terminal",
    "check_cluster",
    "check_folders",
    "check_sources",
    "check_start",
    "list_articles",
    "missing_token",
    "print_check",
    "publish_coverage",
    "read_questions",
    "report_words",
    "run_command",
    "start_editions",
    "warn_of_settings",
]
