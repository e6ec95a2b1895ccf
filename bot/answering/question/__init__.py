"""From an asker's message to a question: its type, terms, subject and language."""

from bot.answering.question.completion import complete_follow_up
from bot.answering.question.equivalents import Equivalent
from bot.answering.question.follow_up import text_depends_on_previous, without_pronoun
from bot.answering.question.interpretation import Interpretation, interpret, may_depend_on_previous
from bot.answering.question.message import MOST_CHARACTERS, clean
from bot.answering.question.missing_spaces import split_run_together_words
from bot.answering.question.question import Question, analyse

__all__ = [
    "MOST_CHARACTERS",
    "Equivalent",
    "Interpretation",
    "Question",
    "analyse",
    "clean",
    "complete_follow_up",
    "interpret",
    "may_depend_on_previous",
    "split_run_together_words",
    "text_depends_on_previous",
    "without_pronoun",
]
