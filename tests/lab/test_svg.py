"""Pictures are well-formed whatever they are told, and axes put values where they belong."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lab.svg import Axis, Line, picture

SVG = "{http://www.w3.org/2000/svg}"
# What XML can hold.
TEXTS = st.text(
    st.characters(min_codepoint=32, exclude_categories=["Cs", "Cn", "Cc"], exclude_characters="\ufffe\uffff")
)


@given(TEXTS, TEXTS, TEXTS)
def test_any_text_is_drawn_as_it_is(title: str, label: str, name: str) -> None:
    axis = Axis(label, 0, 1, {0.5: "half"})
    drawn = ET.fromstring(picture(title, None, axis, axis, [Line(name, [(0, 0), (1, 1)])]))  # noqa: S314 - our own
    assert {title, label, name, "half"} <= {text.text or "" for text in drawn.iter(f"{SVG}text")}


def test_values_stand_by_their_difference_or_by_their_ratio() -> None:
    assert Axis("", 10, 20, {}).share(15) == 0.5
    assert Axis("", 10, 1000, {}, logarithmic=True).share(100) == pytest.approx(0.5)


def test_a_line_without_points_has_no_name() -> None:
    axis = Axis("", 0, 1, {})
    drawn = ET.fromstring(picture("t", "r", axis, axis, [Line("nothing", [])]))  # noqa: S314 - our own
    assert "nothing" not in {text.text for text in drawn.iter(f"{SVG}text")}
