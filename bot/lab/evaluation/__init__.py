"""How well questions with known outcomes are answered, and the evidence model fitted to such questions."""

from bot.lab.evaluation.curve import Curve, risk_coverage, svg
from bot.lab.evaluation.model_fit import (
    AMONG,
    Example,
    Refused,
    cross_validated,
    examples_of,
    fit,
    fitted_figures,
    leaving_one_set_out,
)
from bot.lab.evaluation.quality_metrics import (
    AnswerMetrics,
    RankingMetrics,
    SetReport,
    evaluate_set,
    mean_metrics,
    mean_ranking,
    mean_report,
    score_answers,
    score_ranking,
)
from bot.lab.evaluation.question_sets import REFUSED_KINDS, Case, EvaluationSet, SetError, read_fitted_set, read_set
from bot.lab.evaluation.swaps import add_swaps, swaps

__all__ = [
    "AMONG",
    "REFUSED_KINDS",
    "AnswerMetrics",
    "Case",
    "Curve",
    "EvaluationSet",
    "Example",
    "RankingMetrics",
    "Refused",
    "SetError",
    "SetReport",
    "add_swaps",
    "cross_validated",
    "evaluate_set",
    "examples_of",
    "fit",
    "fitted_figures",
    "leaving_one_set_out",
    "mean_metrics",
    "mean_ranking",
    "mean_report",
    "read_fitted_set",
    "read_set",
    "risk_coverage",
    "score_answers",
    "score_ranking",
    "svg",
    "swaps",
]
