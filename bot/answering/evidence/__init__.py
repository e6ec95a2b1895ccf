"""How far a candidate supports a question: matches, signals, the model, requirements."""

from bot.answering.evidence.answer_values import AnswerValues
from bot.answering.evidence.asked_names import SubjectNames
from bot.answering.evidence.candidate import Candidate, best_sentences
from bot.answering.evidence.evidence_model import SIGNAL_NAMES, EvidenceModel, Risk, Signals, given_share, read_signals
from bot.answering.evidence.given import Given
from bot.answering.evidence.match_passages import EquivalentMatches, match_passages
from bot.answering.evidence.office_holders import Holder
from bot.answering.evidence.requirements import Requirements, terms_of_requirement
from bot.answering.evidence.term_weights import TermWeights, bare_frequency
from bot.answering.evidence.word_match import (
    CLITIC,
    FUZZY,
    INFLECTED,
    SAME,
    SYNONYM,
    WEAK_LETTERS,
    Matcher,
    Matches,
    compare,
)
