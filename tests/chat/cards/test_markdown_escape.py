import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic import Span, strip_controls
from bot.chat.cards.card_text import escape_markdown, one_line, unescape_markdown
from bot.chat.cards.quote_text import block_quote, escape_with_bold
from tests.chat.hostile_text import DANGEROUS, PIECES, after_escapes

# Discord's own syntax in pieces, glued together with anything.
hostile = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=12).map("".join)


@given(hostile)
def test_every_character_is_shown_as_it_was(text: str) -> None:
    assert unescape_markdown(escape_markdown(text)) == text


@given(hostile)
def test_nothing_is_left_that_discord_would_act_on(text: str) -> None:
    assert not DANGEROUS.search(after_escapes(escape_markdown(text)))


@given(hostile)
def test_a_block_quote_holds_every_line(text: str) -> None:
    lines = block_quote(text).split("\n")
    assert all(line.startswith("> ") for line in lines)
    assert unescape_markdown(strip_controls("\n".join(line[2:] for line in lines))) == strip_controls(text)


@pytest.mark.parametrize("unit", ["\n", "\r\n", "\n ", " ", "\u2028\t", "\n1", "1"], ids=ascii)
def test_a_flood_of_line_breaks_takes_no_longer_than_other_words(unit: str) -> None:
    # Gone over again from each break, this takes half an hour.
    flood = (unit * 400_000)[:400_000]
    assert unescape_markdown(escape_markdown(f"{flood}# x")) == f"{flood}# x"


@pytest.mark.parametrize("spans", [[(0, 4), (2, 9)], [(0, 9), (2, 4)], [(0, 4), (4, 9)], [(0, 4), (5, 9)]])
def test_marks_that_overlap_are_one(spans: list[tuple[int, int]]) -> None:
    assert escape_with_bold("abcd fghi jkl", [Span(*span) for span in spans]) == "**abcd fghi** jkl"


@pytest.mark.parametrize(
    "text",
    ["قال الوزير: «لن نتراجع»، في 12.5 بالمئة من الحالات (وفق التقرير).", "ارتفع السعر 3-4 أضعاف; انتهى!"],
)
def test_plain_prose_is_left_alone(text: str) -> None:
    assert escape_markdown(text) == text


@given(st.text())
def test_our_own_lines_hold_no_breaks_and_no_bidi_controls(text: str) -> None:
    assert not re.search(r"[\n\r\u202a-\u202e\u2066-\u2069]", one_line(text))


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        ((0, 4), "**موقع** [404 Media] قال"),
        ((0, 8), "**موقع [404** Media] قال"),
        ((5, 8), "موقع [**404** Media] قال"),
        ((5, 14), "موقع [**404 Media**] قال"),
        ((9, 18), "موقع [404 **Media] قال**"),
    ],
)
def test_a_phrase_behind_a_number_is_isolated_whatever_is_bold_in_it(span: tuple[int, int], shown: str) -> None:
    quoted = escape_with_bold("موقع 404 Media قال", [Span(*span)])
    assert quoted.replace("\u2066", "[").replace("\u2069", "]") == shown
