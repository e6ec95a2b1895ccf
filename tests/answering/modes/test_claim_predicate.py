"""Claims of what something is: the text says the same only where it says so of the same thing."""

import pytest

from bot.answering import Answer, Statement
from bot.edition import Edition
from tests.answering.coverage import ANSWERER, article, edition
from tests.answering.modes.kept_answer import answer

CONTRACT = article(
    "contract",
    "ريمال توقع مع وزارة الزراعة الألمانية",
    "أبرمت ريمال مع وزارة الزراعة الألمانية شراكة لخمسة أعوام. وعقد مجلس إدارة الشركة أول اجتماعاته في برلين.",
)
PROFILE = article(
    "profile",
    "ريمال: نبذة عن مختبر البذور",
    "ريمال هي شركة مغربية تطور البذور وتبيعها للمزارعين. ووقعت شركة ريمال المغربية اتفاقا مع جامعة كندية.",
)
SUPPLIER = article(
    "supplier",
    "ريمال تشتري آلات",
    "اشترت ريمال من شركة إيطالية آلات لفرز البذور، وسلمتها ريمال لشركة يابانية.",
)
COVERAGE = edition(CONTRACT, PROFILE, SUPPLIER)


@pytest.mark.parametrize("message", ["هل ريمال شركة مغربية؟", "هل صحيح أن ريمال شركة مغربية؟"])
def test_what_the_text_says_of_the_subject_is_the_same(message: str) -> None:
    outcome = answer(message, COVERAGE)
    assert (outcome.statement, outcome.quotes[0].article.id) == (Statement.SAME, "profile")


@pytest.mark.parametrize("nationality", ["ألمانية", "إيطالية", "يابانية", "كندية"])
@pytest.mark.parametrize("opening", ["هل", "هل صحيح أن"])
@pytest.mark.parametrize("coverage", [COVERAGE, edition(CONTRACT), edition(PROFILE), edition(SUPPLIER)])
def test_what_the_text_says_of_something_else_is_not_the_same(
    nationality: str, opening: str, coverage: Edition
) -> None:
    outcome = ANSWERER.answer(f"{opening} ريمال شركة {nationality}؟", coverage)
    assert not isinstance(outcome, Answer) or outcome.statement is not Statement.SAME


def test_a_short_claim_is_the_same_where_its_words_stand_together() -> None:
    wall = edition(article("wall", "هدم السور", "هدمت البلدية السور القديم. وسيقام مكانه متنزه."))
    other = edition(article("wall", "هدم السور", "رممت البلدية برج القلعة وراء السور القديم. وهدمت جارتها مستودعا."))
    assert answer("هل هدمت البلدية السور القديم؟", wall).statement is Statement.SAME
    outcome = ANSWERER.answer("هل هدمت البلدية السور القديم؟", other)
    assert not isinstance(outcome, Answer) or outcome.statement is not Statement.SAME
