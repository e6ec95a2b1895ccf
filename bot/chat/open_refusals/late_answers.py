"""Late answers: open refusals are asked again, and a card whose question is answered now is edited into the answer.

A card that Discord does not take is given up after some days.
"""

import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

import discord

from bot.answering import Answer, Quote
from bot.chat.cards.answer_card import QUESTION, outcome_buttons, outcome_card, read_question
from bot.chat.cards.button_ids import ButtonKind, decode_scope, parse_number, passage_codes
from bot.chat.cards.card import MESSAGE_LIMIT, Card, button_payloads, shown_card
from bot.chat.cards.card_text import size
from bot.chat.chat_errors import UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, ReplyError, is_passing
from bot.chat.exchange.delivery import deliver
from bot.chat.exchange.message_filter import message_words
from bot.chat.moderation.gap_counter import GapCounter
from bot.chat.open_refusals.card_places import CardPlaces, OutageError, Rounds
from bot.chat.open_refusals.corrections import card_quotes
from bot.chat.permissions import find_public_guild
from bot.chat.request_handler import RequestHandler
from bot.edition import Edition
from bot.records import Records
from bot.records.figures import day_of
from bot.records.quoted_answers import answer_late
from bot.records.refusals import RefusedQuestion, failed_edits, forget_cards, leave_refused, note_failed_edit
from bot.records.tables import NOBODY
from bot.texts import Texts

logger = logging.getLogger(__name__)

# Chosen: Discord has not been out of order for as long.
_MOST_DAYS = 3


class LateAnswers:
    """Asks refused questions again, one at a time and while no member waits, and edits the cards of those answered."""

    def __init__(self, handler: RequestHandler, records: Records, gaps: GapCounter, places: CardPlaces) -> None:
        self._handler, self._records, self._gaps, self._places = handler, records, gaps, places

    async def ask_again(self, cards: Sequence[RefusedQuestion], meanwhile: Callable[[], Awaitable[None]]) -> None:
        """Ask the questions of some cards again; raise OutageError, RecordsAwayError or SearchError with some left.

        A card stays as it is where its question is refused as before. One that Discord does not take is tried again
        after all others and after `meanwhile`; those that failed in earlier passes come last.
        """
        tries = await self._records.ask(failed_edits)
        ordered = sorted(cards, key=lambda card: tries.get(card.message_id, 0))
        refused = set[object]()
        act = partial(self._ask_one, refused)
        rounds = Rounds(self._handler, act, key=lambda card: card.message_id)
        try:
            await rounds.make(ordered, meanwhile)
        except OutageError:
            day = day_of(time.time())
            for message_id in rounds.failed:
                days = await self._records.ask(note_failed_edit, message_id=message_id, day=day)
                if days > _MOST_DAYS:
                    logger.warning("A refusal that has an answer stays as it is: Discord refused it on %d days", days)
                    await self._records.ask(leave_refused, message_id=message_id, at=int(time.time()))
            raise
        logger.info("%d open refusals were asked again, and %d have an answer now", len(cards), rounds.changed)

    async def _ask_one(self, again: set[object], refused: RefusedQuestion) -> bool | None:
        """Ask the question of a card, unless it is one of those refused `again`; return whether it is answered."""
        question = refused.question, refused.previous, refused.scope, refused.shown_passages
        if question in again:
            return None
        if (made := await self._handler.answer_worker.run(self._answer, refused)) is None:
            again.add(question)
            return None
        answer, has_more, edition = made
        return await self._renew(refused, answer, edition, has_more=has_more)

    def _answer(self, refused: RefusedQuestion) -> tuple[Answer, bool, Edition] | None:
        """Answer a question as it was asked; None where that is not sure, or its outlet is gone."""
        edition, answerer = self._handler.editions.current, self._handler.answerer
        try:
            scope = decode_scope(refused.scope, edition.outlets)
        except ReplyError:
            return None
        shown = set(refused.shown_passages)

        def was_shown(quote: Quote) -> bool:
            return bool(shown) and not shown.isdisjoint(passage_codes(quote))

        asked = answerer.analyse(refused.question)
        found = answerer.late_answer(asked, edition, refused.previous, scope, was_shown=was_shown)
        return (*found, edition) if found else None

    async def _renew(self, refused: RefusedQuestion, answer: Answer, edition: Edition, *, has_more: bool) -> bool:
        """Edit a card into an answer, and mark it as answered; return whether it was."""
        client = await self._places.client()
        if not self._places.is_ours(client, refused.channel_id):
            return False
        try:
            place = self._places.find(client, refused.channel_id)
            message = await deliver(lambda: place.fetch_message(refused.message_id))
            if not self._still_asks(message, refused):
                await self._records.ask(forget_cards, [refused.message_id])
                return False
            with self._handler.in_flight.track():
                if not _is_answer(message):
                    card = await self._lay_out(message, answer, edition, has_more=has_more)
                    await self._places.edit(client, message, card)
                asker = NOBODY if find_public_guild(message.channel) else _asker(message)
                quotes = card_quotes(answer, edition, refused.channel_id, message.id, asker)
                passages = [code for quote in answer.shown_quotes for code in passage_codes(quote)]
                await self._records.ask(answer_late, message.id, int(time.time()), passages, quotes)
        except discord.HTTPException as error:
            if is_passing(error):
                raise
            logger.info("A refusal that has an answer now stays as it is, Discord refused the edit: %s", error)
            if error.code in {UNKNOWN_MESSAGE, UNKNOWN_CHANNEL}:
                await self._records.ask(forget_cards, [refused.message_id])
            else:
                await self._records.ask(leave_refused, refused.message_id, int(time.time()))
            return False
        if refused.is_gap:
            self._gaps.close(refused)
        return True

    def _still_asks(self, message: discord.Message, refused: RefusedQuestion) -> bool:
        """Whether a card still refuses, or answers, its question, which may have changed while the bot was away."""
        if _is_answer(message):
            return True
        if not any(button_payloads(message.components, ButtonKind.DELETE)):
            return False
        if read_question(shown_card(message).above, QUESTION, self._handler.texts) is not None:
            return True
        asked = message.reference.resolved if message.reference else None
        if isinstance(asked, discord.DeletedReferencedMessage):
            return False
        words = message_words(asked).split() if asked else []
        return not words or words == refused.question.split()

    async def _lay_out(self, message: discord.Message, answer: Answer, edition: Edition, *, has_more: bool) -> Card:
        """Lay an answer out for the place of a refusal, with the question and the asker that this shows."""
        asker = _asker(message)
        handler, shown = self._handler, shown_card(message).above
        is_shown = read_question(shown, QUESTION, handler.texts) is not None

        def laid_out() -> Card:
            texts = handler.texts_for(handler.answerer.analyse(answer.question))
            card = outcome_card(answer, texts, edition.as_of, with_question=is_shown)
            card = replace(card, rows=outcome_buttons(answer, asker, texts, has_more=has_more))
            return late_answer_card(card, shown, datetime.now(UTC).date(), texts)

        return await handler.answer_worker.run(laid_out)


def late_answer_card(card: Card, shown: Sequence[str], day: date, texts: Texts) -> Card:
    """Say above an answer's card that it came late, with what stood above the refusal.

    `card` is the answer's, `shown` are the texts above the refusal as they are; what has no room is left out.
    """
    arrived = texts("bell.arrived", date=texts.day(day))
    kept = tuple(line for line in shown if line not in card.above)
    late = replace(card, above=(arrived, *kept, *card.above))
    return late if sum(map(size, late.texts)) <= MESSAGE_LIMIT else replace(card, above=(arrived, *card.above))


def _is_answer(message: discord.Message) -> bool:
    return any(True for _ in button_payloads(message.components, ButtonKind.CONTEXT))


def _asker(message: discord.Message) -> int:
    return parse_number(next(button_payloads(message.components, ButtonKind.DELETE)))
