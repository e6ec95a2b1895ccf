"""Cards as they are corrected, and read back for that."""

from dataclasses import replace
from datetime import date

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import Answer, Statement
from bot.arabic import Span
from bot.articles import Paragraph
from bot.chat.buttons.page_buttons import shown_card
from bot.chat.cards.answer_card import outcome_buttons, outcome_card
from bot.chat.cards.button_ids import BellState, ButtonKind, parse_button_id, quote_reference
from bot.chat.cards.card import REFUSAL, Card
from bot.chat.open_refusals.bells import late_answer_card
from bot.chat.open_refusals.corrected_cards import (
    Correction,
    corrected_card,
    reopened_card,
    shown_references,
    shown_words,
)
from bot.texts import Texts
from tests.chat.doubles import message_of
from tests.chat.hostile_text import PIECES
from tests.chat.measures import within_limits
from tests.chat.samples import ARABIC, ENGLISH, answer, article

DAY = date(2026, 11, 30)
OLD, NEW = article("خبر"), article("خبر", words="افتتحت البلدية المكتبة العامة مساء الاثنين. وحضر الافتتاح مئات السكان.")


def card_of(shown: Answer, texts: Texts = ARABIC) -> Card:
    card = outcome_card(shown, texts, date(2026, 1, 1), with_question=True)
    return replace(card, rows=outcome_buttons(shown, 7, texts, has_more=True))


def kinds(card: Card) -> list[ButtonKind]:
    return [parse_button_id(button.custom_id)[0] for row in card.rows for button in row]


def changed() -> Correction:
    [quote] = answer(NEW).quotes
    return Correction("changed", quote)
