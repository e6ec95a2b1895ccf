"""How well questions with known outcomes are answered, and the evidence model fitted to such questions."""

from bot.evaluation.curve import Curve, risk_coverage
from bot.evaluation.examples import AMONG, Example, examples_of
from bot.evaluation.figures import Figures, mean, score
from bot.evaluation.fitting import Refused, fit
from bot.evaluation.plot import svg
from bot.evaluation.ranking_figures import RankingFigures, mean_ranking, score_ranking
from bot.evaluation.reading import SetError, read_set
from bot.evaluation.report import Report, mean_report, report_on
from bot.evaluation.sets import REFUSED_KINDS, Case, EvaluationSet
from bot.evaluation.swaps import swaps, with_swaps
from bot.evaluation.validating import cross_validated, fitted_figures, leaving_one_set_out

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
