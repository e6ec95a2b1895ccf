import re
import unicodedata

import pytest

from bot.arabic import BIDI_CONTROLS, JOINERS, ZERO_WIDTH, normalise, strip_controls

# All that Unicode has given a meaning or may soon, and of what it keeps free the first and the last.
EVERY_CHARACTER = "".join(map(chr, [*range(0x40000), *range(0xE0000, 0xF0001), 0x10FFFF]))


def written_alike(*spellings: str) -> bool:
    return len({normalise(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    "spellings",
    [
        ("أحمد", "احمد", "آحمد", "إحمد", "ٱحمد", "ٲحمد"),
        ("مسؤول", "مسوول"),
        ("رئيس", "رييس"),
        ("على", "علي", "علی", "علے"),
        ("وكالة", "وكاله", "وكالۀ", "وكالہ", "وكالە"),
        ("كتاب", "کتاب"),
        ("باريس", "پاريس"),
        ("بغداد", "بـغـــداد"),
        ("الشركة", "الشَّرِكَةُ", "الشّركةً"),
        ("هذا", "هٰذا"),
        ("القرآن", "القران", "القرا\u0653ن"),
        ("سأل", "سا\u0654ل", "سا\u0655ل", "سال"),
        ("رحمن", "رحمۡن", "رحمۖن", "رح\u08f0من"),
    ],
    ids=lambda spellings: spellings[0],
)
def test_spellings_of_a_word_meet(spellings: tuple[str, ...]) -> None:
    assert written_alike(*spellings)


@pytest.mark.parametrize("mark", [*map(chr, range(0x064B, 0x0660)), "\u0670", "\u0610", "\u06e1", "\u06ed"], ids=ascii)
def test_every_tashkeel_sign_goes(mark: str) -> None:
    assert normalise(f"كت{mark}اب{mark}") == "كتاب"


@pytest.mark.parametrize(
    ("form", "plain"),
    [("ﻛﺘﺎﺏ", "كتاب"), ("ﻻ", "لا"), ("ﻷ", "لا"), ("ﻹ", "لا"), ("ﻵ", "لا"), ("ﷲ", "الله"), ("ﷺ", "صلي الله عليه وسلم")],
)
def test_presentation_forms_and_ligatures_are_the_letters_they_show(form: str, plain: str) -> None:
    assert normalise(form) == plain


@pytest.mark.parametrize(
    "unseen",
    ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u034f", "\u061c", "\u200e", "\u200f"],
    ids=ascii,
)
def test_invisible_characters_hide_no_word(unseen: str) -> None:
    assert normalise(f"{unseen}كت{unseen}اب{unseen}") == "كتاب"


@pytest.mark.parametrize("control", [*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))], ids=ascii)
def test_direction_controls_are_stripped(control: str) -> None:
    assert strip_controls(f"{control}نص{control} text") == "نص text"


def test_stripping_controls_leaves_letters_marks_and_joiners() -> None:
    text = "«نَصّ» می\u200cخواهم 👨\u200d👩\u200d👧 ١٢٣"
    assert strip_controls(text) == text


@pytest.mark.parametrize("written", ["2026", "٢٠٢٦", "۲۰۲۶", "２０２６"])
def test_digits_are_western(written: str) -> None:
    assert normalise(written) == "2026"


@pytest.mark.parametrize(
    ("written", "normal"), [("ICE", "ice"), ("Straße", "strasse"), ("ＩＣＥ", "ice"), ("O’Neil", "o'neil")]
)
def test_latin_letters_are_lower_case(written: str, normal: str) -> None:
    assert normalise(written) == normal


@pytest.mark.parametrize("spelling", ["É", "é", "e\u0301", "E\u0301", "e\u034f\u0301", "e\u064b\u0301"], ids=ascii)
def test_accented_letters_are_composed(spelling: str) -> None:
    assert normalise(spelling) == "é"


def test_a_hamza_of_its_own_stays() -> None:
    assert normalise("ماء") == "ماء"
    assert normalise("جزء") != normalise("جز")


def test_different_words_stay_apart() -> None:
    assert len(set(map(normalise, ("على", "علا", "عليه", "علم")))) == 4


def test_every_character_has_one_normal_form() -> None:
    unstable = [
        unicodedata.name(character, ascii(character))
        for character in EVERY_CHARACTER
        if (normal := normalise(character)) != character and normalise(normal) != normal
    ]
    assert unstable == []


def test_the_classes_of_unseen_characters_are_those_of_unicode() -> None:
    """Format characters that a text can do without have one class each; soft hyphen and CGJ count as joiners."""
    members = (BIDI_CONTROLS, ZERO_WIDTH, JOINERS)
    of_direction, zero_width, joining = (set(re.findall(f"[{each}]", EVERY_CHARACTER)) for each in members)
    classes = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    directions = {each for each in EVERY_CHARACTER if unicodedata.bidirectional(each) in classes}
    assert of_direction == directions | {*"\u061c\u200e\u200f"}
    assert not of_direction & zero_width | of_direction & joining | zero_width & joining
    assert set(EVERY_CHARACTER) - set(strip_controls(EVERY_CHARACTER)) == of_direction | zero_width
    assert {normalise(each) for each in of_direction | zero_width | joining} == {""}
