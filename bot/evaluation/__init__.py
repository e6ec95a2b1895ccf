"""How well questions with known outcomes are answered, and the evidence model fitted to such questions."""

from bot.evaluation.figures import Figures, mean, score
from bot.evaluation.fitting import Example, Fit, examples_of, fit
from bot.evaluation.sets import EvaluationSet, SetError, read_set

__all__ = ["EvaluationSet", "Example", "Figures", "Fit", "SetError", "examples_of", "fit", "mean", "read_set", "score"]
