"""Pictures taken apart."""

from xml.etree import ElementTree as ET


def parts(drawn: str, tag: str) -> list[ET.Element]:
    """Return the parts of a picture with a tag."""
    return list(ET.fromstring(drawn).iter(f"{{http://www.w3.org/2000/svg}}{tag}"))  # noqa: S314 - our own


def places(line: ET.Element) -> list[tuple[float, float]]:
    """Return the points of a line, from the left edge and from the top."""
    return [(float(x), float(y)) for x, y in (point.split(",") for point in (line.get("points") or "").split())]


def stay_within(drawn: str) -> bool:
    """Return whether all lines stay between the grid lines of a picture."""
    rules = [line for line in parts(drawn, "line") if line.get("y1") == line.get("y2")]
    heights = [float(rule.get("y1") or 0) for rule in rules]
    left, right = float(rules[0].get("x1") or 0), float(rules[0].get("x2") or 0)
    return all(
        left <= x <= right and min(heights) <= y <= max(heights)
        for line in parts(drawn, "polyline")
        for x, y in places(line)
    )
