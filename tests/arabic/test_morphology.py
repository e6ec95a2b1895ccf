"""Inflected words are told from those that may be names."""

import pytest
from hypothesis import given

from bot.arabic import (
    ARTICLE,
    CONJUNCTIONS,
    PREPOSITIONS,
    Analyser,
    consonant_skeleton,
    is_inflected,
    light_stem,
    normalise,
    root,
    without_article,
    without_article_of_name,
)
from tests.arabic.alphabet import TEXT
from tests.examples import examples

FAMILIES = [
    ("كتاب", ["الكتاب", "والكتاب", "بالكتاب", "كالكتاب", "فالكتاب", "للكتاب", "وكتاب", "كتابها", "كتابان", "كتابين"]),
    ("مهاجر", ["المهاجر", "المهاجرون", "المهاجرين", "مهاجرات", "والمهاجرين", "للمهاجرين", "مهاجرة"]),
    ("شرك", ["شركة", "الشركة", "شركات", "بالشركات", "والشركات"]),
    ("حكوم", ["حكومة", "الحكومة", "حكومي", "حكومية", "الحكوميين"]),
    ("قانون", ["قانوني", "القانونية"]),
    ("سيار", ["سيارة", "السيارات"]),
    ("ترحيل", ["ترحيل", "الترحيل", "وترحيل", "بالترحيل"]),
]


def stem(word: str) -> str:
    return Analyser().stem(normalise(word))


@pytest.mark.parametrize(("expected", "forms"), FAMILIES, ids=[expected for expected, _ in FAMILIES])
def test_forms_of_a_word_share_a_stem(expected: str, forms: list[str]) -> None:
    assert {form: stem(form) for form in forms} == dict.fromkeys(forms, expected)


@pytest.mark.parametrize("word", ["دم", "له", "ال", "وال", "ان", "ها", "و", "ي", "لل", "الله", "وهو", "ات"])
def test_at_least_two_letters_of_a_word_are_left(word: str) -> None:
    assert len(stem(word)) >= min(2, len(word))


@pytest.mark.parametrize("word", ["2025", "3.5", "palantir", "ice", "zoë", "2"])
def test_numbers_and_latin_words_are_their_own_stems(word: str) -> None:
    assert stem(word) == word


@pytest.mark.parametrize("word", ["وعد", "ورد", "وصل"])
def test_a_waw_of_the_root_stays_in_short_words(word: str) -> None:
    assert stem(word) == word


def test_the_empty_word_has_an_empty_stem() -> None:
    assert stem("") == ""


@pytest.mark.parametrize(
    ("word", "bare"),
    [("بعقود", "عقود"), ("فعقود", "عقود"), ("لشركة", "شرك"), ("هالصفقة", "صفق"), ("سيوقع", "يوقع"), ("كتاب", "تاب")],
)
def test_the_bare_stem_takes_the_first_letter_for_a_preposition(word: str, bare: str) -> None:
    assert Analyser().terms(word)[0].without_proclitic == bare


@pytest.mark.parametrize("word", ["بيت", "مدن", "2025", "palantir"])
def test_the_bare_stem_of_a_short_or_foreign_word_is_the_word(word: str) -> None:
    assert Analyser().terms(word)[0].without_proclitic == word


@pytest.mark.parametrize("word", ["يستخدمون", "تنتمي", "بيقولهم", "كتدعم", "هيحصل", "اتمضى", "شدّوه", "مددو", "أوراقهم"])
def test_verbs_plurals_and_pronouns_are_inflected(word: str) -> None:
    assert is_inflected(normalise(word))


@pytest.mark.parametrize("word", ["سنوفليك", "كوستاريكا", "Zorbax", "الصفوية", "باربادوس", "فاغنر"])
def test_names_are_not(word: str) -> None:
    assert not is_inflected(normalise(word))


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("Palantir", ["بالانتير", "بلانتير", "بالنتير"]),
        ("Peter", ["بيتر"]),
        ("Karp", ["كارب"]),
        ("Trump", ["ترامب", "ترمب"]),
        ("Microsoft", ["مايكروسوفت", "ميكروسوفت"]),
        ("Snowden", ["سنودن"]),
        ("Anduril", ["أندوريل"]),
        ("Chicago", ["شيكاغو"]),
        ("Phoenix", ["فينيكس"]),
        ("Alex", ["أليكس", "ألكس"]),
        ("Serj", ["السرج", "سرج"]),
        ("Elmanar", ["المنار", "منار"]),
        ("Almanar", ["المنار", "منار"]),
    ],
)
def test_spellings_of_a_name_have_one_skeleton(latin: str, arabic: list[str]) -> None:
    assert consonant_skeleton(normalise(latin)) != ""
    assert {consonant_skeleton(normalise(name)) for name in arabic} == {consonant_skeleton(normalise(latin))}


@pytest.mark.parametrize("name", ["الكاف", "Elkef", "السد", "Alsad"])
def test_an_article_stays_where_too_few_consonants_are_left_without_it(name: str) -> None:
    assert consonant_skeleton(normalise(name)).startswith("l")


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("السرج", "سرج"),
        ("المنار", "منار"),
        ("elmanar", "manar"),
        ("almanar", "manar"),
        ("elle", "elle"),
        ("الو", "الو"),
        ("alex", "alex"),
        ("serj", "serj"),
        ("manar", "manar"),
        ("", ""),
        ("ilmanar", "ilmanar"),
        ("ulmanar", "ulmanar"),
        ("2025", "2025"),
    ],
)
def test_an_article_is_taken_off_a_name_of_either_alphabet(name: str, bare: str) -> None:
    assert without_article_of_name(name) == bare


@examples(100)
@given(text=TEXT)
def test_at_least_three_letters_of_a_name_are_left_without_its_article(text: str) -> None:
    name = normalise(text)
    bare = without_article_of_name(name)
    assert name.endswith(bare)
    assert bare == name or len(bare) >= 3


@pytest.mark.parametrize("name", ["Obama", "أوباما", "Thiel", "", "ICE"])
def test_too_few_consonants_tell_no_names_apart(name: str) -> None:
    assert consonant_skeleton(normalise(name)) == ""


@examples(100)
@given(text=TEXT)
def test_any_word_has_a_skeleton_or_none(text: str) -> None:
    assert len(consonant_skeleton(normalise(text))) != 1


@pytest.mark.parametrize("conjunction", ["", *CONJUNCTIONS])
@pytest.mark.parametrize("preposition", ["", *PREPOSITIONS])
def test_an_article_goes_with_the_proclitics_before_it(conjunction: str, preposition: str) -> None:
    written = f"{conjunction}{preposition}{ARTICLE}مكتبه".replace(f"ل{ARTICLE}", "لل")
    # A preposition behind «ف» stays: the light stemmer takes off one conjunction, which is «و», and one article.
    assert without_article(written) == (written if conjunction == "ف" and preposition else "مكتبه")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("اعتقل اعتقال اعتقلت معتقل المعتقلين يعتقل", "عقل"),
        ("تدعم الدعم يدعمون داعم مدعوم", "دعم"),
        ("انتخابات انتخب منتخب الناخبين", "نخب"),
        ("انفجار انفجرت تفجير متفجرات", "فجر"),
        ("استخدم مستخدم استخدام خدمة", "خدم"),
        ("تسريب سرب مسرب", "سرب"),
        ("مظاهرات متظاهرين تظاهر", "ظهر"),
        ("فرنسا NATO 2024 إلغاء", ""),
    ],
)
def test_words_have_the_root_they_are_derived_from(words: str, expected: str) -> None:
    assert {root(light_stem(normalise(word))) for word in words.split()} == {expected}
