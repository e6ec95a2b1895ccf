"""The Discord service: keeps a client of the bot's parts running until told to stop."""

import asyncio
import logging
from collections.abc import Callable, Collection
from contextlib import AsyncExitStack, suppress
from datetime import date
from pathlib import Path

import discord

from bot.chat.assembly import Materials, Parts
from bot.chat.cards.card import notice
from bot.chat.chat_errors import fatal_error_key, is_lost_connection
from bot.chat.client import IsnadClient, ShardedClient, SingleClient
from bot.chat.commands.addition_commands import AdditionForms
from bot.chat.commands.command_list import all_commands
from bot.chat.commands.translations import CommandTranslations
from bot.chat.discord_setup import configure_discord
from bot.chat.exchange.delivery import ready_client
from bot.chat.missed_questions import MissedQuestions
from bot.chat.session import FAREWELL, SessionLostError, run_session, start_line
from bot.edition import PASSING, Edition, Editions
from bot.errors import TextError
from bot.ops.health import BuildProgress, Health, SourceDetail, beat, health_server
from bot.ops.metrics import ProcessState
from bot.ops.supervision import Backoff, done_before_stop, in_background, keep_running, stop_on_signals
from bot.ops.watchdog import RestWatch, SessionWatch, WorkerWatch
from bot.texts import Texts, error_text
from bot.workers.threads import set_switch_interval, tune_gc

logger = logging.getLogger(__name__)

# EX_CONFIG of sysexits.h: starting again helps only after a person has changed something.
EXIT_REFUSED = 78

# A process that stops beside this one, as in a deploy, may be killed at any time.
_TOLD_EVERY = 30.0


async def serve(made_of: Materials, start: Callable[[], object], *, texts: Texts) -> int:
    """Run the bot on Discord; return the exit code.

    `start` starts the editions, in a thread: meanwhile the port says how far it is, and signals are heard. What it
    raises is raised here; only a cluster that is away, or has nothing to serve yet, is waited for. `texts` are for
    whoever reads the log, not for members.
    """
    set_switch_interval()
    stop = asyncio.Event()
    stop_on_signals(stop)
    service, editions, ops = Service(made_of, stop), made_of.editions, made_of.settings.ops
    async with (
        AsyncExitStack() as stack,
        health_server(ops.port, service.health, service.parts.handler.metrics, ops.health_host),
    ):
        # The reload that runs at a stop.
        stack.callback(editions.cancel, None)
        if not await start_once_published(start, editions, stop, made_of.settings.search.poll_seconds, texts):
            return 0
        tune_gc()
        return await _run(service, made_of, stop, texts)


async def start_once_published(
    start: Callable[[], object], editions: Editions, stop: asyncio.Event, seconds: float, texts: Texts
) -> bool:
    """Start editions; return whether that was done before a stop.

    While a cluster is away, full or empty, try again every so many seconds, and log why once in a row.
    """
    said = ""
    while not stop.is_set():
        try:
            return await done_before_stop(start, stop, lambda: editions.cancel(None))
        except PASSING as error:
            # A server that is away says so in other words each time.
            if error.key != said:
                words = error_text(error, texts, lambda value, _: str(value))
                logger.warning("No edition to serve yet, the start waits for one: %s", words)
                said = error.key
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), seconds)
    return False


async def _run(service: "Service", made_of: Materials, stop: asyncio.Event, texts: Texts) -> int:
    """Keep the service running until told to stop; return the exit code."""
    parts, settings = service.parts, made_of.settings
    async with AsyncExitStack() as stack:
        for work, loss in (
            (service.worker.run(), "Stuck answers go unnoticed from now on"),
            (service.announce(), "The line that says where the bot answers could not be logged"),
            (beat(settings.ops.heartbeat_url, lambda: service.health().ok), "HEARTBEAT_URL gets no more heartbeats"),
            (parts.handler.search.run(), "A search server that comes back is not noticed from now on"),
            (parts.reloads.keep_fresh(settings.corpus.refresh), "The coverage is reloaded by command only"),
            (
                parts.reloads.keep_following(settings.search.poll_seconds),
                "Editions that other processes publish are not taken over from now on",
            ),
            (parts.records.run(), "Votes, bells and figures are not written from now on"),
            (parts.open_refusals.run(), "Refusals no longer turn into answers"),
            (parts.news_desk.run(), "New articles are not posted from now on"),
            (parts.source_watch.run(), "Sources that fail and outlets that are silent go unnoticed from now on"),
            (parts.reports.run(), "Unanswered questions are not reported from now on"),
            (service.tell_interrupted(), "Askers whom a killed process left waiting get no reply"),
            (service.resume_additions(), "Articles that a killed process was adding or removing are not settled"),
        ):
            await stack.enter_async_context(in_background(work, f"{loss}; restart the bot"))
        try:
            await keep_running(
                service.attempt,
                stop=stop,
                is_final=lambda error: fatal_error_key(error) is not None,
                is_expected=lambda error: isinstance(error, SessionLostError) or is_lost_connection(error),
                backoff=Backoff(),
            )
        except Exception as error:
            if (key := fatal_error_key(error)) is None:
                raise
            logger.critical("%s", texts(key))
            return EXIT_REFUSED
    return 0


class Service:
    """The parts that outlive a client, and the client that there is."""

    def __init__(self, made_of: Materials, stop: asyncio.Event) -> None:
        self._settings = made_of.settings.discord
        configure_discord(self._settings)
        self._editions = made_of.editions
        self._stop = stop
        self._client: IsnadClient | None = None
        self.parts = parts = Parts(made_of, stop, find_client=lambda: self._client)
        parts.handler.metrics.watch_state(self._state)
        self._translations = CommandTranslations(made_of.texts)
        self._forms = AdditionForms(parts)
        self._commands = all_commands(parts, self._forms, self._translations)
        self._rest = RestWatch()
        self._missed = MissedQuestions()
        self.worker = WorkerWatch(parts.handler.answer_worker)

    async def attempt(self) -> None:
        """Run a fresh client: one that failed to connect cannot be used again."""
        is_another, self._client = self._client is not None, self._new_client()
        if is_another:
            # Nobody is connected who would have to wait, and the one before is free now.
            tune_gc(anew=True)
        self._client.event(self.on_interaction)
        start = self._client.start_with(self._translations)

        async def farewell() -> None:
            """Send and write what waits, for as long as the session waits for that."""
            await asyncio.gather(self.parts.reports.flush(), self.parts.records.flush(FAREWELL))

        await run_session(self._client, start, self._stop, farewell)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Pass a press, a choice or a form on; commands go to the client's tree."""
        await self._forms.on_interaction(interaction)
        await self.parts.buttons.on_interaction(interaction)

    async def resume_additions(self) -> None:
        """Finish what a killed process had begun with added articles, once the moderators can be told of it."""
        await ready_client(lambda: self._client)
        await self.parts.additions.resume()

    async def tell_interrupted(self) -> None:
        """Tell whom other processes left waiting, and answer their direct messages, until cancelled."""
        replies, card = self.parts.open_replies, notice(self.parts.handler.texts("error.interrupted"))
        try:
            while True:
                client = await ready_client(lambda: self._client)
                channels = await replies.tell(client, card)
                for channel in channels:
                    self._missed.note_direct(channel)
                if channels:
                    client.ask_missed(())
                await asyncio.sleep(_TOLD_EVERY)
        finally:
            await replies.close()

    async def announce(self) -> None:
        """Log once, in one line, as whom and where the bot answers, and from what."""
        client = await ready_client(lambda: self._client)
        logger.info("%s", start_line(client, self._editions, self.parts.homes))

    def health(self) -> Health:
        """Return whether the gateway is connected, REST requests succeed and answers come, and which edition serves.

        A search server counts as away after a minute. While the first is built, say how far that is.
        """
        edition, running = self._edition, self._editions.running
        progress = BuildProgress(running.stage, running.done, running.total) if running and edition is None else None
        fingerprint = edition.fingerprint if edition else None
        search = self.parts.handler.search.is_well
        return Health(
            self._is_connected,
            fingerprint,
            self._rest.is_well,
            self.worker.is_well,
            search,
            progress,
            reload_overdue=running is not None and running.is_overdue,
            ill=[_detail(one.source, one.moment, one.error) for one in self.parts.source_watch.ill],
            stale=[_detail(one.outlet, one.newest) for one in self.parts.handler.stale],
        )

    def _state(self) -> ProcessState:
        parts, handler, edition = self.parts, self.parts.handler, self._edition
        return ProcessState(
            self._is_connected,
            handler.queue.waiting,
            handler.queue.at_work,
            edition=edition.fingerprint if edition else None,
            articles=len(edition.catalogue) if edition else 0,
            passages=len(edition.index) if edition else 0,
            records=parts.records.state,
            search_away=handler.search.seconds,
            sources_ill=len(parts.source_watch.ill),
            outlets_stale=len(handler.stale),
        )

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

    def _new_client(self) -> IsnadClient:
        count, shards = self._settings.shard_count, self._settings.shard_ids
        ids: Collection[int] = shards or range(count or 1)
        sessions = SessionWatch(ids)
        shared = self.parts, sessions, self._rest, self._missed, self._commands
        if count is None:
            return SingleClient(*shared)
        return ShardedClient(*shared, shard_count=count, shard_ids=list(ids))


def _detail(name: Path | str, since: date, error: TextError | None = None) -> SourceDetail:
    """Name a source as it may be shown to strangers, of a path its end alone."""
    return SourceDetail(name.name if isinstance(name, Path) else name, since.isoformat(), error.key if error else "")
