"""Where pyarabic's own functions part what belongs together, or join what does not (shared measurements)."""

import pytest

from bot.arabic import Analyser, normal_words, normalise


def test_alef_with_hamza_meets_bare_alef() -> None:
    assert normalise("أحمد") == normalise("احمد")


def test_maqsura_is_not_alef() -> None:
    assert normalise("على") == "علي"


@pytest.mark.parametrize(("ligature", "letters"), [("ﷲ", "الله"), ("ﻳ", "ي"), ("ﻼ", "لا"), ("ﭐ", "ا")])
def test_presentation_forms_beyond_lam_alef(ligature: str, letters: str) -> None:
    assert normalise(ligature) == letters


@pytest.mark.parametrize("sign", ["\u0670", "\u0653", "\u0654", "\u0655"], ids=ascii)
def test_signs_that_strip_tashkeel_leaves(sign: str) -> None:
    assert normalise(f"ال{sign}ه") == "اله"


@pytest.mark.parametrize(
    "text", ["نعم، لا؛ ربما؟", "نعم\nلا\r\nربما", "\u202bنعم\u202c \u200fلا\u200f ربما"], ids=ascii
)
def test_punctuation_line_breaks_and_bidi_marks_are_no_words(text: str) -> None:
    assert normal_words(text) == ["نعم", "لا", "ربما"]


@pytest.mark.parametrize(("number", "normal"), [("٣٫٥", "3.5"), ("10,000", "10000"), ("٢٠٢٦", "2026")])
def test_numbers_stay_whole_and_western(number: str, normal: str) -> None:
    assert normal_words(number) == [normal]


def test_a_zero_width_non_joiner_does_not_break_a_word() -> None:
    assert normal_words("می\u200cخواهم") == ["ميخواهم"]


def test_the_article_does_not_part_words_in_teh_marbuta() -> None:
    analyser = Analyser()
    assert analyser.stem(normalise("الحكومة")) == analyser.stem(normalise("حكومة"))
