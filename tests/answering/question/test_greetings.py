"""Greetings and thanks around a question are not searched for; the same words within it are."""

import pytest

from tests.answering.coverage import QUESTIONS


@pytest.mark.parametrize(
    "text",
    [
        "السلام عليكم، متى افتتحت المكتبة العامة؟",
        "السلام عليكم متى افتتحت المكتبة العامة",
        "مرحبا، متى افتتحت المكتبة العامة؟ شكرا جزيلا",
        "متى افتتحت المكتبة العامة؟ شكرا",
        "متى افتتحت المكتبة العامة؟ thanks",
    ],
)
def test_greetings_around_a_question_are_no_terms(text: str) -> None:
    assert [term.normal for term in QUESTIONS.analyse(text).terms] == ["افتتحت", "المكتبه", "العامه"]


@pytest.mark.parametrize("text", ["متى ولد الأديب أبو الخير", "صباح فخري متى ولد؟", "متى قال الوزير شكرا للمعلمين؟"])
def test_a_word_of_the_question_is_kept(text: str) -> None:
    kept = {term.normal for term in QUESTIONS.analyse(text).terms}
    assert kept & {"الخير", "صباح", "شكرا"}
