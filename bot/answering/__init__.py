"""From a question and an edition to an answer with quotes, or a refusal with its reason."""

from bot.answering.answer import Also, Answer, Lack, Quote, Refusal, Scope
from bot.answering.answerer import Answerer
from bot.answering.configuration import Knowledge
from bot.answering.decision import Decision
from bot.answering.evidence import EvidenceModel, Risk
from bot.answering.explanation import ExplainedCandidate, ExplainedMatch, Explanation
from bot.answering.gaps import Gap, Gaps
from bot.answering.knowledge import Background, Lexicon
from bot.answering.question import MOST_CHARACTERS, AnalysedMessage
from bot.answering.reasons import Asks, Objection, Reason
from bot.answering.selftest import SelfTest

__all__ = [
    "MOST_CHARACTERS",
    "Also",
    "AnalysedMessage",
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
