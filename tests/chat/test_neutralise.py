import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.neutralise import as_shown, block_quote, neutralise, one_line

# Text as hostile as it gets: Discord's own syntax in pieces, glued together with anything.
PIECES = [
    "<@123456789012345678>",
    "<@!1>",
    "<@&2>",
    "<#3>",
    "<t:1700000000:R>",
    "<:smile:4>",
    "<a:wave:5>",
    "</ask:6>",
    "<id:customize>",
    "@everyone",
    "@here",
    "https://evil.example/a_b*c",
    "<https://evil.example>",
    "[اضغط](https://evil.example)",
    ":smile:",
    "```py\n",
    "``",
    "`x`",
    "||سرّ||",
    "~~",
    "**",
    "__",
    "\\",
    "\\*",
    "\n",
    "\r\n",
    "\u2028",
    " ",
    "\t",
    "# ",
    "## ",
    "-# ",
    "- ",
    "+ ",
    "* ",
    "> ",
    ">>> ",
    "1. ",
    "23) ",
    "قال: ",
    "نصّ عربي",
]
hostile = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=12).map("".join)

# What Discord acts on once escapes are set aside: its own rules, written down independently of the escaping.
DANGEROUS = re.compile(
    r"[*_~|`<>\[\]@\\]"
    r"|://"
    r"|:\w+:"
    r"|(?:\A|[\n\r\u2028\u2029])\s*(?:#{1,3}\s|-#\s|[-+]\s|\d+\.\s)",
    re.ASCII,
)


def after_escapes(text: str) -> str:
    """Stand a letter for each escaped character, as Discord's parser takes those out of the game."""
    return re.sub(r"\\[^0-9A-Za-z\s]", "x", text)


@given(hostile)
def test_every_character_is_shown_as_it_was(text: str) -> None:
    assert as_shown(neutralise(text)) == text


@given(hostile)
def test_nothing_is_left_that_discord_would_act_on(text: str) -> None:
    assert not DANGEROUS.search(after_escapes(neutralise(text)))


@given(hostile)
def test_a_block_quote_holds_every_line(text: str) -> None:
    lines = block_quote(text).split("\n")
    assert all(line.startswith("> ") for line in lines)
    assert as_shown("\n".join(line[2:] for line in lines)) == text


@pytest.mark.parametrize(
    "text",
    ["قال الوزير: «لن نتراجع»، في 12.5 بالمئة من الحالات (وفق التقرير).", "ارتفع السعر 3-4 أضعاف; انتهى!"],
)
def test_plain_prose_is_left_alone(text: str) -> None:
    assert neutralise(text) == text


@given(st.text())
def test_our_own_lines_hold_no_breaks_and_no_bidi_controls(text: str) -> None:
    assert not re.search(r"[\n\r\u202a-\u202e\u2066-\u2069]", one_line(text))
