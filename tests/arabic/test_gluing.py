"""Words that were written without the space between them."""

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.arabic import normal_words, split_ended, split_glued, with_spaces
from tests.arabic.alphabet import LETTERS, TEXT

TOGETHER = {
    ("وزاره", "الخارجيه"),
    ("وزارها", "لخارجيه"),
    ("قصر", "العظم"),
    ("في", "مصر"),
    ("كم", "مليون"),
    ("رييس", "مصر"),
    ("ف", "يروز"),
    ("هن", "ال"),
}


def together(first: str, second: str) -> bool:
    return (first, second) in TOGETHER


def spaced(text: str) -> str:
    return with_spaces(text, partial(split_glued, together=together))


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("وزارةالخارجية", "وزارة الخارجية"),
        ("وزارهالخارجيه", "وزاره الخارجيه"),
        ("قصرالعظم؟", "قصر العظم؟"),
        ("كم فيمصر", "كم في مصر"),
        ("كممليون", "كم مليون"),
        ("رَئِيسُمصر", "رَئِيسُ مصر"),
        ("قال:رئيسمصر، هنا", "قال:رئيس مصر، هنا"),
    ],
)
def test_two_words_that_belong_together_are_parted(text: str, parted: str) -> None:
    assert spaced(text) == parted


@pytest.mark.parametrize(
    "text", ["مصر", "وزارة الخارجية", "منصور", "فيروز", "هنال", "palantirice", "20252026", "", "؟"]
)
def test_what_has_no_two_parts_that_belong_together_stays(text: str) -> None:
    assert spaced(text) == text


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("المدرسةالثانوية", "المدرسة الثانوية"),
        ("المدرسةُالثانوية", "المدرسةُ الثانوية"),
        ("علىالحدود", "على الحدود"),
        ("متىافتتحت", "متى افتتحت"),
        ("مدرسة، على", "مدرسة، على"),
        ("شىء مجىء", "شىء مجىء"),
    ],
)
def test_letters_that_only_end_words_part_them(text: str, parted: str) -> None:
    assert split_ended(text) == parted


@settings(max_examples=200, deadline=None)
@given(text=TEXT, pair=st.sampled_from(sorted(TOGETHER)))
def test_what_is_parted_belongs_together(text: str, pair: tuple[str, str]) -> None:
    glued = "".join(pair)
    length = split_glued(glued, together)
    assert not length or together(glued[:length], glued[length:])
    assert not split_glued(text, lambda *_: False)


@settings(max_examples=200, deadline=None)
@given(text=TEXT, length=st.integers(0, 4), word=st.text(LETTERS, min_size=1))
def test_only_spaces_are_put_in(text: str, length: int, word: str) -> None:
    spaced_text = with_spaces(text + word, lambda normal: length if length < len(normal) else 0)
    assert spaced_text.replace(" ", "") == (text + word).replace(" ", "")
    assert "".join(normal_words(split_ended(word))) == "".join(normal_words(word))
