from dataclasses import replace
from datetime import date

import pytest

from bot.answering import Reason, Scope
from bot.chat.buttons.custom_id import Kind, custom_id
from bot.chat.buttons.rows import outcome_rows
from tests.chat.samples import ARABIC, ENGLISH, answer, article, refusal

ASKER = 2**63


@pytest.mark.parametrize(
    ("has_more", "labels"), [(True, ["السياق", "المزيد"]), (False, ["السياق"])], ids=["more", "no more"]
)
def test_an_answer_has_reading_and_votes(has_more: bool, labels: list[str]) -> None:
    source = article("كلمة" * 500)
    reading, opinion = outcome_rows(answer(source, source, source), ASKER, ARABIC, has_more=has_more)
    assert [button.label for button in reading] == labels
    assert [button.emoji for button in opinion] == ["👍", "👎", "🗑️"]
    assert all(len(button.custom_id) <= 100 for button in (*reading, *opinion))


@pytest.mark.parametrize("reason", Reason)
def test_of_refusals_those_of_questions_can_be_deleted(reason: Reason) -> None:
    rows = outcome_rows(refusal(reason), ASKER, ENGLISH, has_more=False)
    asked = reason in {Reason.OFF_TOPIC, Reason.UNSUPPORTED, Reason.OUT_OF_SCOPE}
    assert [[button.custom_id for button in row] for row in rows] == [[custom_id(Kind.DELETE, str(ASKER))]] * asked


def test_the_same_quotes_have_the_same_id_whatever_the_edition() -> None:
    one, other = answer(article()), replace(answer(article()), edition="another")
    assert outcome_rows(one, 1, ARABIC, has_more=True) == outcome_rows(other, 1, ARABIC, has_more=True)


def test_more_of_a_part_of_the_coverage_is_looked_for_there() -> None:
    scoped = replace(answer(article()), scope=Scope(until=date(2026, 3, 31)))
    [_, more] = outcome_rows(scoped, ASKER, ARABIC, has_more=True)[0]
    assert more.custom_id == custom_id(Kind.MORE, ":20260331:")
