"""Line charts as SVG, drawn with the standard library alone."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import cycle
from operator import itemgetter

_WIDTH, _HEIGHT = 900, 560
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 210, 112, 64
# Colours that the colour-blind can tell apart (M. Okabe, K. Ito, "Color Universal Design", 2008), all but the yellow.
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#000000")
_INK, _GREY, _GRID = "#222222", "#666666", "#e2e2e2"
_LINE_HEIGHT = 20
_Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis: its label, the values at its ends, and the labels of its grid lines by value."""

    label: str
    low: float
    high: float
    marks: Mapping[float, str]
    logarithmic: bool = False

    def share(self, value: float) -> float:
        """Return the position of a value on the axis, 0 at its low end, 1 at its high end."""
        if self.logarithmic:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)


@dataclass(frozen=True, slots=True)
class Line:
    """A named line through points, with some points marked by dots."""

    name: str
    points: Sequence[_Point]
    dots: Sequence[_Point] = ()


def picture(title: str, remark: str | None, x: Axis, y: Axis, lines: Sequence[Line]) -> str:
    """Draw lines, each with its name beside its right end; the remark stands below the title."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}">',
        f'<g font-family="system-ui, sans-serif" font-size="14" fill="{_INK}">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
        f'<text x="{_LEFT}" y="34" font-size="18" font-weight="bold">{escape(title, quote=False)}</text>',
        *([] if remark is None else [_text(_LEFT, 58, remark, _GREY)]),
        *_axes(x, y),
        *_lines(x, y, lines),
        "</g>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _across(axis: Axis, value: float) -> float:
    return round(_LEFT + axis.share(value) * (_WIDTH - _LEFT - _RIGHT), 1)


def _down(axis: Axis, value: float) -> float:
    return round(_HEIGHT - _BOTTOM - axis.share(value) * (_HEIGHT - _TOP - _BOTTOM), 1)


def _axes(x: Axis, y: Axis) -> Iterator[str]:
    right, bottom = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM
    for value, mark in y.marks.items():
        at = _down(y, value)
        yield f'<line x1="{_LEFT}" y1="{at}" x2="{right}" y2="{at}" stroke="{_GRID}"/>'
        yield _text(_LEFT - 8, at + 5, mark, _GREY, "end")
    for value, mark in x.marks.items():
        at = _across(x, value)
        yield f'<line x1="{at}" y1="{bottom}" x2="{at}" y2="{bottom + 5}" stroke="{_GRID}"/>'
        yield _text(at, bottom + 22, mark, _GREY, "middle")
    yield _text(_LEFT, _TOP - 18, y.label)
    yield _text(right, _HEIGHT - 16, x.label, anchor="end")


def _lines(x: Axis, y: Axis, lines: Sequence[Line]) -> Iterator[str]:
    """Draw the lines, the dots above them all, and each name beside the end of its line, below the names before it."""
    coloured = list(zip(lines, cycle(_COLOURS), strict=False))
    for line, colour in coloured:
        points = " ".join(f"{_across(x, one)},{_down(y, other)}" for one, other in line.points)
        yield f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2.5" stroke-linejoin="round"/>'
    for line, colour in coloured:
        for one, other in line.dots:
            at = f'cx="{_across(x, one)}" cy="{_down(y, other)}"'
            yield f'<circle {at} r="6.5" fill="{colour}" stroke="#ffffff" stroke-width="2"/>'
    ends = [
        (_down(y, max(line.points, key=itemgetter(0))[1]), line.name, colour)
        for line, colour in coloured
        if line.points
    ]
    free = -math.inf
    for end, name, colour in sorted(ends):
        height = max(end, free)
        free = height + _LINE_HEIGHT
        yield _text(_WIDTH - _RIGHT + 14, height + 5, name, colour)


def _text(x: float, y: float, text: str, colour: str = _INK, anchor: str = "start") -> str:
    return f'<text x="{x}" y="{y}" fill="{colour}" text-anchor="{anchor}">{escape(text)}</text>'
