"""The Discord service: its parts put together, and kept running until told to stop."""

import asyncio
import logging
from collections.abc import AsyncIterator, Collection, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from bot.answering import Answerer, Gaps, Refusal
from bot.chat.admission import Admission
from bot.chat.buttons.dispatch import ButtonDispatcher, button_class
from bot.chat.buttons.votes import Vote, Votes
from bot.chat.cards.card import Card
from bot.chat.client import IsnadClient, ShardedClient, SingleClient
from bot.chat.commands.ask_command import QUESTION_COMMANDS, AnyCommand, help_command, message_menu, question_command
from bot.chat.commands.corpus_command import corpus_commands
from bot.chat.commands.sources_command import article_command, sources_command
from bot.chat.commands.translations import CommandTranslations
from bot.chat.discord_errors import fatal_error_key, new_reference
from bot.chat.discord_setup import configure_discord
from bot.chat.exchange import NO_PINGS, SeenIds, deliver
from bot.chat.missed_questions import MissedQuestions
from bot.chat.moderation.audit_channel import AuditChannel
from bot.chat.moderation.reloads import Reloads
from bot.chat.moderation.reports import GapCounter, Reports
from bot.chat.permissions import HomeServers, Moderators
from bot.chat.request_handler import RequestHandler
from bot.chat.session import run_session
from bot.edition import Edition, Editions
from bot.ops.health import Health, health_server
from bot.ops.metrics import Metrics, ProcessState
from bot.ops.supervision import Backoff, InFlight, keep_running, stop_on_signals
from bot.ops.threads import set_switch_interval, tune_gc
from bot.ops.watchdog import RestWatch, SessionWatch
from bot.settings import DiscordSettings, Settings
from bot.texts import Texts

logger = logging.getLogger(__name__)

# EX_CONFIG of sysexits.h: starting again helps only after a person has changed something.
EXIT_REFUSED = 78


async def serve(settings: Settings, texts: Texts, editions: Editions, answerer: Answerer, gaps: Gaps) -> int:
    """Run the bot on Discord; return the exit code."""
    tune_gc()
    set_switch_interval()
    stop = asyncio.Event()
    stop_on_signals(stop)
    service = Service(settings, texts, editions, answerer, stop, gaps=gaps)
    with _cancel_reload_at_exit(editions):
        return await _run(service, settings, texts, stop)


@contextmanager
def _cancel_reload_at_exit(editions: Editions) -> Iterator[None]:
    """End the reload under way with the body: nobody is there any more to serve it."""
    try:
        yield
    finally:
        editions.cancel(None)


async def _run(service: "Service", settings: Settings, texts: Texts, stop: asyncio.Event) -> int:
    """Keep the service running until told to stop; return the exit code."""
    ops = settings.ops
    watched = health_server(ops.port, service.health, service.metrics, ops.health_host)
    async with watched, _in_background(service.keep_fresh()):
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
async def _in_background(watching: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Watch until the body ends; where watching fails, the body goes on."""
    task = asyncio.create_task(watching)
    try:
        yield
    finally:
        task.cancel()
        [outcome] = await asyncio.gather(task, return_exceptions=True)
        if isinstance(outcome, Exception):
            logger.error("The coverage is not kept fresh any more", exc_info=outcome)


class Service:
    """What outlives any one client: the desk, the commands, the ids already handled."""

    def __init__(  # noqa: PLR0913 (the parts that it puts together)
        self,
        settings: Settings,
        texts: Texts,
        editions: Editions,
        answerer: Answerer,
        stop: asyncio.Event,
        *,
        gaps: Gaps,
    ) -> None:
        configure_discord(settings.discord)
        self._settings = settings.discord
        self._refresh = settings.corpus.refresh
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
        self._reloads = Reloads(editions, texts, AuditChannel(self._tell_moderators, texts), self.metrics)
        self._homes = HomeServers(self._settings)
        moderators = Moderators(self._homes, self._settings.moderator_role_ids)
        self._commands = _commands(
            self._handler,
            self._reloads,
            self._gaps,
            moderators,
            settings=settings.discord,
            translations=self._translations,
        )
        self._seen = SeenIds()
        self.votes = Votes()
        self.votes.listeners.append(self._note_vote)
        dispatcher = ButtonDispatcher(self._handler, self._seen, self.votes, moderators)
        self._buttons = button_class(dispatcher.dispatch)
        self._rest = RestWatch()
        self._missed = MissedQuestions()
        self._client: IsnadClient | None = None

    async def attempt(self) -> None:
        """Run a fresh client: one that failed to connect cannot be used again."""
        self._client = self._new_client()
        self._client.add_dynamic_items(self._buttons)
        start = self._client.start_with(self._translations)
        await run_session(self._client, start, self._in_flight, self._stop, self._reports.flush)

    async def keep_fresh(self) -> None:
        """Reload as often as settings have it."""
        await self._reloads.keep_fresh(self._refresh)

    def health(self) -> Health:
        """Tell whether the gateway is connected, whether Discord takes what is written, and which edition serves."""
        edition = self._edition
        return Health(self._is_connected, edition.fingerprint if edition else None, self._rest.is_well)

    def _state(self) -> ProcessState:
        """Tell how things stand."""
        queue, edition = self._admission.queue, self._edition
        if edition is None:
            return ProcessState(self._is_connected, queue.waiting, queue.at_work)
        served = edition.fingerprint, len(edition.articles), len(edition.index)
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
        """Report a question without an answer, and count it where it was put to all of the coverage.

        Its words are for moderators where it is public in a home server; anywhere else it is a number.
        """
        is_public = self._homes.is_home(server)
        if refusal.scope is None:
            self._gaps.note(refusal, is_public=is_public)
        self._reports.note_refusal(refusal, is_public=is_public)

    async def _note_vote(self, vote: Vote) -> None:
        """Report a vote, with the words of its question where that is public in a home server."""
        self._reports.note_vote(vote, is_public=self._homes.is_home(vote.public_guild_id))

    async def _tell_moderators(self, card: Card) -> None:
        """Write to the moderators' channel, where there is one."""
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


def _commands(  # noqa: PLR0913 (what they are about)
    handler: RequestHandler,
    reloads: Reloads,
    gaps: GapCounter,
    moderators: Moderators,
    *,
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
        corpus_commands(handler, reloads, gaps, moderators, settings=settings, translations=translations),
    ]
