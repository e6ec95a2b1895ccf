"""Line charts as SVG, drawn with the standard library alone."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import cycle

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
    frame = _Frame(x, y)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}">',
        f'<g font-family="system-ui, sans-serif" font-size="14" fill="{_INK}">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
        f'<text x="{_LEFT}" y="34" font-size="18" font-weight="bold">{escape(title, quote=False)}</text>',
        *([] if remark is None else [_text(_LEFT, 58, remark, _GREY)]),
        *frame.axes(),
        *frame.lines(lines),
        *frame.names(lines),
        "</g>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


class _Frame:
    """Puts values into places of the picture."""

    def __init__(self, x: Axis, y: Axis) -> None:
        self._x_axis, self._y_axis = x, y
        self._left, self._right = _LEFT, _WIDTH - _RIGHT
        self._bottom = _HEIGHT - _BOTTOM

    def x(self, value: float) -> float:
        return round(_LEFT + self._x_axis.share(value) * (_WIDTH - _LEFT - _RIGHT), 1)

    def y(self, value: float) -> float:
        return round(_HEIGHT - _BOTTOM - self._y_axis.share(value) * (_HEIGHT - _TOP - _BOTTOM), 1)

    def axes(self) -> Iterator[str]:
        left, right, bottom = self._left, self._right, self._bottom
        for value, mark in self._y_axis.marks.items():
            yield _rule(left, self.y(value), right, self.y(value))
            yield _text(left - 8, self.y(value) + 5, mark, _GREY, "end")
        for value, mark in self._x_axis.marks.items():
            yield _rule(self.x(value), bottom, self.x(value), bottom + 5)
            yield _text(self.x(value), bottom + 22, mark, _GREY, "middle")
        yield _text(left, _TOP - 18, self._y_axis.label)
        yield _text(right, _HEIGHT - 16, self._x_axis.label, anchor="end")

    def lines(self, lines: Sequence[Line]) -> Iterator[str]:
        """Draw the lines, and the dots above them all."""
        for line, colour in zip(lines, cycle(_COLOURS), strict=False):
            points = " ".join(f"{self.x(x)},{self.y(y)}" for x, y in line.points)
            yield (
                f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2.5"'
                ' stroke-linejoin="round"/>'
            )
        for line, colour in zip(lines, cycle(_COLOURS), strict=False):
            for x, y in line.dots:
                yield (
                    f'<circle cx="{self.x(x)}" cy="{self.y(y)}" r="6.5" fill="{colour}" stroke="#ffffff"'
                    ' stroke-width="2"/>'
                )

    def names(self, lines: Sequence[Line]) -> Iterator[str]:
        """Write each name at the height of its line's right end, lower where another stands."""
        ends = [
            (self.y(max(line.points, key=lambda point: point[0])[1]), line.name, colour)
            for line, colour in zip(lines, cycle(_COLOURS), strict=False)
            if line.points
        ]
        free = -math.inf
        for end, name, colour in sorted(ends):
            y = max(end, free)
            free = y + _LINE_HEIGHT
            yield _text(self._right + 14, y + 5, name, colour)


def _rule(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{_GRID}"/>'


def _text(x: float, y: float, text: str, colour: str = _INK, anchor: str = "start") -> str:
    return f'<text x="{x}" y="{y}" fill="{colour}" text-anchor="{anchor}">{escape(text)}</text>'
