"""The figures of a set: how many questions are answered right, wrong and not at all, and what it costs."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.answering import Answer, Refusal
from bot.edition import Edition
from bot.evaluation.sets import GOLD, REFUSED_KINDS, Case

AnswerQuestion = Callable[[str, Edition], Answer | Refusal]


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares from 0 to 1, of the answerable questions but for `refused`: the share refused of each other kind.

    `right_at_1` and `right_at_3` count answers with a right answer in the first quote and in any, `wrong` those
    without, `false_refusals` the questions that got none; `quoted_words` is the mean length of an answer in words. The
    times are from a question to its answer or refusal, in milliseconds: the median and the 99th percentile.
    """

    right_at_1: float
    right_at_3: float
    wrong: float
    false_refusals: float
    refused: Mapping[str, float]
    quoted_words: float
    milliseconds_p50: float
    milliseconds_p99: float


def score(cases: Sequence[Case], edition: Edition, answer: AnswerQuestion) -> Figures:
    """Ask every question of a set of an edition, and count."""
    outcomes, times = [], []
    for case in cases:
        began = time.perf_counter()
        outcomes.append(answer(case.question, edition))
        times.append((time.perf_counter() - began) * 1000)
    gold = [_right(case, outcome) for case, outcome in zip(cases, outcomes, strict=True) if case.kind == GOLD]
    kinds = [kind for kind in REFUSED_KINDS if any(case.kind == kind for case in cases)]
    lengths = [sum(len(quote.text.split()) for quote in each.quotes) for each in outcomes if isinstance(each, Answer)]
    return Figures(
        right_at_1=_mean([any(right[:1]) for right in gold]),
        right_at_3=_mean([any(right) for right in gold]),
        wrong=_mean([bool(right) and not any(right) for right in gold]),
        false_refusals=_mean([not right for right in gold]),
        refused={kind: _refused(kind, cases, outcomes) for kind in kinds},
        quoted_words=_mean(lengths),
        milliseconds_p50=float(np.percentile(times, 50)),
        milliseconds_p99=float(np.percentile(times, 99)),
    )


def mean(figures: Sequence[Figures]) -> Figures:
    """Return the plain mean over sets; of the times, the slowest set's."""
    kinds = [kind for kind in REFUSED_KINDS if any(kind in each.refused for each in figures)]
    return Figures(
        right_at_1=_mean([each.right_at_1 for each in figures]),
        right_at_3=_mean([each.right_at_3 for each in figures]),
        wrong=_mean([each.wrong for each in figures]),
        false_refusals=_mean([each.false_refusals for each in figures]),
        refused={kind: _mean([each.refused[kind] for each in figures if kind in each.refused]) for kind in kinds},
        quoted_words=_mean([each.quoted_words for each in figures]),
        milliseconds_p50=max(each.milliseconds_p50 for each in figures),
        milliseconds_p99=max(each.milliseconds_p99 for each in figures),
    )


def _right(case: Case, outcome: Answer | Refusal) -> list[bool]:
    """Say of each quote whether it contains a right answer; a refusal has none."""
    return [case.is_answered_by(quote.text) for quote in outcome.quotes] if isinstance(outcome, Answer) else []


def _refused(kind: str, cases: Sequence[Case], outcomes: Sequence[Answer | Refusal]) -> float:
    of_kind = [outcome for case, outcome in zip(cases, outcomes, strict=True) if case.kind == kind]
    return _mean([isinstance(outcome, Refusal) for outcome in of_kind])


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else 0.0
