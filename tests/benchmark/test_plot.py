"""The plot is well-formed, has a line an engine, and puts powers of ten at equal distances."""

from itertools import pairwise
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from bot.benchmark import svg
from bot.benchmark.comparing import compare
from tests.benchmark.samples import searching

SVG = "{http://www.w3.org/2000/svg}"
TIMES = {"rank-bm25": 900.0, "isnad": 9.0}
SIZES = (1000, 10_000, 100_000)


def draw(times: dict[str, float], sizes: tuple[int, ...]) -> ET.Element:
    """Draw engines whose time grows as passages do."""
    compared = [
        compare(engine, size, searching(time * size / sizes[0]), None)
        for size in sizes
        for engine, time in times.items()
    ]
    return ET.fromstring(svg(compared, "a <machine>"))  # noqa: S314 - our own


def points(line: ET.Element) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (point.split(",") for point in (line.get("points") or "").split())]


def test_each_engine_has_a_line_that_is_straight_where_time_grows_as_passages_do() -> None:
    picture = draw(TIMES, SIZES)
    lines = [points(line) for line in picture.iter(f"{SVG}polyline")]
    assert len(lines) == 2
    for line in lines:
        steps = [(round(right - left), round(low - high)) for (left, low), (right, high) in pairwise(line)]
        assert steps[0] == steps[1]
        assert steps[0][1] > 0
    # A hundred times the time is two powers of ten higher, as is a hundred times the passages on the line.
    assert round(lines[1][0][1] - lines[0][0][1]) == round(lines[0][0][1] - lines[0][2][1])
    assert len(list(picture.iter(f"{SVG}circle"))) == 6


def test_names_and_values_are_written() -> None:
    texts = {text.text for text in draw(TIMES, SIZES).iter(f"{SVG}text")}
    assert {"rank-bm25", "isnad", "a <machine>", "1,000", "10,000", "100,000", "1 µs", "1 ms", "100 ms"} <= texts


@given(st.floats(0.01, 1e8), st.lists(st.integers(20, 10**7), min_size=1, max_size=4, unique=True))
def test_every_point_stays_within_the_axes(time: float, sizes: list[int]) -> None:
    picture = draw({"isnad": time}, tuple(sorted(sizes)))
    rules = [line for line in picture.iter(f"{SVG}line") if line.get("y1") == line.get("y2")]
    heights = [float(rule.get("y1") or 0) for rule in rules]
    left, right = float(rules[0].get("x1") or 0), float(rules[0].get("x2") or 0)
    for line in picture.iter(f"{SVG}polyline"):
        assert all(left <= x <= right and min(heights) <= y <= max(heights) for x, y in points(line))


def test_nothing_measured_is_an_empty_plot() -> None:
    assert not list(ET.fromstring(svg([], "")).iter(f"{SVG}polyline"))  # noqa: S314 - our own
