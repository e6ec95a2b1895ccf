"""Metrics of a community's messages: how those of each kind are met, in all and by region, style, kind of answer."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.answering import Answer, Reason, Refusal, Statement
from bot.edition import Edition
from bot.lab.evaluation.quality_metrics import AnswerQuestion, BoldWords
from bot.lab.evaluation.question_sets import (
    ARTICLE_KINDS,
    CHAT,
    CLAIM_KINDS,
    GOLD,
    KINDS,
    QUOTED_KINDS,
    REFUSED_KINDS,
    Case,
)

VERDICTS = (Statement.SAME, Statement.OTHERWISE)
"""What the bot says of a claim where it says anything: the text says the same, or otherwise."""
_NOT_COVERED = frozenset({Reason.OFF_TOPIC, Reason.UNSUPPORTED})


@dataclass(frozen=True, slots=True)
class _Reply:
    """A message with what came of it."""

    case: Case
    outcome: Answer | Refusal

    @property
    def right(self) -> list[bool]:
        """Whether each quote is right; none for a refusal."""
        if isinstance(self.outcome, Refusal):
            return []
        if self.case.kind in ARTICLE_KINDS:
            return [quote.article.id in self.case.articles for quote in self.outcome.quotes]
        return [self.case.is_answered_by(quote.text) for quote in self.outcome.quotes]

    @property
    def is_met(self) -> bool:
        """Whether a message of any kind got what it should: a right quote, a refusal, or a fitting reply."""
        if self.case.kind in REFUSED_KINDS:
            return isinstance(self.outcome, Refusal)
        if self.case.kind == CHAT:
            return isinstance(self.outcome, Refusal) and self.outcome.reason not in _NOT_COVERED
        return any(self.right)

    def says(self, verdict: Statement) -> bool:
        return isinstance(self.outcome, Answer) and self.outcome.statement is verdict


@dataclass(frozen=True, slots=True)
class CommunityMetrics:
    """Metrics of messages as shares of those of a kind, 0 to 1; a kind without any has none.

    `right_at_1` and `right_at_3` count, of the kinds that ask for a quote, those whose first quote is right, and any.
    Right is one with an accepted answer, for a false claim what the articles say instead; for an overview and the
    latest news, one from an article that the set names. `wrong` and `false_refusals` are of the kind gold, as in
    `AnswerMetrics`. Chat is met where the reply quotes nothing and does not say that the coverage lacks the subject.
    `verdicts` has for true and for false claims the shares that the bot says the text says the same of, or otherwise.
    """

    questions: Mapping[str, int]
    right_at_1: Mapping[str, float]
    right_at_3: Mapping[str, float]
    wrong: float | None
    false_refusals: float | None
    refused: Mapping[str, float]
    chat_met: float | None
    verdicts: Mapping[str, Mapping[str, float]]
    bold: BoldWords

    @classmethod
    def of_replies(cls, replies: Sequence[_Reply]) -> "CommunityMetrics":
        kinds = {kind: [each for each in replies if each.case.kind == kind] for kind in KINDS}
        met = {kind: share for kind in KINDS if (share := _mean([each.is_met for each in kinds[kind]])) is not None}
        return cls(
            questions={kind: len(kinds[kind]) for kind in met},
            right_at_1={
                kind: float(np.mean([any(each.right[:1]) for each in kinds[kind]]))
                for kind in QUOTED_KINDS
                if kind in met
            },
            right_at_3={kind: met[kind] for kind in QUOTED_KINDS if kind in met},
            wrong=_mean([isinstance(each.outcome, Answer) and not each.is_met for each in kinds[GOLD]]),
            false_refusals=_mean([isinstance(each.outcome, Refusal) for each in kinds[GOLD]]),
            refused={kind: met[kind] for kind in REFUSED_KINDS if kind in met},
            chat_met=met.get(CHAT),
            verdicts={
                kind: {
                    verdict.value: float(np.mean([each.says(verdict) for each in kinds[kind]])) for verdict in VERDICTS
                }
                for kind in CLAIM_KINDS
                if kind in met
            },
            bold=BoldWords.of([each.case for each in replies], [each.outcome for each in replies]),
        )


@dataclass(frozen=True, slots=True)
class CommunityReport:
    """The metrics of a community set in all, by the regions of its askers, by style and by kind of answer."""

    figures: CommunityMetrics
    regions: Mapping[str, CommunityMetrics]
    styles: Mapping[str, CommunityMetrics]
    asked: Mapping[str, CommunityMetrics]


def score_community(cases: Sequence[Case], edition: Edition, answer: AnswerQuestion) -> CommunityReport:
    """Send an edition every message of a community set, and compute the metrics."""
    replies = [_Reply(case, answer(case.question, edition)) for case in cases]
    return CommunityReport(
        figures=CommunityMetrics.of_replies(replies),
        regions=_by_name([reply.case.region for reply in replies], replies),
        styles=_by_name([reply.case.style for reply in replies], replies),
        asked=_by_name([reply.case.asked for reply in replies], replies),
    )


def _by_name(names: Sequence[str], replies: Sequence[_Reply]) -> dict[str, CommunityMetrics]:
    """Return the metrics of each named group, the largest first."""
    counts = Counter(filter(None, names)).most_common()
    pairs = list(zip(names, replies, strict=True))
    return {name: CommunityMetrics.of_replies([reply for own, reply in pairs if own == name]) for name, _ in counts}


def _mean(values: Sequence[bool]) -> float | None:
    return float(np.mean(values)) if values else None
