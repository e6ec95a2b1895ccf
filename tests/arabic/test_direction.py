import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic import (
    is_right_to_left,
    isolate_line,
    isolate_phrases,
    mark_direction,
    numbered_phrases,
    strip_line_isolates,
)

ISOLATES = re.compile("[\u2066-\u2069]")
MIXED = st.text(st.sampled_from("ابج A3$,.-%\u0664 9z"), max_size=40)


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("ماذا قال موقع 404 Media عنها؟", ["404 Media"]),
        ("باعت شركة 23andMe بيانات، وكلفته $30 million.", ["23andMe", "$30 million"]),
        ("مقاتلات F-35 وطائرة Boeing 737 ولغة C++", []),
        ("في عام 2003 Palantir تأسست، وفي 2020 بدأت", []),
        ("منها (1,200 Braille) و30-year Treasury", ["1,200 Braille", "30-year Treasury"]),
        ("سعرها 5% - Bank من أرباحها", ["5% - Bank"]),
        ("5 آلاف كتاب", []),
        ("404 Media", []),
    ],
)
def test_latin_phrases_behind_a_number_are_found(text: str, phrases: list[str]) -> None:
    assert [text[span.start : span.end] for span in numbered_phrases(text)] == phrases


@given(MIXED)
def test_isolates_change_no_other_character_and_are_closed(text: str) -> None:
    isolated = isolate_phrases(text)
    assert ISOLATES.sub("", isolated) == text
    assert "".join(ISOLATES.findall(isolated)).replace("\u2066\u2069", "") == ""


@given(MIXED)
def test_a_phrase_begins_with_a_number_and_holds_a_latin_letter_and_no_arabic_one(text: str) -> None:
    for span in numbered_phrases(text):
        phrase = text[span.start : span.end]
        assert not phrase[0].isalpha()
        assert {"L"} == {unicodedata.bidirectional(letter) for letter in phrase if letter.isalpha()}


@given(st.lists(MIXED), st.booleans())
def test_the_isolates_of_lines_can_be_taken_off(lines: list[str], from_right: bool) -> None:
    isolated = "\n".join(isolate_line(line, from_right=from_right) for line in lines)
    assert strip_line_isolates(isolated) == "\n".join(lines)


def test_a_title_that_begins_with_a_latin_name_is_marked() -> None:
    assert mark_direction("Booktown تفتح مكتبة") == "\u200fBooktown تفتح مكتبة"
    assert [mark_direction(text) for text in ("خبر", "News", "")] == ["خبر", "News", ""]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("خبر", True),
        ("News", False),
        ("Booktown تفتح مكتبة", True),
        ("404 Media", False),
        ("12.5", False),
        ("خبر News", True),
    ],
)
def test_the_direction_is_that_of_the_first_letter_or_of_most(text: str, expected: bool) -> None:
    assert is_right_to_left(text) is expected
