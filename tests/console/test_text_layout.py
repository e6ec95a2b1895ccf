"""Wrapping at words, and links that can be read."""

import unicodedata
from urllib.parse import quote, unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from bot.console.text_layout import readable_link, wrap, wrap_parts

WORDS = st.lists(st.text("ابتa-1/\u064e", min_size=1, max_size=8), min_size=1, max_size=30)
LINK = "https://news.example/"


@given(WORDS, st.integers(20, 60))
def test_wrapping_breaks_no_word_and_loses_nothing(words: list[str], width: int) -> None:
    lines = wrap(" ".join(words), width, "  — ", "    ")
    assert " ".join(lines).split() == ["—", *words]
    assert all(line.startswith("    ") for line in lines[1:])
    # A date of several words is as whole as a word.
    assert all(cell_len(line) <= width or any(character.isdigit() for character in line) for line in lines)


@example("\0 8 مارس 2026")
@given(st.text())
def test_without_a_width_a_text_stays_as_it_is(text: str) -> None:
    assert "\n".join(wrap(text, None)) == text


@given(WORDS)
def test_a_wide_terminal_wraps_nothing(words: list[str]) -> None:
    assert wrap(" ".join(words), 1000) == [" ".join(words)]


@given(st.text(" \nابت1-\u064e"), st.integers(1, 60))
def test_every_character_keeps_its_place_where_nothing_stands_before_lines(text: str, width: int) -> None:
    shown = "\n".join(wrap(text, width))
    assert [one if one != "\n" else " " for one in shown] == [one if one != "\n" else " " for one in text]


@pytest.mark.parametrize("date", ["17 أبريل/نيسان 2025", "9 تشرين الثاني 2024", "17 أبريل", "17 April 2025"])
@pytest.mark.parametrize("width", range(21, 60))
def test_a_date_stands_on_one_line(date: str, width: int) -> None:
    assert any(
        date in line for line in wrap(f"ونشر الموقع خبر الصفقة يوم الخميس {date} بعد اطلاعه على نص العقد", width)
    )


@pytest.mark.parametrize("width", range(20, 60))
def test_places_stand_on_one_line_each(width: int) -> None:
    lines = wrap_parts(["عنوان طويل من كلمات كثيرة", "صحيفة الضفة"], ["2026-03-09", "الفقرة 12"], width, "  — ", "    ")
    assert any("2026-03-09 ·" in line for line in lines)
    assert any("الفقرة 12" in line for line in lines)
    assert " ".join(" ".join(lines).split()) == "— عنوان طويل من كلمات كثيرة · صحيفة الضفة · 2026-03-09 · الفقرة 12"


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("%D8%AE%D8%A8%D8%B1/1", "خبر/1"),
        ("%d8%ae?q=%D8%AE#%D8%AE", "خ?q=خ#خ"),
        ("caf%C3%A9", "café"),
        ("%D9%85%D9%8E", "مَ"),
        ("a%20b%2F%3F%25%23", "a%20b%2F%3F%25%23"),
        ("%E2%80%AE%D8%AE", "%E2%80%AEخ"),
        ("%E2%81%A6%E2%80%8F%E2%80%8B", "%E2%81%A6%E2%80%8F%E2%80%8B"),
        ("%C2%A0%E3%80%80%E2%80%A8", "%C2%A0%E3%80%80%E2%80%A8"),
        ("%D9%8E", "%D9%8E"),
        ("%D8%20%FF", "%D8%20%FF"),
        ("100%", "100%"),
    ],
)
def test_letters_of_a_link_are_decoded_and_nothing_else(path: str, shown: str) -> None:
    assert readable_link(LINK + path) == LINK + shown


def test_a_host_stays_as_it_is() -> None:
    assert readable_link("https://%D8%AE.example/") == "https://%D8%AE.example/"
    assert readable_link("%D8%AE") == "%D8%AE"


@given(st.text(), st.binary())
def test_a_readable_link_leads_to_the_same_place_and_shows_nothing_that_steers(text: str, raw: bytes) -> None:
    link = LINK + quote(text.encode(errors="replace")) + quote(raw)
    shown = readable_link(link)
    assert quote(unquote(shown, errors="surrogateescape"), errors="surrogateescape", safe="") == quote(
        unquote(link, errors="surrogateescape"), errors="surrogateescape", safe=""
    )
    assert {unicodedata.category(character)[0] for character in shown if not character.isascii()} <= {"L", "M", "N"}
    assert " " not in shown
