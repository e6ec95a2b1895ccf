import pytest
from discord import ui
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic import strip_line_isolates
from bot.chat.cards.card import MESSAGE_LIMIT, Card, notice
from bot.chat.cards.card_text import size
from bot.chat.cards.quote_text import block_quote
from tests.chat.hostile_text import PIECES

RIGHT, LEFT, POP = "\u200f\u2067", "\u200e\u2066", "\u2069"
HOSTILE = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=12).map("".join)


@pytest.mark.parametrize(
    ("line", "isolated"),
    [
        ("المصدر: صحيفة.", f"{RIGHT}المصدر: صحيفة.{POP}"),
        ("-# نُشر في 2026.", f"-# {RIGHT}نُشر في 2026.{POP}"),
        ("### عنوان", f"### {RIGHT}عنوان{POP}"),
        ("> قال الوزير.", f"> {RIGHT}قال الوزير.{POP}"),
        ("> Booktown تفتح مكتبة.", f"> {RIGHT}Booktown تفتح مكتبة.{POP}"),
        ("> The minister said.", f"> {LEFT}The minister said.{POP}"),
        (
            "**[\u2068Old Town\u2069](https://news.example)**",
            f"{RIGHT}**[\u2068Old Town\u2069](https://news.example)**{POP}",
        ),
        ("I answer from \u2068صحيفة\u2069.", f"{LEFT}I answer from \u2068صحيفة\u2069.{POP}"),
        ("> ", "> "),
        ("", ""),
    ],
)
def test_each_line_is_isolated_behind_its_markup(line: str, isolated: str) -> None:
    assert notice(f"أول السطور.\n{line}").sent_texts[0].split("\n")[1] == isolated


def test_an_english_card_runs_from_left_to_right_and_its_arabic_quotes_do_not() -> None:
    card = Card(("Source: \u2068صحيفة\u2069.\n> قال.",), title="Answer", footnote="Quoted.")
    assert card.sent_texts == (
        f"### {LEFT}Answer{POP}",
        f"{LEFT}Source: \u2068صحيفة\u2069.{POP}\n> {RIGHT}قال.{POP}",
        f"-# {LEFT}Quoted.{POP}",
    )


def test_a_sentence_to_who_writes_arabic_runs_from_the_right_in_an_english_card() -> None:
    assert notice("No such article.\nأجيب بالعربية.").sent_texts[0].split("\n")[1] == f"{RIGHT}أجيب بالعربية.{POP}"


@given(st.lists(HOSTILE.map(block_quote), min_size=1, max_size=4))
def test_the_isolates_of_lines_change_no_other_character(quotes: list[str]) -> None:
    card = Card(tuple(quotes))
    assert [strip_line_isolates(text) for text in card.sent_texts] == list(map(strip_line_isolates, card.texts))


@pytest.mark.parametrize("lines", [1, 40, 800])
def test_a_full_card_keeps_within_what_discord_takes(lines: int) -> None:
    first = "\n".join(["سطر."] * lines)
    card = Card((first, "س" * (MESSAGE_LIMIT - size(first))) if size(first) < MESSAGE_LIMIT else (first,))
    assert sum(map(size, card.texts)) <= MESSAGE_LIMIT
    assert sum(map(size, card.sent_texts)) <= MESSAGE_LIMIT


def test_the_small_print_behind_a_quote_is_a_text_of_its_own() -> None:
    card = Card(("> a\n> b\n-# c\n-# d\n> e\n-# f", "g\n> h", "-# i"), footnote="j")
    assert card.texts == ("> a\n> b", "-# c\n-# d\n> e", "-# f", "g\n> h", "-# i", "-# j")
    displays = (item for item in card.layout().walk_children() if isinstance(item, ui.TextDisplay))
    assert [strip_line_isolates(display.content) for display in displays] == list(card.texts)
