"""Names that are everyday words as well: the word where a question uses them so, the name elsewhere."""

import pytest

from bot.answering.knowledge import Names
from tests.answering.coverage import LEXICON, QUESTIONS, answered, article


def stems(text: str) -> list[str]:
    return [term.stem for term in QUESTIONS.analyse(text).terms]


@pytest.mark.parametrize(
    "text",
    [
        "القطر اتأخر ليه امبارح؟",
        "شكون سافر عالقطر؟",
        "كام قطر خرج عن القضبان؟",
        "أول قطر وصل امتى؟",
        "قطر سريع خبط العربية فين؟",
        "وقتاش يتحرك قطر جديد؟",
    ],
)
def test_a_train_is_no_country(text: str) -> None:
    assert "قطار" in stems(text)
    assert "قطر" not in stems(text)
    spellings = [spelling for one in QUESTIONS.analyse(text).equivalents for spelling in one.spellings]
    assert ("qatar",) not in spellings


@pytest.mark.parametrize(
    "text", ["متى انسحبت قطر من أوبك؟", "شنوة قالت قطر؟", "وقتاش رجعت العلاقات مع قطر؟", "شكون زار دولة قطر؟"]
)
def test_a_country_is_no_train(text: str) -> None:
    assert "قطر" in stems(text)
    assert any(("qatar",) in one.spellings for one in QUESTIONS.analyse(text).equivalents)


@pytest.mark.parametrize(
    "text",
    [
        "متى فتحت رياض الأطفال؟",
        "ما سبب قلة النوم؟",
        "من منع المباراة لظروف قاهرة؟",
        "من لبس الماسك؟",
        "ماذا قالت هند صبري؟",
    ],
)
def test_words_with_the_letters_of_a_name_are_none(text: str) -> None:
    assert not [
        one for one in QUESTIONS.analyse(text).equivalents if any(spelling[0].isascii() for spelling in one.spellings)
    ]


def test_with_the_article_that_it_has_it_is_the_name() -> None:
    for text in ("متى اجتمعوا في الرياض؟", "كم سكان القاهرة؟", "ماذا قالت الهند؟", "وفد للرياض"):
        assert QUESTIONS.analyse(text).equivalents


def test_a_question_about_the_train_is_answered_about_trains() -> None:
    told = [
        article("train", "تأخر قطار الصعيد", "تأخر قطار الصعيد خمس ساعات أمس بسبب عطل في الإشارات."),
        article("gulf", "قناة قطرية تؤخر المباراة", "تأخرت المباراة في قطر أمس ساعة بسبب طلب قناة قطرية."),
    ]
    assert answered("القطر اتأخر ليه امبارح؟", *told).quotes[0].article.id == "train"


def test_every_homograph_is_a_name() -> None:
    assert all(LEXICON.known_names.has(name) for name in LEXICON.known_names.homographs)


def test_a_name_without_homographs_is_found_with_any_article() -> None:
    names = Names.of([(("قطر",),)], [], {})
    assert list(names.find(["القطر"]))
    assert not list(Names.of([(("قطر",),)], [], {"قطر": "قطار"}).find(["القطر"]))
