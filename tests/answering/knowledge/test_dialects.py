"""The dialect lexicon: what is written onto a word is taken off before it is looked up."""

from pathlib import Path

import pytest

from bot.answering.knowledge import Dialects
from bot.arabic import normal_words, normalise
from tests.answering.coverage import LEXICON, QUESTIONS

LINES = """
ambiguous = "حلو"
auxiliaries = "أراد"
[region]
verbs = '''
هز هزت هزو | هز هزو = نقل حمل
لقى لقات لقاو | لقى لقاو = وجد
شاف شافو | شوف شوفو = شاهد
'''
words = '''
كرهبة كراهب = سيارة
وثيقة_سفر باسبور = جواز_سفر
قراج = مستودع
ڨول = حارس
كاشة = بطانية
بيت_بولاك couvre-feu = حظر_تجول
'''
fillers = "متاع باش"
"""


@pytest.fixture
def dialects(tmp_path: Path) -> Dialects:
    file = tmp_path / "dialects.toml"
    file.write_text(LINES, encoding="utf-8")
    return Dialects.read(file)


@pytest.mark.parametrize(
    "verb",
    [
        *("هز", "هزّو", "هزوا", "هزوه", "هزوهو", "هزيهو", "هزيتو", "هزنا", "ماهزوش", "وهزوه", "هزهولهم"),
        *("يهزوهم", "يهزوا", "بيهز", "بيهزوا", "كيهزو", "كايهز", "تايهزو", "غايهزوه", "غاديهز", "هيهزها"),
        *("يهزوهالك", "رحيهز", "راحيهزو", "الهزو", "الهزتهم", "البتهزها", "والهزوهو"),
    ],
)
def test_a_verb_is_found_in_every_person_and_tense(verb: str, dialects: Dialects) -> None:
    assert dialects.look_up(normalise(verb)).standard == ("نقل", "حمل")


@pytest.mark.parametrize("verb", ["نشوف", "منشوف", "ليشوفو", "ليشوفوهم", "لنشوف"])
def test_a_present_stem_of_three_letters_is_found_behind_other_letters(verb: str, dialects: Dialects) -> None:
    assert dialects.look_up(verb).standard == ("شاهد",)


@pytest.mark.parametrize("verb", ["لقاها", "يلقاهم", "لقاوه", "لقاوا", "يلقاوا"])
def test_a_weak_ending_changes_before_a_pronoun(verb: str, dialects: Dialects) -> None:
    assert dialects.look_up(verb).standard == ("وجد",)


@pytest.mark.parametrize("noun", ["كرهبة", "الكرهبة", "كرهبتي", "كرهبتهم", "بالكرهبة", "لكراهب", "هالكرهبة", "كراهبنا"])
def test_a_noun_is_found_with_article_preposition_and_pronoun(noun: str, dialects: Dialects) -> None:
    assert dialects.look_up(normalise(noun)).standard == ("سياره",)


@pytest.mark.parametrize(
    "word",
    ["هزيمة", "كراهية", "يزيد", "الهزة", "الشوف", "لتشوف", "منهز", "الكراهبهم", "قال", "عكاشة", "2024", "ice", ""],
)
def test_another_word_is_not_found(word: str, dialects: Dialects) -> None:
    assert not dialects.look_up(normalise(word)).standard


@pytest.mark.parametrize("word", ["قراج", "ڨراج", "الڨراج", "والڨراج"])
def test_the_letter_of_the_maghreb_for_g_may_be_a_qaf(word: str, dialects: Dialects) -> None:
    assert dialects.look_up(normalise(word)).standard == ("مستودع",)
    assert not dialects.look_up("قول").standard


def test_only_a_form_that_a_line_has_is_whole(dialects: Dialects) -> None:
    assert dialects.look_up("هزو").is_whole
    assert not dialects.look_up("يهزو").is_whole


@pytest.mark.parametrize("word", ["البيهزو", "الهزوهو", "والشافو"])
def test_a_relative_before_a_verb_is_whole(word: str, dialects: Dialects) -> None:
    assert dialects.look_up(word).is_whole


@pytest.mark.parametrize(
    ("wrong", "right"), [("هز = نقل", "هز نقل"), ("fillers", "filler"), (" = سيارة", " = "), ('"متاع باش"', "3")]
)
def test_a_malformed_file_is_told(wrong: str, right: str, tmp_path: Path) -> None:
    file = tmp_path / "dialects.toml"
    file.write_text(LINES.replace("هز هزو = نقل", "هز = نقل").replace(wrong, right), encoding="utf-8")
    with pytest.raises(ValueError, match=r"dialects\.toml"):
        Dialects.read(file)


def test_every_region_has_words() -> None:
    assert min(map(len, (LEXICON.dialects.past, LEXICON.dialects.present, LEXICON.dialects.words))) > 900


def test_a_phrase_is_one_word_of_the_lexicon(dialects: Dialects) -> None:
    assert dialects.phrases == {("وثيقه", "سفر"), ("بيت", "بولاك"), ("couvre", "feu")}
    assert dialects.look_up("couvre_feu").standard == ("حظر_تجول",)


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("كرهبة كراهب", "كر'هبة كراهب"),
        ("متاع باش", "متاع_باش"),
        ("هز هزت هزو |", "هز_و هزت |"),
        ('ambiguous = "حلو"', 'ambiguous = "حلو_مر"'),
    ],
)
def test_a_form_that_no_word_of_a_question_is_like_is_refused(line: str, wrong: str, tmp_path: Path) -> None:
    file = tmp_path / "dialects.toml"
    file.write_text(LINES.replace(line, wrong), encoding="utf-8")
    with pytest.raises(ValueError, match="is not one word"):
        Dialects.read(file)


def test_every_form_of_the_lexicon_is_a_word_of_a_question() -> None:
    forms = {*LEXICON.dialects.words, *LEXICON.dialects.past, *LEXICON.dialects.fillers, *LEXICON.dialects.ambiguous}
    # Of a form that is one word as it is, nothing is joined.
    for form in (form for form in forms if normal_words(form) != [form]):
        assert [word.normal for word in QUESTIONS.tokenise(form.replace("_", " ")).words] == [form]
