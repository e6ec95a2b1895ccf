"""Be the smallest bot that shows every side of the server."""

import asyncio
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
import yarl

from tests.discord_server import DiscordServer
from tests.patience import waiting_for

with warnings.catch_warnings():
    # Up to Python 3.12 this import warns of a voice module, and the tests make errors of warnings.
    warnings.simplefilter("ignore", DeprecationWarning)
    import discord
    from discord import app_commands
    from discord.gateway import DiscordWebSocket
    from discord.http import Route

OnMessage = Callable[[discord.Message], Awaitable[object]]
OnInteraction = Callable[[discord.Interaction], Awaitable[object]]


class SmallClient(discord.Client):
    """Answer messages and one command by functions that each test brings along."""

    def __init__(self, intents: discord.Intents | None = None) -> None:
        # No waiting for more guilds, and no pause before a second IDENTIFY: tests have no time for either.
        super().__init__(intents=intents or _modest_intents(), guild_ready_timeout=0.0)
        self.tree = app_commands.CommandTree(self)
        self.heard: list[discord.Message] = []
        self.errors: list[BaseException] = []
        self.answers_message: OnMessage | None = None
        self.answers_interaction: OnInteraction | None = None
        self.tree.add_command(app_commands.Command(name="اسأل", description="اسأل التغطية", callback=self._ask))

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        del shard_id, initial

    async def on_message(self, message: discord.Message) -> None:
        if message.author == self.user:
            return
        self.heard.append(message)
        if self.answers_message is not None:
            await self._guarded(self.answers_message(message))

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        if interaction.type is discord.InteractionType.component and self.answers_interaction is not None:
            await self._guarded(self.answers_interaction(interaction))

    @app_commands.rename(question="سؤال")
    async def _ask(self, interaction: discord.Interaction, question: str) -> None:
        interaction.extras["question"] = question
        if self.answers_interaction is not None:
            await self._guarded(self.answers_interaction(interaction))

    def next_event(self, name: str) -> Awaitable[Any]:
        """Wait from now on for the next event of that name."""
        return self._next_event(name, self.wait_for(name))

    async def _next_event(self, name: str, event: Awaitable[Any]) -> Any:
        async with waiting_for(f"the event {name!r}"):
            return await event

    async def _guarded(self, answer: Awaitable[object]) -> None:
        try:
            await answer
        except discord.DiscordException as error:
            self.errors.append(error)

    @asynccontextmanager
    async def running(
        self, server: DiscordServer, monkeypatch: pytest.MonkeyPatch
    ) -> AsyncIterator[asyncio.Task[None]]:
        """Connect to the server for as long as the context lasts, and hand out the running client."""
        monkeypatch.setattr(Route, "BASE", server.api_url)
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(server.gateway_url))
        task = asyncio.create_task(self.start(server.token))
        try:
            yield task
        finally:
            await self.close()
            await asyncio.gather(task, return_exceptions=True)


def _modest_intents() -> discord.Intents:
    return discord.Intents(guilds=True, messages=True)
