"""A quotation is found where it stands, word for word or nearly."""

import pytest

from bot.answering import Difference, Statement
from tests.answering.modes.kept_answer import answer


@pytest.mark.parametrize(
    "message",
    [
        "«أغلقت وزارة النقل الجسر القديم فوق نهر الزرقاء»",
        'هل كتبتم هذا: "اغلقت وزارة النقل الجسر القديم فوق نهر الزرقاء"؟',
        "“وزارة النقل الجسر القديم فوق نهر”",
    ],
)
def test_an_exact_quotation_is_given_with_its_place(message: str) -> None:
    outcome = answer(message)
    assert (outcome.statement, outcome.differences) == (Statement.QUOTED, ())
    first = outcome.quotes[0]
    assert (first.article.id, first.paragraph, first.start) == ("bridge", 0, 0)


@pytest.mark.parametrize(
    ("message", "difference"),
    [
        ("«أغلقت وزارة الأشغال الجسر القديم فوق نهر الزرقاء»", Difference("الأشغال", "النقل")),
        ("«أغلقت وزارة النقل أمس الجسر القديم فوق نهر الزرقاء»", Difference("أمس", "")),
        ("«أغلقت النقل الجسر القديم فوق نهر الزرقاء»", Difference("", "وزارة")),
        ("«أغلقت وزارة النقل الجسر القديم فوق نهر الفرات»", Difference("الفرات", "الزرقاء")),
    ],
)
def test_a_nearly_exact_quotation_is_given_with_the_difference(message: str, difference: Difference) -> None:
    outcome = answer(message)
    assert (outcome.statement, outcome.differences) == (Statement.NEARLY_QUOTED, (difference,))
