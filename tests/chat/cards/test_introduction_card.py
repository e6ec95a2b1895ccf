"""Cards of the first minute, and examples under refusals."""

from dataclasses import replace
from datetime import date

import pytest

from bot.answering import CoverageSummary, Meant, Reason
from bot.chat.cards.answer_card import outcome_buttons, outcome_card
from bot.chat.cards.button_ids import ButtonKind, parse_button_id
from bot.chat.cards.introduction_card import help_card, welcome_card
from bot.texts import Texts
from tests.chat.measures import lines, within_limits
from tests.chat.samples import ARABIC, ENGLISH, answer, article, refusal

SUMMARY = CoverageSummary(
    article_count=3,
    first_day=date(2026, 3, 9),
    last_day=date(2026, 4, 2),
    topics=("بالانتير", "404 Media", "*الهجرة*"),
    examples=("متى تأسست بالانتير؟", "ما" + "ن" * 76),
)


def test_a_refusal_says_what_the_articles_are_about_and_offers_examples() -> None:
    refused = refusal(Reason.OFF_TOPIC)
    shown = lines(outcome_card(refused, ARABIC, summary=SUMMARY))
    assert shown[-3:] == [
        "من موضوعات المقالات التي أجيب منها: بالانتير، \u2068404 Media\u2069، \\*الهجرة\\*.",
        "3 مقالات نُشرت بين 9 مارس 2026 و2 أبريل 2026.",
        "جرّب مثلاً:",
    ]
    examples, (delete,) = outcome_buttons(refused, 1, ARABIC, has_more=False, summary=SUMMARY)
    assert [button.label for button in examples] == [f"\u2068{example}\u2069" for example in SUMMARY.examples]
    assert all(len(button.label or "") <= 80 for button in examples)
    assert [parse_button_id(button.custom_id) for button in examples] == [
        (ButtonKind.EXAMPLE, example) for example in SUMMARY.examples
    ]
    assert all(len(button.custom_id) <= 100 for button in examples)
    assert delete.emoji == "🗑️"


def test_a_greeting_has_examples_alone() -> None:
    [row] = outcome_buttons(refusal(Reason.GREETING), 1, ARABIC, has_more=False, summary=SUMMARY)
    assert len(row) == 2


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
def test_help_and_welcome_fit_and_say_the_same_of_the_articles(texts: Texts) -> None:
    for card in (help_card(texts, SUMMARY), welcome_card(texts, SUMMARY, "<@5>")):
        assert within_limits(card)
        assert "404 Media" in card.blocks[-1]
        assert len(card.rows) == 1
    assert "<@5>" in welcome_card(texts, None, "<@5>").blocks[0]
    assert not help_card(texts).rows


def test_articles_of_one_day_or_of_none_have_no_range() -> None:
    one = replace(SUMMARY, first_day=SUMMARY.last_day)
    assert "3 مقالات نُشرت في 2 أبريل 2026." in lines(help_card(ARABIC, one))
    none = replace(SUMMARY, first_day=None, last_day=None, topics=(), examples=())
    assert help_card(ARABIC, none) == help_card(ARABIC)


def test_whom_else_may_be_meant_is_a_button_by_name_and_a_related_question_by_itself() -> None:
    meant = (Meant("ماذا قال حافظ السبسي؟", "حافظ السبسي"), Meant("ماذا قال " + "س" * 90, "س"))
    answered = replace(answer(article()), meant=meant)
    related = ("ما آخر أخبار السبسي؟", "حدثني عن السبسي")
    rows = outcome_buttons(answered, 1, ARABIC, has_more=True, related=related)
    assert [[button.emoji or (button.label or "")[1:-1] for button in row] for row in rows[1:]] == [
        ["👍", "👎", "📚", "🔖"],
        ["أتقصد حافظ السبسي؟", "ما آخر أخبار السبسي؟"],
    ]
    assert parse_button_id(rows[2][0].custom_id) == (ButtonKind.EXAMPLE, "ماذا قال حافظ السبسي؟")
    # In the middle of a conversation a question says less by itself.
    assert len(outcome_buttons(replace(answered, completed_from="من؟"), 1, ARABIC, has_more=True)) == 2
    refused = replace(refusal(Reason.UNSUPPORTED), meant=meant)
    assert outcome_buttons(refused, 1, ENGLISH, has_more=False)[0][0].label == "\u2068Did you mean حافظ السبسي?\u2069"
