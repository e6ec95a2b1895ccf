"""Words of the coverage that a question writes without the space between them."""

import pytest

from bot.answering import Answer
from bot.answering.question import split_run_together_words
from bot.edition import Edition
from tests.answering.coverage import ANSWERER, LEXICON, QUESTIONS, TOWN, answered, article, ask, edition, refused

MINISTRY = article(
    "ministry",
    "بيان وزارة الخارجية",
    "أعلنت وزارة الخارجية في القاهرة أن مصر دفعت ثلاثين مليون دولار. وزار عبد الرحمن الصياد معرض الخزف.",
    "زار الوفد سوق الخضار مع المها، والأمن في تنام مستمر. وأشاد روس من زوار المعرض بجمال صور من البحر.",
)
PRESS = edition(MINISTRY)


def split(text: str, coverage: Edition) -> str:
    return split_run_together_words(QUESTIONS.tokenise(text), coverage.index, LEXICON)


def spaced(text: str) -> str:
    return split(text, PRESS)


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("ماذا أعلنت وزارهالخارجيه؟", "ماذا أعلنت وزاره الخارجيه؟"),
        ("كم دولارا دفعت البلدية فيمصر؟", "كم دولارا دفعت البلدية في مصر؟"),
        ("ماذا جرى فيالقاهرة؟", "ماذا جرى في القاهرة؟"),
        ("كممليون دولار دفعت مصر؟", "كم مليون دولار دفعت مصر؟"),
        ("ماذا زار عبدالرحمن؟", "ماذا زار عبد الرحمن؟"),
        ("ماذا في معرضالخزف", "ماذا في معرض الخزف"),
    ],
)
def test_two_words_of_the_coverage_are_parted(text: str, parted: str) -> None:
    assert spaced(text) == parted


@pytest.mark.parametrize(
    "text",
    [
        "هل تسلم منصور الجائزة؟",
        "هل زار الوفد فيتنام؟",
        "كيف ينتقل فيروس؟",
        "من هو معالمها؟",
        "أين مصرالخارجية؟",
        "أين سوقدولار؟",
        "ماذا قالت وزارة الخارجية؟",
        "كيفاش وصل الوفد؟",
        "من زار أبوظبي؟",
        "من زار القاهره؟",
        "وزارةالداخلية",
        "كمالات",
        "",
    ],
)
def test_what_may_be_one_word_stays_whole(text: str) -> None:
    assert spaced(text) == text


def test_a_slip_is_no_missing_space() -> None:
    apart, name = article("apart", "خبر", "زرعت ورد جوري هنا"), article("name", "خبر", "وصل وردجوني إلى الجسر")
    assert split("وردجوري", edition(apart)) == "ورد جوري"
    assert split("وردجوري", edition(apart, name)) == "وردجوري"


def test_a_glued_question_is_answered_like_the_spaced_one() -> None:
    spaced, glued = (answered(text, MINISTRY) for text in ("كم مليون دولار دفعت مصر؟", "كممليون دولار دفعت مصر؟"))
    assert glued.quotes == spaced.quotes
    assert answered("ماذا أعلنت وزارهالخارجيه فيالقاهرة؟", MINISTRY).quotes[0].article == MINISTRY


def test_a_follow_up_and_the_question_before_it_may_be_glued() -> None:
    plain, glued = (
        ANSWERER.answer("وكم كلفته؟", TOWN, before)
        for before in ("متى افتتحت البلدية المكتبة العامة؟", "متى افتتحت البلدية المكتبهالعامه؟")
    )
    assert isinstance(plain, Answer)
    assert isinstance(glued, Answer)
    assert glued.quotes == plain.quotes


def test_a_name_that_the_coverage_lacks_is_not_cut_into_its_words() -> None:
    assert "فيتنام" in refused("متى زار الوفد فيتنام وسوق الخضار؟", MINISTRY).missing
    assert ask("هل تسلم منصور الجائزة؟", MINISTRY).question == "هل تسلم منصور الجائزة؟"
