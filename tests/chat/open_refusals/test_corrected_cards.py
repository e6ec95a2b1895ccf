"""Cards as they are corrected, and read back for that."""

from dataclasses import replace
from datetime import date
from typing import cast

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import Answer, Statement
from bot.articles import Paragraph, has_sentences
from bot.chat.cards.answer_card import outcome_buttons, outcome_card
from bot.chat.cards.button_ids import BellState, ButtonKind, parse_button_id, quote_reference
from bot.chat.cards.card import REFUSAL, Card, Choice, Menu, shown_card
from bot.chat.open_refusals.corrected_cards import (
    Correction,
    corrected_card,
    reopened_card,
    shown_references,
    shown_words,
)
from bot.chat.open_refusals.late_answers import late_answer_card
from bot.texts import Texts
from tests.chat.hostile_text import PIECES
from tests.chat.measures import within_limits
from tests.chat.samples import ARABIC, ENGLISH, answer, article

DAY = date(2026, 11, 30)
MENU = Menu("b1:open:", "اختر", (Choice("a", "خبر", "صحيفة"), Choice("b", "آخر")))
OLD, NEW = (
    article("خبر"),
    article("خبر", words="افتتحت البلدية المكتبة العامة مساء الاثنين. وحضر الافتتاح مئات السكان."),
)


def card_of(shown: Answer, texts: Texts = ARABIC) -> Card:
    card = outcome_card(shown, texts, date(2026, 1, 1), with_question=True)
    return replace(card, rows=outcome_buttons(shown, 7, texts, has_more=True))


def kinds(card: Card) -> list[ButtonKind]:
    return [parse_button_id(button.custom_id)[0] for row in card.rows for button in row]


def changed() -> Correction:
    [quote] = list(answer(NEW).quotes)
    return Correction("changed", quote)


class Shown:
    """A message as Discord sends it: the components of a card."""

    def __init__(self, card: Card) -> None:
        sent = card.layout().to_components()  # type: ignore[no-untyped-call]
        self.components = [discord.components._component_factory(one) for one in sent]


def shown(card: Card) -> Card:
    """Read a card back."""
    return shown_card(cast("discord.Message", Shown(card)))


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
def test_a_card_is_read_back_as_it_was_sent(texts: Texts) -> None:
    sent = card_of(answer(OLD, NEW), texts)
    assert "\n".join(shown(sent).texts) == "\n".join(sent.texts)
    assert shown(sent).rows == sent.rows
    assert shown(sent).colour == sent.colour
    assert shown_references(shown(sent)) == tuple(map(quote_reference, answer(OLD, NEW).quotes))
    assert shown(replace(sent, menu=MENU)).menu == MENU


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=30), min_size=1, max_size=12).map("".join))
def test_the_words_of_a_quote_are_read_back_as_they_are_compared(words: str) -> None:
    source = replace(OLD, paragraphs=(Paragraph(f"كلمة {words}"),))
    [read] = shown_words(shown(card_of(answer(source))))
    assert has_sentences(source, read) or "…" in read


def test_what_changed_takes_the_place_of_the_old_words_and_the_buttons_lead_there() -> None:
    other = article("آخر", words="شيء آخر تماماً.")
    card = corrected_card(shown(card_of(answer(OLD, other))), [changed(), None], ARABIC, DAY)
    text = "\n".join(card.texts)
    assert OLD.paragraphs[0].text not in text
    assert NEW.paragraphs[0].text in text
    assert other.paragraphs[0].text in text
    assert ARABIC("correction.changed", date=ARABIC.day(DAY)) in text
    assert ARABIC("card.as_of", date=ARABIC.day(date(2026, 1, 1))) in text
    assert shown_references(card) == tuple(quote_reference(one) for one in (*answer(NEW).quotes, *answer(other).quotes))


@pytest.mark.parametrize("key", ["withdrawn", "removed", "gone", "cut"])
def test_what_is_gone_leaves_a_line_and_the_buttons_that_need_no_quote(key: str) -> None:
    first = corrected_card(shown(card_of(answer(OLD, NEW))), [Correction(key), None], ARABIC, DAY)
    assert len(shown_references(first)) == len(shown_words(first)) == 1
    both = corrected_card(shown(first), [Correction(key)], ARABIC, DAY)
    assert both.texts[1].startswith(ARABIC(f"correction.{key}", date=ARABIC.day(DAY)))
    assert not shown_words(both)
    assert kinds(both) == [ButtonKind.DELETE, ButtonKind.VOTE, ButtonKind.VOTE, ButtonKind.MORE, ButtonKind.FOLLOW]
    assert both.colour == REFUSAL


def test_what_was_said_of_the_first_quote_goes_with_it_alone() -> None:
    claim = replace(answer(OLD, NEW), statement=Statement.SAME, direct="صباح الأحد", completed_from="أين المكتبة؟")
    card = shown(card_of(claim))
    said = ARABIC("statement.same"), ARABIC("answer.direct", answer="**صباح الأحد**")
    kept = ARABIC("answer.follows", question="أين المكتبة؟")
    for corrections, is_left in (([None, Correction("gone")], True), ([Correction("gone"), None], False)):
        above = corrected_card(card, corrections, ARABIC, DAY).above
        assert [line in above for line in said] == [is_left, is_left]
        assert kept in above


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
def test_a_late_answer_that_is_none_has_its_question_a_bell_and_what_deletes_it(texts: Texts) -> None:
    late = late_answer_card(card_of(answer(OLD), texts), (), DAY, texts)
    card = reopened_card(shown(late), ["bell.reopened_vote"], BellState(0, "off_topic", ""), texts, DAY)
    assert kinds(card) == [ButtonKind.BELL, ButtonKind.DELETE]
    assert card.above == late.above[1:]
    assert not shown_words(card)


@given(st.integers(1, 3), st.data())
def test_a_corrected_card_stays_within_the_limits(count: int, data: st.DataObject) -> None:
    longest = [article(f"{number}", words="كلمة طويلة " * 300 + ".") for number in range(count)]
    card = shown(card_of(answer(*longest)))
    some = st.sampled_from([None, Correction("gone"), *(Correction("changed", one) for one in answer(*longest).quotes)])
    corrections = data.draw(st.lists(some, min_size=count, max_size=count))
    corrected = corrected_card(card, corrections, ARABIC, DAY)
    assert within_limits(corrected)
    assert len(shown_words(corrected)) == sum(one is None or one.quote is not None for one in corrections)
