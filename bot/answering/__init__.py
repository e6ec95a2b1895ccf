"""From a question and an edition to an answer with quotes, or a refusal with its reason."""

from bot.answering.answer import Also, Answer, Lack, Quote, Reason, Refusal
from bot.answering.answerer import Answerer
from bot.answering.asks import Asks
from bot.answering.background import Background
from bot.answering.considering import Decision
from bot.answering.explanation import ExplainedCandidate, ExplainedMatch, Explanation
from bot.answering.gaps import Gap, Gaps
from bot.answering.lexicon import Lexicon
from bot.answering.model import EvidenceModel, Risk
from bot.answering.objections import Objection
from bot.answering.ranking import Knowledge
from bot.answering.scope import Scope
from bot.answering.selftest import SelfTest
from bot.answering.small_talk import MOST_CHARACTERS

__all__ = [
    "MOST_CHARACTERS",
    "Also",
    "Answer",
    "Answerer",
    "Asks",
    "Background",
    "Decision",
    "EvidenceModel",
    "ExplainedCandidate",
    "ExplainedMatch",
    "Explanation",
    "Gap",
    "Gaps",
    "Knowledge",
    "Lack",
    "Lexicon",
    "Objection",
    "Quote",
    "Reason",
    "Refusal",
    "Risk",
    "Scope",
    "SelfTest",
]
