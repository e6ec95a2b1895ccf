"""Pictures are well-formed whatever they are told, axes put values where they belong, and names stand apart."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lab.svg import Axis, Line, picture
from tests.lab.drawings import parts, places

SHARE = Axis("share", 0, 1, {0.5: "half"})
# What XML can hold.
TEXTS = st.text(
    st.characters(min_codepoint=32, exclude_categories=["Cs", "Cn", "Cc"], exclude_characters="\ufffe\uffff")
)


@given(TEXTS, TEXTS, TEXTS)
def test_any_text_is_drawn_as_it_is(title: str, label: str, name: str) -> None:
    axis = Axis(label, 0, 1, {0.5: "half"})
    drawn = picture(title, None, axis, axis, [Line(name, [(0, 0), (1, 1)]), Line("nothing", [])])
    texts = {text.text or "" for text in parts(drawn, "text")}
    assert {title, label, name, "half"} <= texts
    assert "nothing" not in texts - {title, label, name}


def test_values_stand_by_their_difference_or_by_their_ratio() -> None:
    assert Axis("", 10, 20, {}).share(15) == 0.5
    assert Axis("", 10, 1000, {}, logarithmic=True).share(100) == pytest.approx(0.5)


def test_each_line_has_its_dots_on_it_in_its_colour() -> None:
    drawn = picture("t", None, SHARE, SHARE, [Line(name, [(0, 0), (0.5, 0.2), (1, 1)], [(0.5, 0.2)]) for name in "ab"])
    lines, dots = parts(drawn, "polyline"), parts(drawn, "circle")
    assert [line.get("stroke") for line in lines] == [dot.get("fill") for dot in dots]
    assert len({dot.get("fill") for dot in dots}) == 2
    for line, dot in zip(lines, dots, strict=True):
        assert places(line)[1] == (float(dot.get("cx") or 0), float(dot.get("cy") or 0))


def test_names_of_lines_that_end_together_stand_apart() -> None:
    drawn = picture("t", None, SHARE, SHARE, [Line(f"set {number}", [(0, 0), (1, 0.5)]) for number in range(5)])
    heights = [float(text.get("y") or 0) for text in parts(drawn, "text") if (text.text or "").startswith("set ")]
    assert len(heights) == 5
    assert all(lower - upper >= 18 for upper, lower in pairwise(heights))
