"""What members say of an answer, and what they ask the bot itself, told from questions about the news."""

import pytest

from bot.answering import Reason, Refusal
from tests.answering.coverage import ANSWERER, TOWN


def reason(message: str) -> Reason | None:
    outcome = ANSWERER.answer(message, TOWN)
    return outcome.reason if isinstance(outcome, Refusal) else None


@pytest.mark.parametrize(
    "message",
    [
        "إجابتك يا صديقي غير صحيحة",
        "ردك ما له دخل بسؤالي",
        "مش عن هيك كان سؤالي",
        "جاوبتني بشي تاني",
        "ماشي هادا لي سولت عليه",
        "لم أطلب هذا بل سألت عن شيء آخر",
        "كل كلامك مو مضبوط",
        "you gave me a wrong answer",
        "ta réponse est vraiment fausse",
    ],
)
def test_a_complaint_in_a_whole_sentence_is_one(message: str) -> None:
    assert reason(message) is Reason.COMPLAINT


@pytest.mark.parametrize(
    "message",
    [
        "من رد على سؤال النائبة عن المكتبة؟",
        "ما جاوب رئيس البلدية على سؤال المكتبة ليش",
        "شكوى ضد بلدية المنارة",
        "غلط الحكم في مباراة المنارة",
        "إجابة البلدية عن المكتبة خاطئة حسب من؟",
        "from whom did the mayor get a wrong answer?",
        "من مالك المكتبة التي استولى عليها الجيران؟",
    ],
)
def test_a_question_about_a_complaint_is_a_question(message: str) -> None:
    assert reason(message) in {None, Reason.UNSUPPORTED, Reason.OFF_TOPIC}
