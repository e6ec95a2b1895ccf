"""Draws risk-coverage curves."""

import math
from collections.abc import Sequence

from bot.drawing import Axis, Line, picture
from bot.evaluation.curve import Curve

_GRID_LINES = 5
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2)
_TITLE = "Risk and coverage as the evidence model's threshold falls"
_X_LABEL = "Coverage: share of the answerable questions that are answered"
_Y_LABEL = "Risk: share of the answers given that are wrong, or given to questions that must be refused"


def svg(curves: Sequence[Curve]) -> str:
    """Draw one line a set, its name beside its end, a dot where the threshold in use puts it."""
    threshold = next((curve.shipped.threshold for curve in curves if curve.shipped), None)
    remark = None if threshold is None else f"Each dot is at the threshold in use, {threshold:g}."
    coverage = Axis(_X_LABEL, 0, 1, {tenths / 10: f"{tenths / 10:.0%}" for tenths in range(0, 11, 2)})
    risk = _risk_axis(max((point.risk for curve in curves for point in curve.points), default=0.0))
    return picture(_TITLE, remark, coverage, risk, [_line(curve) for curve in curves])


def _risk_axis(most: float) -> Axis:
    """Return an axis with the greatest risk at a grid line at the top, or below it."""
    step = next((step for step in _STEPS if most <= step * _GRID_LINES), _STEPS[-1])
    grid_lines = max(1, math.ceil(most / step - 1e-9))
    marks = {number * step: f"{number * step:.0%}" for number in range(grid_lines + 1)}
    return Axis(_Y_LABEL, 0, step * grid_lines, marks)


def _line(curve: Curve) -> Line:
    dots = [(curve.shipped.coverage, curve.shipped.risk)] if curve.shipped else []
    return Line(curve.name, [(point.coverage, point.risk) for point in curve.points], dots)
