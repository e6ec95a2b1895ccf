"""From an asker's message to a question: its type, terms, subject and language."""

from bot.answering.question.equivalents import Equivalent
from bot.answering.question.follow_up import Dependence, complete_follow_up, without_pronoun
from bot.answering.question.interpretation import AnalysedMessage, Interpretation, analyse_message, interpret
from bot.answering.question.missing_spaces import split_run_together_words
from bot.answering.question.question import Question, QuestionAnalyser
from bot.answering.question.several_questions import split_questions
from bot.answering.words import MOST_CHARACTERS, TokenisedText, clean, gloss, is_arabic, without_plain_mention

__all__ = [
    "MOST_CHARACTERS",
    "AnalysedMessage",
    "Dependence",
    "Equivalent",
    "Interpretation",
    "Question",
    "QuestionAnalyser",
    "TokenisedText",
    "analyse_message",
    "clean",
    "complete_follow_up",
    "gloss",
    "interpret",
    "is_arabic",
    "split_questions",
    "split_run_together_words",
    "without_plain_mention",
    "without_pronoun",
]
