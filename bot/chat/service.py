"""The Discord service: builds its parts and keeps a client running until told to stop."""

import asyncio
import logging
from collections.abc import AsyncIterator, Collection, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from bot.answering import Answerer, Gaps, Refusal
from bot.articles.importing import AddedArticles
from bot.chat.admission import Admission
from bot.chat.buttons import ButtonDispatcher, Vote, Votes, button_class
from bot.chat.cards import Card
from bot.chat.client import IsnadClient, ShardedClient, SingleClient
from bot.chat.commands import (
    QUESTION_COMMANDS,
    AdditionForms,
    AnyCommand,
    CommandTranslations,
    article_command,
    corpus_commands,
    help_command,
    message_menu,
    question_command,
    sources_command,
)
from bot.chat.discord_errors import fatal_error_key, new_reference
from bot.chat.discord_setup import configure_discord
from bot.chat.exchange import NO_PINGS, SeenIds, deliver
from bot.chat.missed_questions import MissedQuestions
from bot.chat.moderation import Additions, AuditChannel, GapCounter, Reloads, Reports
from bot.chat.permissions import HomeServers, Moderators
from bot.chat.request_handler import RequestHandler
from bot.chat.session import run_session
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

# Chosen: a second more or less of waiting for Discord is not noticed.
_CONNECTED_EVERY = 0.5


async def serve(  # noqa: PLR0913 (the parts of the bot)
    settings: Settings,
    texts: Texts,
    editions: Editions,
    answerer: Answerer,
    *,
    gaps: Gaps,
    records: Records,
    added: AddedArticles,
) -> int:
    """Run the bot on Discord; return the exit code."""
    tune_gc()
    set_switch_interval()
    stop = asyncio.Event()
    stop_on_signals(stop)
    service = Service(settings, texts, editions, answerer, stop, gaps=gaps, records=records, added=added)
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
    begun = _in_background(service.resume_additions(), "What was begun before a restart was not finished")
    async with watched, fresh, kept, begun:
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
        added: AddedArticles,
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
        self._gaps = GapCounter(gaps, self._handler.browse_worker)
        self._translations = CommandTranslations()
        self.reloads = Reloads(editions, texts, AuditChannel(self._tell_moderators, texts), self.metrics)
        self._homes = HomeServers(self._settings)
        moderators = Moderators(self._homes, self._settings.moderator_role_ids)
        self._additions = Additions(
            added,
            editions,
            self.reloads,
            texts,
            allow_private=settings.corpus.allow_private,
            is_stopping=stop.is_set,
        )
        self._seen = SeenIds()
        channel = settings.discord.moderator_channel_id
        self._forms = AdditionForms(self._handler, self._additions, moderators, self._seen, channel)
        self._commands = _commands(
            self._handler,
            self.reloads,
            self._gaps,
            moderators,
            forms=self._forms,
            settings=settings.discord,
            translations=self._translations,
        )
        self.votes = Votes()
        self.votes.listeners.append(self._note_vote)
        dispatcher = ButtonDispatcher(self._handler, self._seen, self.votes, moderators, settings.discord.channel_ids)
        self._buttons = button_class(dispatcher.dispatch)
        self._rest = RestWatch()
        self._missed = MissedQuestions()
        self._client: IsnadClient | None = None

    async def attempt(self) -> None:
        """Run a fresh client: one that failed to connect cannot be used again."""
        self._client = self._new_client()
        self._client.add_dynamic_items(self._buttons)
        self._client.event(self._forms.on_interaction)
        start = self._client.start_with(self._translations)
        await run_session(self._client, start, self._in_flight, self._stop, self._reports.flush)

    async def resume_additions(self) -> None:
        """Finish what a killed process had begun with added articles, once the moderators can be told of it."""
        while not self._is_connected:  # noqa: ASYNC110 (nobody tells of it)
            await asyncio.sleep(_CONNECTED_EVERY)
        await self._additions.resume()

    def health(self) -> Health:
        """Return whether the gateway is connected and REST requests succeed, and which edition serves."""
        edition = self._edition
        return Health(self._is_connected, edition.fingerprint if edition else None, self._rest.is_well)

    def _state(self) -> ProcessState:
        """Return the values of the gauges."""
        queue, edition = self._admission.queue, self._edition
        if edition is None:
            return ProcessState(self._is_connected, queue.waiting, queue.at_work)
        served = edition.fingerprint, len(edition.catalogue), len(edition.index)
        return ProcessState(self._is_connected, queue.waiting, queue.at_work, *served)

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
        self.metrics.note_vote(helpful=vote.helpful, is_changed=vote.is_changed)
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


def _commands(  # noqa: PLR0913 (the parts that commands use)
    handler: RequestHandler,
    reloads: Reloads,
    gaps: GapCounter,
    moderators: Moderators,
    *,
    forms: AdditionForms,
    settings: DiscordSettings,
    translations: CommandTranslations,
) -> list[AnyCommand]:
    """Make all commands."""
    return [
        *(question_command(names, handler, settings.channel_ids, translations) for names in QUESTION_COMMANDS),
        message_menu(handler, settings.channel_ids, translations),
        sources_command(handler, translations),
        article_command(handler, translations),
        help_command(handler, translations),
        corpus_commands(handler, reloads, gaps, moderators, forms=forms, settings=settings, translations=translations),
    ]
