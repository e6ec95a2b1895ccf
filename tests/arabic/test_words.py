import pytest

from bot.arabic import normal_words, words


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
