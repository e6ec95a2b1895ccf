"""The Discord client: gateway events passed on to conversations, commands and the watchdog; the welcome to servers."""

import asyncio
import logging
from collections.abc import Collection, Coroutine, Iterable
from contextlib import suppress
from typing import Any

import discord
from discord import app_commands
from discord.http import Route

from bot.chat.assembly import Parts
from bot.chat.cards.card import Card
from bot.chat.cards.introduction_card import welcome_card
from bot.chat.chat_errors import DELIVERY_ERRORS, is_lost_connection
from bot.chat.commands.ask_command import AnyCommand
from bot.chat.commands.command_sync import CommandTree
from bot.chat.conversations import Conversations
from bot.chat.discord_setup import RestRequests, find_gateway
from bot.chat.exchange.delivery import request_trace, send_card
from bot.chat.missed_questions import MissedQuestions
from bot.chat.permissions import owners_of
from bot.chat.request_handler import RequestHandler
from bot.ops.watchdog import RestWatch, SessionWatch
from bot.retrieval import SearchError

logger = logging.getLogger(__name__)

_INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
# Where Discord asks for a longer wait, discord.py raises instead; it takes no less than this.
_LONGEST_RATE_LIMIT = 30.0
_RESUMABLE_CLOSE = 4000
_PROBE = 15.0
# The welcome takes as long as any other reply may.
_PATIENCE = 40.0


class IsnadClient(discord.Client):
    """Answers mentions, direct messages and slash commands; subclasses report their sessions to the watchdog."""

    def __init__(
        self,
        parts: Parts,
        watch: SessionWatch,
        rest: RestWatch,
        missed: MissedQuestions,
        commands: Iterable[AnyCommand],
        **options: Any,
    ) -> None:
        handler, settings = parts.handler, parts.settings
        super().__init__(
            intents=_INTENTS,
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=_LONGEST_RATE_LIMIT,
            max_messages=None,
            activity=discord.CustomActivity(name=handler.texts("presence.ask")),
            http_trace=request_trace(),
            **options,
        )
        self.watch, self.rest = watch, rest
        self._requests = RestRequests(self.http, rest)
        self._settings, self.handler, self._homes = settings, handler, parts.homes
        self._conversations = Conversations(handler, parts.seen, settings.channel_ids)
        self._tree = CommandTree(self, parts)
        for command in commands:
            self._tree.add_command(command)
        self._missed = missed
        self._tasks: set[asyncio.Task[None]] = set()
        self._has_synced = False
        self._synced_for: frozenset[int] | None = None

    async def start_with(self, translator: app_commands.Translator) -> None:
        token = self._settings.token
        await self._tree.set_translator(translator)
        await self.start(token.get_secret_value() if token else "")

    async def connect(self, *, reconnect: bool = True) -> None:
        """Stay connected; raise what ended the connection."""
        try:
            await super().connect(reconnect=reconnect)
        except AttributeError as error:
            # After a first connection that failed, discord.py looks into the session that there never was.
            cause = error.__context__
            if isinstance(cause, Exception) and is_lost_connection(cause):
                raise cause from None
            raise

    async def setup_hook(self) -> None:
        await find_gateway(self, self._settings)
        self._homes.owners = owners_of(self.application)

    async def close(self) -> None:
        """Cancel background tasks, then close the connections that they use."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._conversations.close()
        await self._requests.close()
        await super().close()

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """Drop events once the client is closed: discord.py dispatches `ready` even while it is torn down."""
        if not self.is_closed():
            super().dispatch(event, *args, **kwargs)

    async def probe(self) -> None:
        """Test a silent session: end its connection, so that a live one is resumed."""

    async def probe_rest(self) -> None:
        """Make a small request, whose outcome the watchdog records."""
        with suppress(*DELIVERY_ERRORS):
            async with asyncio.timeout(_PROBE):
                await self.http.request(Route("GET", "/users/@me"))

    async def on_connect(self) -> None:
        """Update the home servers when a session begins."""
        self._update_homes()

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Update the home servers where one is new, and warn of a moderator channel that is not at home.

        A server that the bot joins while a session begins is announced by this event alone.
        """
        if guild.id not in self._homes.present:
            self._update_homes()
        channel = self._settings.moderator_channel_id
        is_elsewhere = self._homes.ids is not None and not self._homes.is_home(guild.id)
        if channel is not None and is_elsewhere and guild.get_channel_or_thread(channel):
            logger.warning(
                "DISCORD_MODERATOR_CHANNEL_ID is a channel of %s, which is not home; reports go there all the same",
                guild.id,
            )

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Update the home servers after the bot joined one, and introduce it there."""
        self._update_homes(joined=guild.id)
        if self.user is not None:
            self._start_task(welcome(self.handler, guild, self._settings.channel_ids, self.user.id))

    async def on_guild_remove(self, _: discord.Guild) -> None:
        self._update_homes()

    def _update_homes(self, *, joined: int | None = None) -> None:
        """Update the home servers, and sync the commands in the background, so that mentions need not wait.

        A home that becomes undetermined leaves them where they are: whoever adds the bot and takes it away time and
        again must not use up how many commands Discord lets it create in a day.
        """
        self._homes.update([guild.id for guild in self.guilds])
        homes = self._homes.ids
        is_served = joined in self._settings.guild_ids or self._homes.is_home(joined)
        if not self._has_synced or is_served or (homes is not None and homes != self._synced_for):
            self._has_synced, self._synced_for = True, homes
            self._start_task(self._tree.sync_changes())

    async def on_socket_event_type(self, _: str) -> None:
        self.watch.heard()

    def ask_missed(self, guilds: Iterable[discord.Guild]) -> None:
        """Answer, in the background, the questions that servers asked while no session was open."""
        self._start_task(self._missed.ask(self, guilds, self.on_message, self.rest.clock_ahead))

    def _start_task(self, work: Coroutine[Any, Any, None]) -> None:
        """Run a background task until the client closes; drop it where the client is closed already."""
        if self.is_closed():
            work.close()
            return
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def on_message(self, message: discord.Message) -> None:
        if message.guild is None:
            self._missed.note_direct(message.channel.id)
        if self.user is not None:
            await self._conversations.on_message(message, self.user.id)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        if self.user is not None:
            await self._conversations.on_edit(payload.message, self.user.id)

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        await self._conversations.on_delete([payload.message_id])

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        await self._conversations.on_delete(payload.message_ids)

    async def on_error(self, event_method: str, /, *_: Any, **__: Any) -> None:
        logger.error("Failed at %s", event_method, exc_info=True)  # noqa: LOG014 (discord.py calls this while handling)


class SingleClient(IsnadClient):
    """A client with one session, number 0."""

    async def on_connect(self) -> None:
        """Report session 0 as open."""
        self.watch.back(0)
        await super().on_connect()

    async def on_resumed(self) -> None:
        self.watch.back(0)

    async def on_ready(self) -> None:
        """Answer questions from before the session."""
        self.ask_missed(self.guilds)

    async def on_disconnect(self) -> None:
        self.watch.lost(0)

    async def probe(self) -> None:
        """End the connection with a code that keeps the session."""
        if self.ws is not None:
            await self.ws.close(code=_RESUMABLE_CLOSE)


class ShardedClient(IsnadClient, discord.AutoShardedClient):
    """A client with a session for each shard; with so many servers, no session is silent."""

    async def on_shard_connect(self, shard: int) -> None:
        self.watch.back(shard)

    async def on_shard_ready(self, shard: int) -> None:
        self.ask_missed(guild for guild in self.guilds if guild.shard_id == shard)

    on_shard_resumed = on_shard_connect

    async def on_shard_disconnect(self, shard: int) -> None:
        self.watch.lost(shard)


async def welcome(handler: RequestHandler, guild: discord.Guild, channels: Collection[int], me: int) -> None:
    """Send one card to a server that the bot joined, where it may write; nothing where it may nowhere."""
    place = find_welcome_channel(guild, channels)
    if place is None:
        return

    def laid_out() -> Card:
        return welcome_card(handler.texts, handler.summarise(handler.editions.current), f"<@{me}>")

    card = None
    while card is None:
        try:
            card = await handler.answer_worker.run(laid_out)
        except SearchError as error:
            handler.search.failed(error)
            await handler.search.wait_until_back()
    try:
        async with asyncio.timeout(_PATIENCE):
            # Another process, which runs beside this one during a deploy, welcomes as well: Discord takes the first.
            await send_card(place.send, card, nonce=f"hi{guild.id}")
    except DELIVERY_ERRORS:
        logger.warning("The welcome could not be sent in the server %s", guild.id, exc_info=True)


def find_welcome_channel(guild: discord.Guild, channels: Collection[int]) -> discord.TextChannel | None:
    """Return the channel for the welcome: one that the bot answers in, else that for newcomers, or the first.

    Only channels count in which the bot may write and everybody may read.
    """

    def is_open(place: discord.TextChannel) -> bool:
        mine, everyone = place.permissions_for(place.guild.me), place.permissions_for(place.guild.default_role)
        return mine.view_channel and mine.send_messages and everyone.view_channel

    first = [guild.system_channel] if guild.system_channel else []
    answered = [channel for channel in guild.text_channels if channel.id in channels]
    places = answered if channels else [*first, *guild.text_channels]
    return next(filter(is_open, places), None)
