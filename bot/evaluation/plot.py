"""Draws risk-coverage curves as an SVG picture, by the standard library alone."""

import math
from collections.abc import Iterator, Sequence
from html import escape
from itertools import cycle

from bot.evaluation.curve import Curve

_WIDTH, _HEIGHT = 900, 560
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 210, 112, 64
# Colours that the colour-blind can tell apart (M. Okabe, K. Ito, "Color Universal Design", 2008), all but the yellow.
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#000000")
_INK, _GREY, _GRID = "#222222", "#666666", "#e2e2e2"
_LINE_HEIGHT = 20
_GRID_LINES = 5
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2)
_TITLE = "Risk and coverage as the evidence model's threshold falls"
_X_LABEL = "Coverage: share of the answerable questions that are answered"
_Y_LABEL = "Risk: share of the answers given that are wrong, or given to questions that must be refused"


def svg(curves: Sequence[Curve]) -> str:
    """Draw one line a set, its name beside its end, a dot where the threshold in use puts it."""
    scale = _Scale(max((point.risk for curve in curves for point in curve.points), default=0.0))
    threshold = next((curve.shipped.threshold for curve in curves if curve.shipped), None)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}">',
        f'<g font-family="system-ui, sans-serif" font-size="14" fill="{_INK}">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
        f'<text x="{_LEFT}" y="34" font-size="18" font-weight="bold">{_TITLE}</text>',
        *(
            []
            if threshold is None
            else [_text(_LEFT, 58, f"Each dot is at the threshold in use, {threshold:g}.", _GREY)]
        ),
        *_axes(scale),
        *_lines(curves, scale),
        *_names(curves, scale),
        "</g>",
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


class _Scale:
    """Puts shares into places of the picture, the greatest risk at a grid line at the top."""

    def __init__(self, most: float) -> None:
        self.step = next((step for step in _STEPS if most <= step * _GRID_LINES), _STEPS[-1])
        self.grid_lines = max(1, math.ceil(most / self.step - 1e-9))

    def x(self, coverage: float) -> float:
        return round(_LEFT + coverage * (_WIDTH - _LEFT - _RIGHT), 1)

    def y(self, risk: float) -> float:
        top = self.step * self.grid_lines
        return round(_HEIGHT - _BOTTOM - risk / top * (_HEIGHT - _TOP - _BOTTOM), 1)


def _axes(scale: _Scale) -> Iterator[str]:
    for number in range(scale.grid_lines + 1):
        risk = number * scale.step
        yield _rule(scale.x(0), scale.y(risk), scale.x(1), scale.y(risk))
        yield _text(scale.x(0) - 8, scale.y(risk) + 5, f"{risk:.0%}", _GREY, "end")
    for tenths in range(0, 11, 2):
        x = scale.x(tenths / 10)
        yield _rule(x, scale.y(0), x, scale.y(0) + 5)
        yield _text(x, scale.y(0) + 22, f"{tenths / 10:.0%}", _GREY, "middle")
    yield _text(scale.x(0), _TOP - 18, _Y_LABEL)
    yield _text(scale.x(1), _HEIGHT - 16, _X_LABEL, anchor="end")


def _lines(curves: Sequence[Curve], scale: _Scale) -> Iterator[str]:
    """Draw the curves, and the dots above them all."""
    for curve, colour in zip(curves, cycle(_COLOURS), strict=False):
        points = " ".join(f"{scale.x(point.coverage)},{scale.y(point.risk)}" for point in curve.points)
        yield f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2.5" stroke-linejoin="round"/>'
    for curve, colour in zip(curves, cycle(_COLOURS), strict=False):
        if curve.shipped:
            x, y = scale.x(curve.shipped.coverage), scale.y(curve.shipped.risk)
            yield f'<circle cx="{x}" cy="{y}" r="6.5" fill="{colour}" stroke="#ffffff" stroke-width="2"/>'


def _names(curves: Sequence[Curve], scale: _Scale) -> Iterator[str]:
    """Write each name to the right of its curve's end, lower where another stands."""
    ends = [
        (scale.y(curve.points[0].risk), curve.name, colour)
        for curve, colour in zip(curves, cycle(_COLOURS), strict=False)
        if curve.points
    ]
    free = -math.inf
    for end, name, colour in sorted(ends):
        y = max(end, free)
        free = y + _LINE_HEIGHT
        yield _text(scale.x(1) + 14, y + 5, name, colour)


def _rule(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{_GRID}"/>'


def _text(x: float, y: float, text: str, colour: str = _INK, anchor: str = "start") -> str:
    return f'<text x="{x}" y="{y}" fill="{colour}" text-anchor="{anchor}">{escape(text)}</text>'
