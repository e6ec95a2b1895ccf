"""Metrics of a community's messages: how those of each kind are met, in all, by region and by style."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from bot.answering import Answer, Reason, Refusal
from bot.edition import Edition
from bot.lab.evaluation.quality_metrics import AnswerQuestion
from bot.lab.evaluation.question_sets import (
    ARTICLE_KINDS,
    CHAT,
    GOLD,
    KINDS,
    QUOTED_KINDS,
    REFUSED_KINDS,
    Case,
)

_NOT_COVERED = frozenset({Reason.OFF_TOPIC, Reason.UNSUPPORTED})


@dataclass(frozen=True, slots=True)
class _Outcome:
    """A message with what came of it: whether each quote is right, none for a refusal, and the refusal's reason."""

    case: Case
    right: tuple[bool, ...]
    reason: Reason | None

    @classmethod
    def of(cls, case: Case, outcome: Answer | Refusal) -> "_Outcome":
        if isinstance(outcome, Refusal):
            return cls(case, (), outcome.reason)
        if case.kind in ARTICLE_KINDS:
            return cls(case, tuple(quote.article.id in case.articles for quote in outcome.quotes), None)
        return cls(case, tuple(case.is_answered_by(quote.text) for quote in outcome.quotes), None)

    @property
    def is_met(self) -> bool:
        """Tell whether a message of any kind got what it should: a right quote, a refusal, or a fitting reply."""
        if self.case.kind in REFUSED_KINDS:
            return self.reason is not None
        if self.case.kind == CHAT:
            return self.reason is not None and self.reason not in _NOT_COVERED
        return any(self.right)


@dataclass(frozen=True, slots=True)
class CommunityMetrics:
    """Metrics of messages as shares of those of a kind, 0 to 1; a kind without any has none.

    `right_at_1` and `right_at_3` count, of the kinds that ask for a quote, those whose first quote is right, and any.
    Right is one with an accepted answer, for a false claim what the articles say instead; for an overview and the
    latest news, one from an article that the set names. `wrong` and `false_refusals` are of the kind gold, as in
    `AnswerMetrics`. Chat is met where the reply quotes nothing and does not say that the coverage lacks the subject.
    """

    questions: Mapping[str, int]
    right_at_1: Mapping[str, float]
    right_at_3: Mapping[str, float]
    wrong: float | None
    false_refusals: float | None
    refused: Mapping[str, float]
    chat_met: float | None

    @classmethod
    def of_outcomes(cls, outcomes: Sequence[_Outcome]) -> "CommunityMetrics":
        """Compute the metrics of a group of messages."""
        kinds = {kind: [each for each in outcomes if each.case.kind == kind] for kind in KINDS}
        met = {kind: share for kind in KINDS if (share := _mean([each.is_met for each in kinds[kind]])) is not None}
        return cls(
            questions={kind: len(kinds[kind]) for kind in met},
            right_at_1={
                kind: float(np.mean([any(each.right[:1]) for each in kinds[kind]]))
                for kind in QUOTED_KINDS
                if kind in met
            },
            right_at_3={kind: met[kind] for kind in QUOTED_KINDS if kind in met},
            wrong=_mean([each.reason is None and not each.is_met for each in kinds[GOLD]]),
            false_refusals=_mean([each.reason is not None for each in kinds[GOLD]]),
            refused={kind: met[kind] for kind in REFUSED_KINDS if kind in met},
            chat_met=met.get(CHAT),
        )


@dataclass(frozen=True, slots=True)
class CommunityReport:
    """The metrics of a community set in all, by the regions of its askers, and by the styles of their messages."""

    figures: CommunityMetrics
    regions: Mapping[str, CommunityMetrics]
    styles: Mapping[str, CommunityMetrics]

    def record(self) -> dict[str, Any]:
        """Return the metrics by name, with those of `regions` and `styles` by theirs."""
        groups = {"regions": self.regions, "styles": self.styles}
        return asdict(self.figures) | {
            key: {name: asdict(figures) for name, figures in group.items()} for key, group in groups.items()
        }


def score_community(cases: Sequence[Case], edition: Edition, answer: AnswerQuestion) -> CommunityReport:
    """Send an edition every message of a community set, and compute the metrics."""
    outcomes = [_Outcome.of(case, answer(case.question, edition)) for case in cases]
    return CommunityReport(
        figures=CommunityMetrics.of_outcomes(outcomes),
        regions=_by_name([outcome.case.region for outcome in outcomes], outcomes),
        styles=_by_name([outcome.case.style for outcome in outcomes], outcomes),
    )


def _by_name(names: Sequence[str], outcomes: Sequence[_Outcome]) -> dict[str, CommunityMetrics]:
    """Return the metrics of each named group, the largest first."""
    groups: dict[str, list[_Outcome]] = {name: [] for name, _ in Counter(filter(None, names)).most_common()}
    for name, outcome in zip(names, outcomes, strict=True):
        if name:
            groups[name].append(outcome)
    return {name: CommunityMetrics.of_outcomes(group) for name, group in groups.items()}


def _mean(values: Sequence[bool]) -> float | None:
    return float(np.mean(values)) if values else None
