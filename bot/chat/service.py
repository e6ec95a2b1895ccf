"""The Discord service: builds its parts and keeps a client running until told to stop."""

import asyncio
import logging
from collections.abc import AsyncIterator, Collection, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from typing import Any

from bot.answering import Answerer, Gaps, Refusal
from bot.chat.admission import Admission
from bot.chat.buttons import Bells, ButtonDispatcher, Privacy, Vote, VoteChange, Votes, button_class
from bot.chat.cards import Card
from bot.chat.client import IsnadClient, ShardedClient, SingleClient
from bot.chat.commands import (
    QUESTION_COMMANDS,
    AnyCommand,
    CommandTranslations,
    add_news_command,
    article_command,
    corpus_commands,
    help_command,
    message_menu,
    new_command,
    privacy_command,
    question_command,
    sources_command,
)
from bot.chat.discord_errors import fatal_error_key, new_reference
from bot.chat.discord_setup import configure_discord
from bot.chat.exchange import NO_PINGS, SeenIds, deliver
from bot.chat.missed_questions import MissedQuestions
from bot.chat.moderation import AuditChannel, GapCounter, Reloads, Reports
from bot.chat.news import DailyFigures, NewArticles, NewsDesk, NewsPost, WeeklyReport
from bot.chat.open_refusals import OpenRefusals
from bot.chat.permissions import HomeServers, Moderators
from bot.chat.request_handler import RequestHandler
from bot.chat.session import FAREWELL, run_session
from bot.edition import Edition, Editions
from bot.ops.health import Health, health_server
from bot.ops.metrics import Metrics, ProcessState
from bot.ops.supervision import Backoff, InFlight, keep_running, stop_on_signals
from bot.ops.watchdog import RestWatch, SessionWatch
from bot.records import Records
from bot.settings import DiscordSettings, Settings
from bot.texts import Texts
from bot.threads import set_switch_interval, tune_gc

logger = logging.getLogger(__name__)

# EX_CONFIG of sysexits.h: starting again helps only after a person has changed something.
EXIT_REFUSED = 78


async def serve(  # noqa: PLR0913 (the parts of the bot)
    settings: Settings, texts: Texts, editions: Editions, answerer: Answerer, *, gaps: Gaps, records: Records
) -> int:
    """Run the bot on Discord; return the exit code."""
    tune_gc()
    set_switch_interval()
    stop = asyncio.Event()
    stop_on_signals(stop)
    service = Service(settings, texts, editions, answerer, stop, gaps=gaps, records=records)
    with _cancel_reload_at_exit(editions):
        return await _run(service, settings, texts, stop)


@contextmanager
def _cancel_reload_at_exit(editions: Editions) -> Iterator[None]:
    """Cancel the running reload when the body ends."""
    try:
        yield
    finally:
        editions.cancel(None)


async def _run(service: "Service", settings: Settings, texts: Texts, stop: asyncio.Event) -> int:
    """Keep the service running until told to stop; return the exit code."""
    ops = settings.ops
    watched = health_server(ops.port, service.health, service.metrics, ops.health_host)
    fresh = _in_background(
        service.reloads.keep_fresh(settings.corpus.refresh), "The coverage is not kept fresh any more"
    )
    kept = _in_background(service.records.run(), "Nothing is written to the records any more")
    news = _in_background(service.news.run(), "What is new is not told any more")
    counted = _in_background(service.figures.run(), "Questions and votes are not counted any more")
    renewed = _in_background(service.open_refusals.run(), "No refusal turns into an answer any more")
    async with watched, fresh, kept, renewed, news, counted:
        try:
            await keep_running(
                service.attempt,
                stop=stop,
                is_final=lambda error: fatal_error_key(error) is not None,
                backoff=Backoff(),
            )
        except Exception as error:
            if (key := fatal_error_key(error)) is None:
                raise
            logger.critical("%s", texts(key))
            return EXIT_REFUSED
    return 0


@asynccontextmanager
async def _in_background(watching: Coroutine[Any, Any, None], loss: str) -> AsyncIterator[None]:
    """Run a coroutine until the body ends; where it fails, log what is lost and go on."""
    task = asyncio.create_task(watching)
    try:
        yield
    finally:
        task.cancel()
        [outcome] = await asyncio.gather(task, return_exceptions=True)
        if isinstance(outcome, Exception):
            logger.error("%s", loss, exc_info=outcome)


class Service:
    """The parts that outlive a client: request handler, commands, ids already handled."""

    def __init__(  # noqa: PLR0913 (the parts of the bot)
        self,
        settings: Settings,
        texts: Texts,
        editions: Editions,
        answerer: Answerer,
        stop: asyncio.Event,
        *,
        gaps: Gaps,
        records: Records,
    ) -> None:
        self.records = records
        configure_discord(settings.discord)
        self._settings = settings.discord
        self._editions = editions
        self._stop = stop
        self._in_flight = InFlight()
        self.metrics = Metrics()
        self.metrics.watch_state(self._state)
        self._reports = Reports(self._tell_moderators, texts, self._settings.report_seconds)
        self._admission = Admission(
            settings.limit.member_per_minute, settings.limit.channel_per_minute, self._note_unanswered
        )
        self._handler = RequestHandler(
            editions, answerer, texts, self._in_flight, stop, admission=self._admission, metrics=self.metrics
        )
        self._gaps = GapCounter(gaps, self._handler.browse_worker, records, settings.records.records_days)
        self._translations = CommandTranslations()
        self.reloads = Reloads(editions, texts, AuditChannel(self._tell_moderators, texts), self.metrics)
        self._homes = HomeServers(self._settings)
        self.open_refusals = OpenRefusals(
            self._handler,
            records,
            self._homes,
            self._gaps,
            self._admission.queue,
            find_client=lambda: self._client,
            shard_ids=self._settings.shard_ids,
        )
        self.reloads.listeners.append(self.open_refusals.note_reload)
        self.figures = DailyFigures(records)
        self._handler.outcome_listeners.append(lambda _, outcome: self.figures.note_outcome(outcome))
        post = NewsPost(records, texts, self._homes, self._tell_moderators)
        week = WeeklyReport(records, texts, self._settings.moderator_channel_id, self._gaps.largest)
        self.news = NewsDesk(records, editions, post, week, client=lambda: self._client)
        self.reloads.listeners.append(self.news.note)
        new_articles = NewArticles(self._handler, records)
        moderators = Moderators(self._homes, self._settings.moderator_role_ids)
        self.votes = Votes(records, self._homes)
        self.votes.listeners.append(self._note_vote)
        self._handler.deletion_listeners.append(self.votes.forget_questions)
        privacy = Privacy(self._handler, records, self.votes, settings.records.records_days)
        self._commands = _commands(
            self._handler,
            self.reloads,
            self._gaps,
            moderators,
            self.votes,
            privacy,
            settings=settings.discord,
            translations=self._translations,
            new_articles=new_articles,
            news=(post, self.news),
            records=self.records,
        )
        self._seen = SeenIds()
        bells = Bells(self._handler, records, settings.records.records_days, self.open_refusals.note_waiting)
        channels = settings.discord.channel_ids
        dispatcher = ButtonDispatcher(
            self._handler, self._seen, self.votes, privacy, bells, moderators, new_articles, channels
        )
        self._buttons = button_class(dispatcher.dispatch)
        self._rest = RestWatch()
        self._missed = MissedQuestions()
        self._client: IsnadClient | None = None

    async def attempt(self) -> None:
        """Run a fresh client: one that failed to connect cannot be used again."""
        self._client = self._new_client()
        self._client.add_dynamic_items(self._buttons)
        start = self._client.start_with(self._translations)
        await run_session(self._client, start, self._in_flight, self._stop, self._farewell)

    async def _farewell(self) -> None:
        """Send and write what waits, for as long as the session waits for that."""
        await asyncio.gather(self._reports.flush(), self.records.flush(FAREWELL))

    def health(self) -> Health:
        """Return whether the gateway is connected and REST requests succeed, and which edition serves."""
        edition = self._edition
        return Health(self._is_connected, edition.fingerprint if edition else None, self._rest.is_well)

    def _state(self) -> ProcessState:
        """Return the values of the gauges."""
        queue, edition = self._admission.queue, self._edition
        state = ProcessState(self._is_connected, queue.waiting, queue.at_work, records=self.records.state)
        if edition is None:
            return state
        articles, passages = len(edition.catalogue), len(edition.index)
        return replace(state, edition=edition.fingerprint, articles=articles, passages=passages)

    @property
    def _is_connected(self) -> bool:
        client = self._client
        return client is not None and client.is_ready() and client.watch.all_back

    @property
    def _edition(self) -> Edition | None:
        try:
            return self._editions.current
        except LookupError:
            return None

    def _note_unanswered(self, refusal: Refusal, server: int | None) -> None:
        """Report an unanswered question, and count it as a gap unless a scope narrowed it.

        Moderators read its words where it is public in a home server; any other is only counted.
        """
        is_public = self._homes.is_home(server)
        if refusal.scope is None:
            self._gaps.note(refusal, is_public=is_public)
        self._reports.note_refusal(refusal, is_public=is_public)

    async def _note_vote(self, vote: Vote) -> None:
        """Count a vote and report it, with the words of its question only where they are public in a home server."""
        # The figures of this run do not count the vote of an earlier one.
        self.metrics.note_vote(helpful=vote.helpful, is_changed=vote.change is VoteChange.CHANGED)
        self.figures.note_vote(helpful=vote.helpful, is_changed=vote.is_changed)
        self._reports.note_vote(vote, is_public=self._homes.is_home(vote.public_guild_id))

    async def _tell_moderators(self, card: Card) -> None:
        """Send a card to the moderators' channel, if there is one."""
        channel, client, nonce = self._settings.moderator_channel_id, self._client, new_reference()
        if channel is None or client is None:
            return
        send = client.get_partial_messageable(channel).send
        await deliver(lambda: send(view=card.layout(), nonce=nonce, allowed_mentions=NO_PINGS))

    def _new_client(self) -> IsnadClient:
        count, shards = self._settings.shard_count, self._settings.shard_ids
        ids: Collection[int] = shards or range(count or 1)
        sessions = SessionWatch(ids)
        shared = (self._settings, self._handler, self._seen, sessions, self._rest, self._missed, self._commands)
        if count is None:
            return SingleClient(*shared, homes=self._homes)
        return ShardedClient(*shared, homes=self._homes, shard_count=count, shard_ids=list(ids))


def _commands(  # noqa: PLR0913, PLR0917 (the parts that commands use)
    handler: RequestHandler,
    reloads: Reloads,
    gaps: GapCounter,
    moderators: Moderators,
    votes: Votes,
    privacy: Privacy,
    *,
    settings: DiscordSettings,
    translations: CommandTranslations,
    new_articles: NewArticles,
    news: tuple[NewsPost, NewsDesk],
    records: Records,
) -> list[AnyCommand]:
    """Make all commands."""
    corpus = corpus_commands(
        handler,
        reloads,
        gaps,
        moderators,
        news[0],
        votes,
        settings=settings,
        translations=translations,
        records=records,
    )
    return [
        *(question_command(names, handler, settings.channel_ids, translations) for names in QUESTION_COMMANDS),
        message_menu(handler, settings.channel_ids, translations),
        sources_command(handler, translations),
        article_command(handler, translations),
        help_command(handler, translations),
        privacy_command(privacy, translations),
        new_command(handler, new_articles, translations),
        add_news_command(corpus, handler, *news, moderators, translations=translations),
    ]
