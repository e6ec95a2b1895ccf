"""From a question and an edition to an answer with quotes, or a refusal with its reason."""

from bot.answering.answer import Answer, Quote, Reason, Refusal
from bot.answering.answerer import Answerer
from bot.answering.background import Background
from bot.answering.lexicon import Lexicon
from bot.answering.model import EvidenceModel
from bot.answering.ranking import Knowledge
from bot.answering.small_talk import MOST_CHARACTERS

__all__ = [
    "MOST_CHARACTERS",
    "Answer",
    "Answerer",
    "Background",
    "EvidenceModel",
    "Knowledge",
    "Lexicon",
    "Quote",
    "Reason",
    "Refusal",
]
