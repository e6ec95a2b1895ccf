"""How well questions with known outcomes are answered, and the evidence model fitted to such questions."""

from bot.lab.evaluation.bold_words import BoldWords
from bot.lab.evaluation.community_metrics import CommunityMetrics, CommunityReport, score_community
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
from bot.lab.evaluation.question_sets import (
    ARTICLE_KINDS,
    CLAIM_KINDS,
    GOLD,
    QUOTED_KINDS,
    REFUSED_KINDS,
    Case,
    EvaluationSet,
    read_set,
)
from bot.lab.evaluation.swaps import add_swaps, swaps
from bot.lab.evaluation.wrapped_questions import (
    Courtesy,
    StabilityMetrics,
    StabilityReport,
    read_courtesies,
    score_stability,
    wrap,
)

__all__ = [
    "AMONG",
    "ARTICLE_KINDS",
    "CLAIM_KINDS",
    "GOLD",
    "QUOTED_KINDS",
    "REFUSED_KINDS",
    "AnswerMetrics",
    "BoldWords",
    "Case",
    "CommunityMetrics",
    "CommunityReport",
    "Courtesy",
    "Curve",
    "EvaluationSet",
    "Example",
    "RankingMetrics",
    "Refused",
    "SetReport",
    "StabilityMetrics",
    "StabilityReport",
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
    "read_courtesies",
    "read_set",
    "risk_coverage",
    "score_answers",
    "score_community",
    "score_ranking",
    "score_stability",
    "svg",
    "swaps",
    "wrap",
]
