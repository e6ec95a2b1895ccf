"""Where the browser put every line and run of text."""

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """Be a stretch of one line in one direction; `place` is where it begins in the line's paragraph."""

    text: str
    kind: str
    direction: str | None
    left: float
    right: float
    place: int


@dataclass(frozen=True, slots=True)
class Line:
    """Be a line as it is seen: its runs from left to right, `outside` where it leaves the box that holds it."""

    part: str
    text: str
    direction: str
    left: float
    right: float
    outside: bool
    runs: tuple[Run, ...]

    @property
    def as_read(self) -> tuple[Run, ...]:
        """Return the runs from the side where the line begins."""
        return self.runs[::-1] if self.direction == "rtl" else self.runs

    def run(self, text: str) -> Run:
        """Return the only run that holds these words."""
        (found,) = (run for run in self.runs if text in run.text)
        return found


@dataclass(frozen=True, slots=True)
class Picture:
    """Be a scene drawn at one width; `overflows` names the boxes that are wider than what holds them."""

    scene: str
    width: int
    file: str
    lines: tuple[Line, ...]
    overflows: tuple[str, ...]

    def line(self, text: str) -> Line:
        """Return the only line that holds these words."""
        (found,) = (line for line in self.lines if text in line.text)
        return found


def read_picture(measured: Json) -> Picture:
    """Read what the renderer measured of one picture."""
    messages = measured["messages"]
    lines = tuple(_line(line) for message in messages for line in message["lines"])
    overflows = tuple(box for message in messages for box in message["overflows"])
    return Picture(measured["scene"], measured["width"], measured["picture"], lines, overflows)


def _line(measured: Json) -> Line:
    return Line(**(measured | {"runs": tuple(Run(**run) for run in measured["runs"])}))
