"""Words that were written without the space between them."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic import Word, first_word_length, insert_spaces, normal_words, split_after_final_letters, words
from tests.arabic.alphabet import LETTERS, TEXT
from tests.examples import examples

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


def written(text: str) -> list[str]:
    return [text[word.start : word.end] for word in words(text)]


def test_offsets_give_the_word_as_written() -> None:
    assert written("قالت «الشَّرِكَةُ»: نعم، Palantir!") == ["قالت", "الشَّرِكَةُ", "نعم", "Palantir"]


def test_offsets_count_code_points_behind_emoji_and_marks() -> None:
    assert written("👨\u200d👩\u200d👧 مُدُن") == ["مُدُن"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("و2020", ["و", "2020"]),
        ("بـ30", ["بـ", "30"]),
        ("الـICE", ["الـ", "ICE"]),
        ("30مليون", ["30", "مليون"]),
        ("2025م", ["2025", "م"]),
        ("5G", ["5", "G"]),
        ("ICEووكالة", ["ICE", "ووكالة"]),
        ("أبريل/نيسان", ["أبريل", "نيسان"]),
        ("الهجرة-والجمارك", ["الهجرة", "والجمارك"]),
        ("بالانتير_تكنولوجيز", ["بالانتير", "تكنولوجيز"]),
        ("﴿قل هو﴾", ["قل", "هو"]),
    ],
)
def test_words_end_where_the_script_changes(text: str, parts: list[str]) -> None:
    assert written(text) == parts


@pytest.mark.parametrize(
    ("name", "normal"),
    [
        ("ImmigrationOS", ["immigrationos"]),
        ("Alex Karp", ["alex", "karp"]),
        ("O'Neil", ["o'neil"]),
        ("O’Neil", ["o'neil"]),
        ("F35", ["f35"]),
        ("COVID-19", ["covid", "19"]),
        ("404 Media", ["404", "media"]),
        ("Zoë", ["zoë"]),
        ("Zoe\u0308", ["zoë"]),
    ],
)
def test_latin_names_keep_their_letters(name: str, normal: list[str]) -> None:
    assert normal_words(name) == normal


@pytest.mark.parametrize("text", ["", " \n\t", "؟!.,«»", "ـ", "\u0651\u064e", "\u202e\u200b", "👍🏽", "___"], ids=ascii)
def test_what_holds_no_letter_and_no_digit_holds_no_word(text: str) -> None:
    assert normal_words(text) == []


def test_a_phrase_in_one_character_is_several_words_in_one_place() -> None:
    assert [(word.normal, word.start, word.end) for word in words("قال ﷺ")][1:] == [
        ("صلي", 4, 5),
        ("الله", 4, 5),
        ("عليه", 4, 5),
        ("وسلم", 4, 5),
    ]


def test_a_mark_before_any_letter_belongs_to_no_word() -> None:
    assert written("\u064eكتاب") == ["كتاب"]


def together(first: str, second: str) -> bool:
    return (first, second) in TOGETHER


def spaced(text: str) -> str:
    return insert_spaces(text, words(text), partial(first_word_length, is_pair=together))


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
    assert split_after_final_letters(text) == parted


@examples(200)
@given(text=TEXT, pair=st.sampled_from(sorted(TOGETHER)))
def test_what_is_parted_belongs_together(text: str, pair: tuple[str, str]) -> None:
    glued = "".join(pair)
    length = first_word_length(glued, together)
    assert not length or together(glued[:length], glued[length:])
    assert not first_word_length(text, lambda *_: False)


@examples(200)
@given(text=TEXT, length=st.integers(0, 4), word=st.text(LETTERS, min_size=1))
def test_only_spaces_are_put_in(text: str, length: int, word: str) -> None:
    spaced_text = insert_spaces(text + word, words(text + word), lambda normal: length if length < len(normal) else 0)
    assert spaced_text.replace(" ", "") == (text + word).replace(" ", "")
    assert "".join(normal_words(split_after_final_letters(word))) == "".join(normal_words(word))


@pytest.mark.parametrize("written", ["Palantir's", "Palantir’s", "PALANTIR'S", "palantir"])
def test_an_english_genitive_is_the_name(written: str) -> None:
    assert list(words(f"شركة {written} هنا"))[1] == Word("palantir", 5, 5 + len(written))
    assert normal_words(written) == ["palantir"]


@pytest.mark.parametrize("written", ["it's", "What's", "don't", "O'Neil", "l'eau"])
def test_an_apostrophe_of_another_kind_stays(written: str) -> None:
    assert normal_words(written) == [written.lower()]
