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
    Figures,
    RankingFigures,
    Report,
    mean,
    mean_ranking,
    mean_report,
    report_on,
    score,
    score_ranking,
)
from bot.lab.evaluation.question_sets import REFUSED_KINDS, Case, EvaluationSet, SetError, read_set
from bot.lab.evaluation.swaps import swaps, with_swaps

__all__ = [
    "AMONG",
    "REFUSED_KINDS",
    "Case",
    "Curve",
    "EvaluationSet",
    "Example",
    "Figures",
    "RankingFigures",
    "Refused",
    "Report",
    "SetError",
    "cross_validated",
    "examples_of",
    "fit",
    "fitted_figures",
    "leaving_one_set_out",
    "mean",
    "mean_ranking",
    "mean_report",
    "read_set",
    "report_on",
    "risk_coverage",
    "score",
    "score_ranking",
    "svg",
    "swaps",
    "with_swaps",
]
