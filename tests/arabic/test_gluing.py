"""Words that were written without the space between them."""

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.arabic import normal_words, split_ended, split_glued, with_spaces
from tests.arabic.alphabet import LETTERS, TEXT

VOCABULARY = {"وزاره", "الخارجيه", "مصر", "مليون", "صور", "روز", "قصر", "العظم", "رييس", "امن", "ال", "خار"}
known = VOCABULARY.__contains__


def spaced(text: str) -> str:
    return with_spaces(text, partial(split_glued, known=known))


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
def test_two_known_words_are_parted(text: str, parted: str) -> None:
    assert spaced(text) == parted


@pytest.mark.parametrize(
    "text", ["مصر", "وزارة الخارجية", "صورروز", "زقزوقة", "palantirice", "20252026", "فيروزة", "", "؟"]
)
def test_what_is_known_or_has_no_two_known_parts_stays(text: str) -> None:
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
@given(first=st.sampled_from(sorted(VOCABULARY)), second=st.sampled_from(sorted(VOCABULARY)))
def test_what_is_parted_is_known(first: str, second: str) -> None:
    glued = first + second
    length = split_glued(glued, known)
    assert not length or known(glued[length:])


@settings(max_examples=200, deadline=None)
@given(text=TEXT, length=st.integers(0, 4), word=st.text(LETTERS, min_size=1))
def test_only_spaces_are_put_in(text: str, length: int, word: str) -> None:
    spaced_text = with_spaces(text + word, lambda normal: length if length < len(normal) else 0)
    assert spaced_text.replace(" ", "") == (text + word).replace(" ", "")
    assert "".join(normal_words(split_ended(word))) == "".join(normal_words(word))
