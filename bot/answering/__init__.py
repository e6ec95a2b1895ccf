"""From a question and an edition to an answer with quotes, or a refusal with its reason."""

from bot.answering.answer import Answer, Difference, Meant, OtherSource, Quote, Refusal, RefusalDetail
from bot.answering.answerer import MOST_MEANT, Answerer
from bot.answering.configuration import Knowledge
from bot.answering.coverage_summary import LONGEST_EXAMPLE, CoverageSummaries, CoverageSummary, group_by_topic
from bot.answering.decision import Verdict
from bot.answering.evidence import EvidenceModel, Risk
from bot.answering.explanation import ExplainedCandidate, ExplainedMatch, Explanation
from bot.answering.gaps import GAP_REASONS, Gap, Gaps
from bot.answering.knowledge import Background, Everyday, Lexicon
from bot.answering.question import MORE, MOST_CHARACTERS, AnalysedMessage, without_plain_mention
from bot.answering.reasons import OF_NEWEST, AnswerType, AskedKind, Mode, Reason, Requirement, Statement
from bot.answering.selftest import SelfTest, SelfTestProcess
