import pytest

from bot.lab.evaluation.question_sets import Case
from tests.answering.coverage import KNOWLEDGE, TOWN
from tests.answering.failures import (
    FIRST,
    LATER,
    NOWHERE,
    OTHER,
    PARAGRAPH,
    REFUSED,
    RIGHT,
    UNASKED,
    UNKNOWN,
    count_failures,
    lines,
)


@pytest.mark.parametrize(
    ("question", "accepted", "named", "cause"),
    [
        ("متى افتتحت المكتبة العامة؟", "8 مارس 2026", "library", RIGHT),
        ("كم كتابا في المكتبة العامة؟", "8 مارس 2026", "library", LATER),
        ("متى افتتحت المكتبة العامة؟", "تضم المكتبة", "library", PARAGRAPH),
        ("متى افتتحت المكتبة العامة؟", "نفق الميناء", "bridge", OTHER.format(place=NOWHERE)),
        ("شكرا جزيلا", "8 مارس 2026", "library", UNASKED),
        ("من يدير شركة Zorbax في المنارة؟", "هدى البستاني", "library", UNKNOWN),
        ("متى تعبر الحافلات من نفق الميناء؟", "نفق الميناء", "bridge", REFUSED.format(place="ruled out by «value»")),
    ],
)
def test_a_question_counts_at_the_step_that_lost_it(question: str, accepted: str, named: str, cause: str) -> None:
    case = Case(question, "gold", (accepted,), articles=(named,))
    assert count_failures((case,), TOWN, KNOWLEDGE) == {cause: 1}


def test_other_kinds_of_questions_are_not_counted() -> None:
    assert not count_failures((Case("متى افتتحت المكتبة العامة؟", "near", ()),), TOWN, KNOWLEDGE)


def test_a_table_has_what_is_right_before_what_is_wrong_or_refused() -> None:
    counts = {"one": {REFUSED.format(place=FIRST): 1, LATER: 2}, "two": {PARAGRAPH: 3, RIGHT: 4}}
    assert [line.split(" | ")[0].removeprefix("| ") for line in lines(counts)][2:] == [
        RIGHT,
        LATER,
        PARAGRAPH,
        REFUSED.format(place=FIRST),
    ]
