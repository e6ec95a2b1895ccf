"""The handler of requests: acknowledge, answer or work otherwise off the event loop, reply with a card."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace

import discord

from bot.answering import AnalysedMessage, Answer, Answerer, CoverageSummaries, CoverageSummary, Reason, Refusal
from bot.chat.admission import Admission, Declined
from bot.chat.cards.answer_card import explanation_card, outcome_buttons, outcome_card
from bot.chat.cards.card import Card
from bot.chat.chat_errors import ReplyError
from bot.chat.error_handler import ErrorReport, call_each, cause_of, report_error
from bot.chat.exchange.exchange import Exchange
from bot.chat.exchange.interaction_exchange import ComponentInteraction, InteractionExchange
from bot.chat.exchange.message_exchange import MessageExchange
from bot.chat.exchange.message_filter import channels_in_guild, wrong_channel_error
from bot.chat.exchange.open_replies import OpenReplies
from bot.chat.waiting_room import RequestStatus, WaitingRoom, WaitingSign, show_typing
from bot.edition import Edition, Editions, StaleOutlet
from bot.ops.metrics import Metrics
from bot.ops.rate_limits import RatePass
from bot.ops.search_watch import SearchWatch, ask_engine
from bot.ops.supervision import InFlight
from bot.records import RecordsAwayError
from bot.retrieval import Scope, SearchError
from bot.texts import Texts, example_phrasings
from bot.workers.threads import Worker, in_daemon_thread

# The bot's own texts answer a question in Arabic, whatever their language.
_ARABIC = "ar"
_FACTS = ("founded", "founder")
# Longer than discord.py's own five tries at a failing request (25 s), short enough to be waited for.
DEADLINE = 40.0

OutcomeCard = tuple[Answer | Refusal, Card]
Work = Callable[[Edition], Awaitable[Card | None]]
"""What a request wants: takes the edition that serves it, and gives the card of the reply, if it wants one."""


class RequestHandler:
    """Serves requests, each from the edition that is current at its beginning, until `stop` is set.

    `threads` is how many answer at once, and how many browse: more than one are for an index that is waited for.
    """

    def __init__(  # noqa: PLR0913 (the parts of every request)
        self,
        editions: Editions,
        answerer: Answerer,
        texts: Texts,
        stop: asyncio.Event,
        *,
        admission: Admission | None = None,
        open_replies: OpenReplies | None = None,
        threads: int = 1,
    ) -> None:
        self.editions, self.answerer, self.texts, self.in_flight = editions, answerer, texts, InFlight()
        self.metrics = Metrics()
        # Browsing never waits for answers, nor answers for an index of titles that is being built.
        self.answer_worker, self.browse_worker = Worker(threads), Worker(threads)
        self._summaries = CoverageSummaries(answerer)
        # The outlets that are silent for longer than usual, as far as is known.
        self.stale: Sequence[StaleOutlet] = ()
        self.search = SearchWatch(lambda: in_daemon_thread(lambda: ask_engine(editions.current.index)))
        self.waiting = WaitingRoom(stop, self.in_flight, texts, self.search)
        self.outcome_listeners: list[Callable[[Exchange, Answer | Refusal], None]] = []
        self.deletion_listeners: list[Callable[[Collection[int]], None]] = []
        self._stop = stop
        self._admission = admission or Admission()
        # Whoever works in the background waits while members are in it.
        self.queue = self._admission.queue
        self._open_replies = open_replies

    @property
    def is_stopping(self) -> bool:
        return self._stop.is_set()

    async def ask(self, exchange: Exchange, question: str, scope: Scope | None = None) -> RequestStatus:
        """Answer a question in its turn from the coverage in scope, as often as it takes until the asker is told."""
        arrived = time.perf_counter()
        if self.is_stopping:
            return await self.waiting.leave(exchange)
        rate_pass = self._admission.admit(exchange)
        if isinstance(rate_pass, Declined):
            self.metrics.declined.labels(rate_pass.reason).inc()
            with self.in_flight.track():
                await self._admission.decline(exchange, rate_pass, self.texts)
            return RequestStatus.FAILED
        outcome: Answer | Refusal | None = None

        async def work(edition: Edition) -> Card:
            nonlocal outcome
            outcome, card = await self.answer(exchange, question, scope, edition)
            return card

        async with WaitingSign(exchange, rate_pass.seconds) as sign:
            status = await self.waiting.repeat(
                lambda until: self._serve(exchange, work, rate_pass=rate_pass, search_until=until), exchange, sign
            )
            is_told = status is RequestStatus.DONE
            self._admission.release(exchange, rate_pass, outcome, is_told=is_told)
            if is_told and outcome:
                # At once, so that a question is either withdrawn for all who note it, or for nobody.
                call_each(self.outcome_listeners, exchange, outcome)
            sign.is_kept = status is RequestStatus.DEFERRED
        self._note_end(exchange, status)
        if is_told and outcome:
            self.metrics.replying.observe(time.perf_counter() - arrived)
            self.metrics.note_outcome(outcome.reason.value if isinstance(outcome, Refusal) else None)
        return status

    async def point_to_channels(self, exchange: MessageExchange, channels: Collection[int]) -> None:
        """Name to an asker, in private and at most once an hour, the channels of the server that the bot answers in."""
        if near := channels_in_guild(channels, exchange.message.guild):
            with self.in_flight.track():
                await self._admission.point_to_channels(exchange, near, self.texts)

    async def browse(
        self, interaction: discord.Interaction, lay_out: Callable[[Edition], Card], *, in_place: bool = False
    ) -> None:
        """Show a card that is laid out from the current edition, off the event loop."""
        await self.show(interaction, lambda edition: self.browse_worker.run(lay_out, edition), in_place=in_place)

    async def show(
        self, interaction: discord.Interaction, page: Callable[[Edition], Awaitable[Card]], *, in_place: bool = False
    ) -> None:
        """Reply with a card in private; `in_place` it replaces the pressed one, and an error is sent beside that."""
        if not in_place:
            await self.serve(InteractionExchange(interaction, private=True), page)
            return
        exchange = ComponentInteraction(interaction)

        async def work(edition: Edition) -> None:
            await exchange.change(await page(edition))

        await self.serve(exchange, work)

    async def refuse(self, exchange: Exchange, error: ReplyError) -> RequestStatus:
        """Reply to a request with an error."""

        async def work(_: Edition) -> Card:
            raise error

        return await self.serve(exchange, work)

    async def refuse_elsewhere(self, interaction: discord.Interaction, channels: Collection[int]) -> bool:
        """Refuse an interaction in private where it is in none of the channels to answer in; return whether it was."""
        if error := wrong_channel_error(interaction, channels):
            await self.refuse(InteractionExchange(interaction, private=True), error)
        return error is not None

    async def report_error(self, error: Exception, exchange: Exchange) -> ErrorReport:
        """Log an error and tell the asker; count it if it was unexpected, and note a search server that is away."""
        if isinstance(error, TimeoutError) and self.search.state is not None:
            # It is not Discord that the request waited for.
            error = self.search.state.error
        if isinstance(cause := cause_of(error), SearchError):
            self.search.failed(cause)
        reported = await report_error(error, exchange, self.texts)
        if not isinstance(error, ReplyError | RecordsAwayError):
            self.metrics.errors.labels(reported.judgement.kind).inc()
        return reported

    async def answer(self, exchange: Exchange, question: str, scope: Scope | None, edition: Edition) -> OutcomeCard:
        """Answer a question, completed from the previous one where it depends on that.

        Raise ReplyError where the question is incomplete and the previous one cannot be read.
        """

        def answer_alone() -> OutcomeCard | AnalysedMessage:
            """Answer, or return the analysed question where it may depend on a previous one."""
            analysed = self.answerer.analyse(question)
            may_depend = analysed.may_depend_on_previous if exchange.is_reply else analysed.needs_previous
            if exchange.may_have_previous and may_depend:
                return analysed
            return self._answer_after(None, analysed, scope, exchange, edition)

        answered = await self.answer_worker.run(answer_alone)
        if not isinstance(answered, AnalysedMessage):
            return answered
        previous, unreadable = None, None
        try:
            previous = await exchange.previous_question()
        except ReplyError as error:
            unreadable = error
        outcome, card = await self.answer_worker.run(self._answer_after, previous, answered, scope, exchange, edition)
        if unreadable and isinstance(outcome, Refusal) and outcome.reason is Reason.INCOMPLETE:
            raise unreadable
        return outcome, card

    def _answer_after(
        self, previous: str | None, question: AnalysedMessage, scope: Scope | None, exchange: Exchange, edition: Edition
    ) -> OutcomeCard:
        """Answer a question, completed from the previous one where it depends on that, and lay the outcome out."""
        with self.metrics.computing.time():
            outcome, has_more = self.answerer.answer_with_more(question, edition, previous, scope)
            is_introduced = isinstance(outcome, Refusal) and outcome.introduces_coverage
            is_shown, asker, texts = exchange.shows_question, exchange.asker_id, self.texts_for(question)
            summary = self.summarise(edition, texts) if is_introduced else None
            card = outcome_card(
                outcome, texts, edition.as_of, with_question=not is_shown, summary=summary, stale=self.stale
            )
            phrasings = example_phrasings(texts)[::-1], example_phrasings(texts, *_FACTS)
            related = self._summaries.related_questions(question, outcome, edition, *phrasings)
            beside = {"has_more": has_more, "is_lasting": exchange.is_lasting}
            rows = outcome_buttons(outcome, asker, texts, summary=summary, related=related, **beside)
            return outcome, replace(card, rows=rows)

    def texts_for(self, question: AnalysedMessage) -> Texts:
        """Return the texts of the language that a question is put in, where that is another than Arabic."""
        language = question.text.language
        return self.texts if language == _ARABIC else self.texts.in_language(language)

    def summarise(self, edition: Edition, texts: Texts | None = None) -> CoverageSummary:
        """Say what an edition's articles are about, with examples; the first time takes as long as some answers."""
        texts = texts or self.texts
        # Golden questions are put in the language of the articles.
        golden = self.editions.golden if texts.language == self.texts.language else ()
        return self._summaries.summarise(edition, example_phrasings(texts), golden)

    async def explain(self, question: str, edition: Edition) -> Card:
        """Lay out how the outcome of a question came about."""
        return await self.answer_worker.run(
            lambda: explanation_card(self.answerer.explain(question, edition), self.texts)
        )

    async def serve(self, exchange: Exchange, work: Work, deadline: float | None = DEADLINE) -> RequestStatus:
        """Acknowledge a request, do the work, reply with its card if it gave one, and return how that ended.

        The deadline in seconds counts from the acknowledgement, None sets none.
        All errors are reported here.
        """
        status = await self._serve(exchange, work, deadline)
        self._note_end(exchange, status)
        return status

    async def _serve(
        self,
        exchange: Exchange,
        work: Work,
        deadline: float | None = DEADLINE,
        *,
        rate_pass: RatePass | None = None,
        search_until: float = 0.0,
    ) -> RequestStatus:
        """Serve a request once; a question with a pass waits for tokens and a turn first."""
        if self.is_stopping:
            return await self.waiting.leave(exchange)
        with self.in_flight.track():
            try:
                async with asyncio.timeout(DEADLINE):
                    await exchange.acknowledge()
                if self._open_replies:
                    self._open_replies.note(exchange.open_reply)
                if rate_pass and not await self.waiting.take_tokens(rate_pass, exchange):
                    return await self.waiting.leave(exchange)
                async with show_typing(exchange), AsyncExitStack() as stack:
                    end_turn = None
                    if rate_pass:
                        turn = self.queue.turn(exchange.channel_id)
                        if not (end_turn := await self.waiting.take_turn(turn, exchange, stack)):
                            return await self.waiting.leave(exchange)
                    if exchange.withdrawn.is_set():
                        return RequestStatus.FAILED
                    async with self.waiting.time_limit(deadline):
                        answer = await work(self.editions.current)
                        if end_turn:
                            end_turn()
                        if answer is not None:
                            await exchange.reply(answer)
            except Exception as error:  # noqa: BLE001 (the one place that reports all of them)
                return await self._end_with(error, exchange, search_until)
        return RequestStatus.DONE

    async def _end_with(self, error: Exception, exchange: Exchange, search_until: float) -> RequestStatus:
        if status := await self.waiting.end_unreported(error, exchange, search_until):
            return status
        reported = await self.report_error(error, exchange)
        return RequestStatus.UNDELIVERED if reported.is_worth_repeating else RequestStatus.FAILED

    def _note_end(self, exchange: Exchange, status: RequestStatus) -> None:
        """Note that no reply is owed from now on, or that Discord has not taken it yet."""
        if self._open_replies:
            is_told = status is not RequestStatus.UNDELIVERED
            (self._open_replies.forget if is_told else self._open_replies.leave)(exchange.open_reply)
