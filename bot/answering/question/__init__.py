"""From an asker's message to a question: its type, terms, subject and language."""

from bot.answering.question.completion import complete
from bot.answering.question.equivalents import Equivalent
from bot.answering.question.follow_up import leans, without_pronoun
from bot.answering.question.interpretation import Understood, may_lean, understand
from bot.answering.question.message import MOST_CHARACTERS, clean
from bot.answering.question.missing_spaces import with_known_spaces
from bot.answering.question.question import Question, analyse

__all__ = [
    "MOST_CHARACTERS",
    "Equivalent",
    "Question",
    "Understood",
    "analyse",
    "clean",
    "complete",
    "leans",
    "may_lean",
    "understand",
    "with_known_spaces",
    "without_pronoun",
]
