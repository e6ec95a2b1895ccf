"""Several questions in one message: told apart, completed with what stands once, and one question left whole."""

import pytest

from bot.answering.question import split_questions
from tests.answering.coverage import QUESTIONS


def split(text: str) -> tuple[str, ...]:
    return split_questions(QUESTIONS.tokenise(text), QUESTIONS)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("متى تأسست بالانتير ومن أسسها؟", ("متى تأسست بالانتير", "ومن أسسها؟")),
        (
            "متى تأسست بالانتير؟ وكم عدد موظفيها؟ وأين مقرها؟",
            ("متى تأسست بالانتير؟", "وكم عدد موظفيها؟", "وأين مقرها؟"),
        ),
        ("شكون أسس بالانتير ووقتاش؟", ("شكون أسس بالانتير", "ووقتاش؟")),
        ("بالانتير متى تأسست، وين مقرها؟", ("بالانتير متى تأسست", "وين مقرها؟")),
        ("من هو بيتر ثيل وما علاقته بترامب؟", ("من هو بيتر ثيل", "وما علاقته بترامب؟")),
        ("متى وأين تأسست بالانتير؟", ("متى تأسست بالانتير؟", "وأين تأسست بالانتير؟")),
        ("متى؟ متى تأسست بالانتير؟", ("متى؟ تأسست بالانتير؟", "متى تأسست بالانتير؟")),
        ("قديش كلفت الصفقة وفي أي سنة وقعت؟", ("قديش كلفت الصفقة", "وفي أي سنة وقعت؟")),
    ],
)
def test_each_question_is_a_text(text: str, parts: tuple[str, ...]) -> None:
    assert split(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "متى تأسست بالانتير؟",
        "بالانتير",
        "كم عدد القتلى ومن بينهم أطفال؟",
        "من أسس بالانتير ومن المنتظر أن تدير المشروع؟",
        "وقع الوزير العقد ومن معه من الشركاء",
        "كم كلفت الصفقة وما زالت سارية؟",
        "هل أغلق الجسر القديم أم لا؟",
        "متى قال الوزير إن السؤال عن كيفية الدفع سابق لأوانه؟",
        "من وماذا ومتى وأين ولماذا وكيف؟",
        "شكون إنت وشنوة تنجم تعاوني؟",
        "",
    ],
)
def test_one_question_stays_whole(text: str) -> None:
    assert split(text) == (text,)
