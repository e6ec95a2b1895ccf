"""A corpus lacks a word only where it has it in no form and in no near spelling."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles import Article, Paragraph
from bot.edition import make_edition
from bot.evaluation.vocabulary import Vocabulary
from tests.answering.coverage import ANALYSER

ARTICLE = Article(
    "a",
    "رحلة إلى مونتيفيديو",
    (Paragraph("زار الوزير معرض كوداك عام 2019، وافتتح المتحف والمكتبات.", "أخبار Siemens"),),
)
VOCABULARY = Vocabulary(make_edition([ARTICLE], [], ANALYSER), ANALYSER)
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


@pytest.mark.parametrize(
    "word",
    [
        "وزير",  # without its article
        "مكتبه",  # in the singular
        "متاحف",  # an edit away
        "مونتفيديو",  # without a weak letter
        "مونتفدو",  # without several
        "kodak",  # in Latin letters
        "سيمنز",  # in Arabic letters
        "siemans",
        "2019",
    ],
)
def test_forms_and_spellings_are_not_lacked(word: str) -> None:
    assert not VOCABULARY.lacks(word)


@pytest.mark.parametrize("word", ["ريكيافيك", "lufthansa", "2018", "طبيب", "سفير"])
def test_other_words_are_lacked(word: str) -> None:
    assert VOCABULARY.lacks(word)


@given(place=st.integers(0, 7), letter=st.sampled_from(LETTERS + string.ascii_lowercase), kind=st.integers(0, 3))
def test_no_single_edit_makes_a_word_lacked(place: int, letter: str, kind: int) -> None:
    name = "مونتيفيدو"
    edited = (
        name[:place] + letter + name[place:],
        name[:place] + letter + name[place + 1 :],
        name[:place] + name[place + 1 :],
        name[:place] + name[place + 1] + name[place] + name[place + 2 :],
    )[kind]
    article = Article("b", name, (Paragraph(name),))
    # The stem is what is compared, so an edit may not make another ending of the word.
    if ANALYSER.stem(edited)[-3:] == name[-3:]:
        assert not Vocabulary(make_edition([article], [], ANALYSER), ANALYSER).lacks(edited)
