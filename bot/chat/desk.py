"""The desk: takes an exchange, has the work done, hands the card over; every request passes here."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from bot.answering import Answer, Answerer, Quote, Reason, Refusal, Scope
from bot.chat.buttons.rows import outcome_rows
from bot.chat.card import Card
from bot.chat.cards import card
from bot.chat.errors import ReplyError, report
from bot.chat.exchange import Exchange
from bot.chat.explanation_card import explanation_card
from bot.edition import Edition, Editions
from bot.ops.inflight import InFlight
from bot.texts import Texts

# Longer than discord.py's own five tries at a failing request (25 s), short enough to be waited for.
DEADLINE = 40.0


class Desk:
    """Answers exchanges from the current edition until `stop` is set."""

    def __init__(
        self, editions: Editions, answerer: Answerer, texts: Texts, in_flight: InFlight, stop: asyncio.Event
    ) -> None:
        self.editions = editions
        self.texts = texts
        self.in_flight = in_flight
        self._answerer = answerer
        self._stop = stop

    @property
    def closing(self) -> bool:
        """Tell whether the bot is about to stop and takes nothing new."""
        return self._stop.is_set()

    async def ask(self, exchange: Exchange, question: str, scope: Scope | None = None) -> None:
        """Answer a question, completed from the one before it where it leans on that, from the coverage in scope."""

        async def work() -> Card:
            edition = self.editions.current
            leans = await asyncio.to_thread(self._answerer.may_lean, question)
            earlier, unreadable = None, None
            try:
                earlier = await exchange.question_before() if leans else None
            except ReplyError as error:
                unreadable = error
            outcome = await asyncio.to_thread(self._answerer, question, edition, earlier, scope)
            if unreadable and isinstance(outcome, Refusal) and outcome.reason is Reason.INCOMPLETE:
                raise unreadable
            # A button must not lead to nothing.
            has_more = isinstance(outcome, Answer) and bool(await self.further(question, earlier, edition, scope))
            shown = card(outcome, self.texts, edition.as_of, with_question=not exchange.shows_question)
            return replace(shown, rows=outcome_rows(outcome, exchange.asker, self.texts, has_more=has_more))

        await self.serve(exchange, work)

    async def further(
        self, question: str, earlier: str | None, edition: Edition, scope: Scope | None = None
    ) -> Sequence[Quote]:
        """Find what else there is to read on a question, completed from the one before it where it leans on that."""
        return await asyncio.to_thread(self._answerer.further, question, edition, earlier, scope)

    async def refuse(self, exchange: Exchange, error: ReplyError) -> None:
        """Tell the asker why nothing comes of a request."""

        async def work() -> Card:
            raise error

        await self.serve(exchange, work)

    async def explain(self, question: str) -> Card:
        """Explain what comes of a question."""
        explanation = await asyncio.to_thread(self._answerer.explain, question, self.editions.current)
        return explanation_card(explanation, self.texts)

    async def serve(
        self,
        exchange: Exchange,
        work: Callable[[], Awaitable[Card | None]],
        deadline: float = DEADLINE,
    ) -> None:
        """Acknowledge, do the work, reply where it gave a card; whatever goes wrong is reported in one place."""
        if self.closing:
            await report(ReplyError("error.stopping"), exchange, self.texts)
            return
        with self.in_flight.one():
            try:
                async with asyncio.timeout(deadline):
                    await exchange.acknowledge()
                    if (answer := await work()) is not None:
                        await exchange.reply(answer)
            except Exception as error:  # noqa: BLE001 (the one place that reports all of them)
                await report(error, exchange, self.texts)
