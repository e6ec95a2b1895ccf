"""From an asker's message to a question: its type, terms, subject and language."""

from bot.answering.question.dependence import Dependence, find_subjects
from bot.answering.question.interpretation import MORE, AnalysedMessage, Interpretation, analyse_message, interpret
from bot.answering.question.question import Question, QuestionAnalyser
from bot.answering.question.several_questions import split_questions
from bot.answering.words import MOST_CHARACTERS, TokenisedText, clean, gloss, is_arabic, without_plain_mention
