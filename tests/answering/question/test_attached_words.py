"""Function words written onto a word: taken off names, in dialect off nouns, and never off a word of its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.question.attached_words import without_attached_words
from tests.answering.coverage import BACKGROUND, LEXICON, QUESTIONS, answered, article, refused


def bare(text: str) -> list[str]:
    return without_attached_words(QUESTIONS.tokenise(text), LEXICON, BACKGROUND).normals


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("قداش عدد السكان فتونس؟", "تونس"),
        ("شنية آخر الأخبار عالسعودية؟", "السعوديه"),
        ("شنوة حكاو عليبيا؟", "ليبيا"),
        ("شكون جا مالجزائر؟", "الجزاير"),
        ("شكون جا ملمغرب؟", "المغرب"),
        ("شنوة قالو لمحمود؟", "محمود"),
        ("كيفاش الوضع عالحدود؟", "الحدود"),
        ("شكون حط القنبلة فسوسة؟", "سوسه"),
        ("متى انضمت تسلا لناسا؟", "ناسا"),
    ],
)
def test_the_word_is_seen_behind_what_is_written_onto_it(text: str, word: str) -> None:
    assert word in bare(text)


@pytest.mark.parametrize(
    "text",
    [
        "متى سافر وفد فرنسا؟",
        "وقتاش عرس بسام وفراس؟",
        "من هو كوبلاي خان؟",
        "أين يقع مالمو وهل زاره هالفورد؟",
        "كم عمر ليان؟",
        "شكون فاز فيها ولوين مشى؟",
        "من باع ملابس الفريق؟",
    ],
)
def test_a_word_of_its_own_stays(text: str) -> None:
    assert bare(text) == QUESTIONS.tokenise(text).normals


@given(st.text(alphabet="عفبلموه التونسيرق", max_size=30))
def test_words_keep_their_places_and_lose_letters_at_their_beginning_alone(text: str) -> None:
    found = QUESTIONS.tokenise(text)
    for before, after in zip(found.words, without_attached_words(found, LEXICON, BACKGROUND).words, strict=True):
        assert before[1:] == after[1:]
        assert before.normal.endswith(after.normal.removeprefix("ال"))


def test_what_has_the_name_answers_and_nothing_else() -> None:
    towns = [
        article(name, f"سكان {name}", f"قال المعهد الوطني إن عدد السكان في {name} بلغ {number} ملايين نسمة.")
        for name, number in (("ليبيا", 7), ("تركيا", 85))
    ]
    assert answered("قداش عدد السكان فليبيا؟", *towns).quotes[0].article.id == "ليبيا"
    assert refused("قداش عدد السكان عتونس؟", *towns).missing == ("عتونس",)
