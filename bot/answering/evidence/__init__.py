"""How far a candidate supports a question: matches, signals, the model, requirements."""

from bot.answering.evidence.answer_values import Values
from bot.answering.evidence.candidate import Candidate, best_sentences
from bot.answering.evidence.evidence_model import NAMES, EvidenceModel, Risk
from bot.answering.evidence.match_passages import Alike, examine
from bot.answering.evidence.requirements import VALUED, Objections, lacked_terms
from bot.answering.evidence.signals import Signals, read_signals
from bot.answering.evidence.term_weights import Weights
from bot.answering.evidence.word_match import (
    CLITIC,
    FUZZY,
    INFLECTED,
    LEAST_FUZZY,
    LEAST_MATCH,
    LEAST_SIMILARITY,
    SAME,
    SYNONYM,
    WEAK_LETTERS,
    Matcher,
    Matches,
    compare,
)

__all__ = [
    "CLITIC",
    "FUZZY",
    "INFLECTED",
    "LEAST_FUZZY",
    "LEAST_MATCH",
    "LEAST_SIMILARITY",
    "NAMES",
    "SAME",
    "SYNONYM",
    "VALUED",
    "WEAK_LETTERS",
    "Alike",
    "Candidate",
    "EvidenceModel",
    "Matcher",
    "Matches",
    "Objections",
    "Risk",
    "Signals",
    "Values",
    "Weights",
    "best_sentences",
    "compare",
    "examine",
    "lacked_terms",
    "read_signals",
]
