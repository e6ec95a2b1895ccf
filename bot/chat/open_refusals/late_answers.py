"""Late answers: open refusals are asked again, and a card whose question is answered now is edited into the answer.

A card that Discord does not take waits for the others to be looked after, and is given up after some days.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

import discord

from bot.answering import Answer
from bot.chat.buttons.page_buttons import button_payloads
from bot.chat.cards.answer_card import QUESTION, outcome_buttons, outcome_card, read_question
from bot.chat.cards.button_ids import ButtonKind, decode_scope, parse_number
from bot.chat.cards.card import Card
from bot.chat.chat_errors import DELIVERY_ERRORS, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, ReplyError, is_passing
from bot.chat.exchange.delivery import CardPlaces, deliver, send_card
from bot.chat.exchange.message_filter import message_words
from bot.chat.open_refusals.bells import late_answer_card, shown_above
from bot.chat.open_refusals.refusal_log import RefusalLog
from bot.chat.request_handler import RequestHandler
from bot.edition import Edition
from bot.ops.rate_limits import FairQueue
from bot.records import Records, RecordsAwayError
from bot.records.figures import day_of
from bot.records.refusals import (
    OpenRefusal,
    RefusedQuestion,
    failed_edits,
    forget_cards,
    leave_refused,
    mark_answered,
    note_failed_edit,
)
from bot.retrieval import SearchError

logger = logging.getLogger(__name__)

T = TypeVar("T")

PACE = 1.0
"""Seconds between two cards: Discord takes five edits in five seconds, and members' own answers come first."""

_LOOK_EVERY = 0.05  # seconds; members' questions take some milliseconds each
# Discord is waited for as long as a member's own answer would be.
_PAUSES = (15.0, 30.0, 60.0, 120.0, 300.0)
# Cards that fail one after the other. Chosen: one may have something of its own, two by chance as well.
_OUTAGE = 3
# Chosen: Discord has not been out of order for as long.
_MOST_DAYS = 3


class OutageError(Exception):
    """Discord is out of order, or does not take something, for longer than is waited."""


class LateAnswers:
    """Asks refused questions again, one at a time and while no member waits, and edits the cards of those answered."""

    def __init__(
        self, handler: RequestHandler, records: Records, log: RefusalLog, queue: FairQueue, places: CardPlaces
    ) -> None:
        self._handler = handler
        self._records = records
        self._log = log
        self._queue = queue
        self._places = places

    async def ask_again(self, cards: Sequence[OpenRefusal], meanwhile: Callable[[], Awaitable[None]]) -> None:
        """Ask the questions of some cards again; raise OutageError, RecordsAwayError or SearchError with some left.

        A card stays as it is where its question is refused as before. One that Discord does not take is tried again
        after all others and after `meanwhile`; those that failed in earlier passes come last.
        """
        tries = await self._records.ask(failed_edits)
        left: Sequence[OpenRefusal] = sorted(cards, key=lambda card: tries.get(card.refused.message_id, 0))
        work = _Pass()
        try:
            if left := await self._ask_each(left, work):
                await meanwhile()
            while left:
                await work.wait()
                left = await self._ask_each(left, work)
        except OutageError:
            for message_id in work.failed:
                await self._note_failure(message_id)
            raise
        logger.info("%d open refusals were asked again, and %d have an answer now", len(cards), work.answered)

    async def _ask_each(self, cards: Sequence[OpenRefusal], work: "_Pass") -> list[OpenRefusal]:
        """Ask the questions of some cards, and return the cards that Discord did not take."""
        left, failed_in_a_row = list[OpenRefusal](), 0
        for card in cards:
            question = card.refused.question, card.refused.previous, card.refused.scope
            if question in work.refused:
                continue
            if failed_in_a_row >= _OUTAGE:
                await work.wait()
            await wait_until_idle(self._queue)
            if self._handler.is_stopping:
                return []
            try:
                if (made := await self._handler.answer_worker.run(self._answer, card.refused)) is None:
                    work.refused.add(question)
                    continue
                work.answered += await self._renew(card, *made)
            except (RecordsAwayError, SearchError):
                raise
            except Exception as error:
                if is_passing(error):
                    left.append(card)
                    work.failed.add(card.refused.message_id)
                    failed_in_a_row += 1
                else:
                    # Whatever one card has, the others are looked after.
                    logger.exception("A refused question could not be asked again, the others are")
            else:
                work.failed.discard(card.refused.message_id)
                failed_in_a_row = 0
            await asyncio.sleep(PACE)
        return left

    async def _note_failure(self, message_id: int) -> None:
        """Note that a card failed until patience ended; leave it as it is once it did so on too many days."""
        days = await self._records.ask(partial(note_failed_edit, message_id=message_id, day=day_of(time.time())))
        if days > _MOST_DAYS:
            logger.warning("A refusal that has an answer now stays as it is: Discord refused the edit on %d days", days)
            await self._records.ask(partial(leave_refused, message_id=message_id, at=int(time.time())))

    def _answer(self, refused: RefusedQuestion) -> tuple[Answer, bool, Edition] | None:
        """Answer a question as it was asked; None where that is not sure, or its outlet is gone."""
        edition, answerer = self._handler.editions.current, self._handler.answerer
        try:
            scope = decode_scope(refused.scope, edition.outlets)
        except ReplyError:
            return None
        found = answerer.late_answer(answerer.analyse(refused.question), edition, refused.previous, scope)
        return (*found, edition) if found else None

    async def _renew(self, card: OpenRefusal, answer: Answer, has_more: bool, edition: Edition) -> bool:  # noqa: FBT001
        """Edit a card into an answer, and mark it as answered; return whether it was."""
        client, refused = await self._places.client(), card.refused
        if not self._places.is_ours(client, refused.channel_id):
            return False
        forget = partial(forget_cards, message_ids=[refused.message_id])
        try:
            place = self._places.find(client, refused.channel_id)
            message = await deliver(lambda: place.fetch_message(refused.message_id))
            if not self._still_asks(message, refused):
                await self._records.ask(forget)
                return False
            with self._handler.in_flight.track():
                if not _is_answer(message):
                    await send_card(message.edit, await self._lay_out(message, answer, edition, has_more=has_more))
                await self._records.ask(partial(mark_answered, message_id=refused.message_id, at=int(time.time())))
        except discord.HTTPException as error:
            if is_passing(error):
                raise
            is_gone = error.code in {UNKNOWN_MESSAGE, UNKNOWN_CHANNEL}
            logger.info("A refusal that has an answer now stays as it is, Discord refused the edit: %s", error)
            left = partial(leave_refused, message_id=refused.message_id, at=int(time.time()))
            await self._records.ask(forget if is_gone else left)
            return False
        if card.is_gap:
            self._log.close(refused)
        return True

    def _still_asks(self, message: discord.Message, refused: RefusedQuestion) -> bool:
        """Whether a card still refuses, or answers, its question, which may have changed while the bot was away."""
        if _is_answer(message):
            return True
        if not any(button_payloads(message.components, ButtonKind.DELETE)):
            return False
        if read_question(shown_above(message), QUESTION, self._handler.texts) is not None:
            return True
        asked = message.reference.resolved if message.reference else None
        if isinstance(asked, discord.DeletedReferencedMessage):
            return False
        words = message_words(asked).split() if asked else []
        return not words or words == refused.question.split()

    async def _lay_out(self, message: discord.Message, answer: Answer, edition: Edition, *, has_more: bool) -> Card:
        """Lay an answer out for the place of a refusal, with the question and the asker that this shows."""
        asker = parse_number(next(button_payloads(message.components, ButtonKind.DELETE)))
        handler, shown = self._handler, shown_above(message)
        is_shown = read_question(shown, QUESTION, handler.texts) is not None

        def laid_out() -> Card:
            texts = handler.texts_for(handler.answerer.analyse(answer.question))
            card = outcome_card(answer, texts, edition.as_of, with_question=is_shown)
            card = replace(card, rows=outcome_buttons(answer, asker, texts, has_more=has_more))
            return late_answer_card(card, shown, datetime.now(UTC).date(), texts)

        return await handler.answer_worker.run(laid_out)


async def wait_until_idle(queue: FairQueue) -> None:
    """Wait while members wait for their answers."""
    while queue.waiting or queue.at_work:  # noqa: ASYNC110 (a queue tells nobody that it is empty)
        await asyncio.sleep(_LOOK_EVERY)


def _is_answer(message: discord.Message) -> bool:
    return any(True for _ in button_payloads(message.components, ButtonKind.CONTEXT))


@dataclass(slots=True)
class _Pass:
    """What came of a pass so far: the questions refused again, the cards that Discord did not take, those answered.

    It has patience with Discord for so long, whether for an outage or for a few cards.
    """

    refused: set[tuple[str, str | None, str]] = field(default_factory=set)
    failed: set[int] = field(default_factory=set)
    answered: int = 0
    pauses: Iterator[float] = field(default_factory=lambda: iter(_PAUSES))

    async def wait(self) -> None:
        """Wait, for longer each time; raise OutageError at the end."""
        if (pause := next(self.pauses, None)) is None:
            raise OutageError
        await asyncio.sleep(pause)


async def outlast(act: Callable[[], Awaitable[T]], pauses: Iterable[float] = _PAUSES) -> T:
    """Act, and again after each pause while Discord is out of order; raise OutageError at the end."""
    for pause in pauses:
        try:
            return await act()
        except (*DELIVERY_ERRORS, RuntimeError) as error:
            if not is_passing(error):
                raise
        await asyncio.sleep(pause)
    raise OutageError
