"""The Discord service: keeps a client of the bot's parts running until told to stop."""

import asyncio
import logging
from collections.abc import AsyncIterator, Collection, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import replace
from typing import Any

from bot.answering import Answerer, Gaps
from bot.articles.importing import AddedArticles
from bot.chat.assembly import Parts
from bot.chat.buttons import button_class
from bot.chat.client import IsnadClient, ShardedClient, SingleClient
from bot.chat.commands import AdditionForms, CommandTranslations, all_commands
from bot.chat.discord_errors import fatal_error_key
from bot.chat.discord_setup import configure_discord
from bot.chat.missed_questions import MissedQuestions
from bot.chat.session import FAREWELL, run_session
from bot.edition import Edition, Editions
from bot.ops.health import Health, health_server
from bot.ops.metrics import ProcessState
from bot.ops.supervision import Backoff, keep_running, stop_on_signals
from bot.ops.watchdog import RestWatch, SessionWatch
from bot.records import Records
from bot.settings import Settings
from bot.texts import Texts
from bot.threads import set_switch_interval, tune_gc

logger = logging.getLogger(__name__)

# EX_CONFIG of sysexits.h: starting again helps only after a person has changed something.
EXIT_REFUSED = 78

# Chosen: a second more or less of waiting for Discord is not noticed.
_CONNECTED_EVERY = 0.5


async def serve(  # noqa: PLR0913 (what the bot is made of)
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
    ops, parts = settings.ops, service.parts
    async with AsyncExitStack() as stack:
        watched = health_server(ops.port, service.health, parts.metrics, ops.health_host)
        await stack.enter_async_context(watched)
        for work, loss in (
            (parts.reloads.keep_fresh(settings.corpus.refresh), "The coverage is not kept fresh any more"),
            (parts.records.run(), "Nothing is written to the records any more"),
            (parts.open_refusals.run(), "No refusal turns into an answer any more"),
            (parts.news_desk.run(), "What is new is not told any more"),
            (parts.figures.run(), "Questions and votes are not counted any more"),
            (service.resume_additions(), "What was begun before a restart was not finished"),
        ):
            await stack.enter_async_context(_in_background(work, loss))
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
    """The parts that outlive a client, and the client that there is."""

    def __init__(  # noqa: PLR0913 (what the bot is made of)
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
        configure_discord(settings.discord)
        self._settings = settings.discord
        self._editions = editions
        self._stop = stop
        self._client: IsnadClient | None = None
        self.parts = parts = Parts(
            settings,
            texts,
            editions,
            answerer,
            stop,
            gaps=gaps,
            records=records,
            added=added,
            find_client=lambda: self._client,
        )
        parts.metrics.watch_state(self._state)
        self._translations = CommandTranslations()
        self._forms = AdditionForms(parts)
        self._commands = all_commands(parts, self._forms, self._translations)
        self._buttons = button_class(parts.buttons.dispatch)
        self._rest = RestWatch()
        self._missed = MissedQuestions()

    async def attempt(self) -> None:
        """Run a fresh client: one that failed to connect cannot be used again."""
        self._client = self._new_client()
        self._client.add_dynamic_items(self._buttons)
        self._client.event(self._forms.on_interaction)
        start = self._client.start_with(self._translations)
        await run_session(self._client, start, self.parts.in_flight, self._stop, self._farewell)

    async def _farewell(self) -> None:
        """Send and write what waits, for as long as the session waits for that."""
        await asyncio.gather(self.parts.reports.flush(), self.parts.records.flush(FAREWELL))

    async def resume_additions(self) -> None:
        """Finish what a killed process had begun with added articles, once the moderators can be told of it."""
        while not self._is_connected:  # noqa: ASYNC110 (nobody tells of it)
            await asyncio.sleep(_CONNECTED_EVERY)
        await self.parts.additions.resume()

    def health(self) -> Health:
        """Return whether the gateway is connected and REST requests succeed, and which edition serves."""
        edition = self._edition
        return Health(self._is_connected, edition.fingerprint if edition else None, self._rest.is_well)

    def _state(self) -> ProcessState:
        """Return the values of the gauges."""
        queue, edition = self.parts.admission.queue, self._edition
        state = ProcessState(self._is_connected, queue.waiting, queue.at_work, records=self.parts.records.state)
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

    def _new_client(self) -> IsnadClient:
        count, shards, parts = self._settings.shard_count, self._settings.shard_ids, self.parts
        ids: Collection[int] = shards or range(count or 1)
        sessions = SessionWatch(ids)
        shared = (self._settings, parts.handler, parts.seen, sessions, self._rest, self._missed, self._commands)
        if count is None:
            return SingleClient(*shared, homes=parts.homes)
        return ShardedClient(*shared, homes=parts.homes, shard_count=count, shard_ids=list(ids))
