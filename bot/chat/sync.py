"""Commands are written to Discord only when they changed: creations are limited to 200 a day."""

import logging
from collections.abc import Iterable, Sequence
from typing import Any

import aiohttp
import discord
from discord import app_commands
from discord.http import Route

from bot.chat.command_form import is_current
from bot.chat.delivery import deliver

logger = logging.getLogger(__name__)

Commands = list[dict[str, Any]]

_GLOBAL_ONLY = {"contexts", "integration_types", "dm_permission"}


class CommandSync:
    """Brings the commands of a tree to Discord: to the given servers, or everywhere when none is given."""

    def __init__(self, tree: app_commands.CommandTree, guild_ids: Sequence[int]) -> None:
        self._tree = tree
        self._guild_ids = guild_ids

    async def run(self) -> None:
        """Write what changed; a failure is logged and leaves mentions and old commands working."""
        for guild, commands in self._scopes(await self._payload()):
            try:
                await self._write_changes(guild, commands)
            except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
                logger.warning("Commands could not be written to %s: %s", guild or "Discord", error)

    def _scopes(self, commands: Commands) -> Iterable[tuple[int | None, Commands]]:
        if not self._guild_ids:
            return [(None, commands)]
        in_guild = [{key: command[key] for key in command.keys() - _GLOBAL_ONLY} for command in commands]
        # Commands left over from a time without servers given would show up twice.
        return [*((guild, in_guild) for guild in self._guild_ids), (None, [])]

    async def _payload(self) -> Commands:
        translator = self._tree.translator
        if translator is None:
            return [command.to_dict(self._tree) for command in self._tree.get_commands()]
        return [await command.get_translated_payload(self._tree, translator) for command in self._tree.get_commands()]

    async def _write_changes(self, guild: int | None, commands: Commands) -> None:
        http = self._tree.client.http
        place = f"/applications/{self._tree.client.application_id}"
        place += f"/guilds/{guild}/commands" if guild else "/commands"
        # discord.py's own listing leaves localisations out, so that every command would look changed.
        listing = {"with_localizations": "true"}
        present = await deliver(lambda: http.request(Route("GET", place), params=listing))
        if not is_current(commands, present):
            await deliver(lambda: http.request(Route("PUT", place), json=commands))
            logger.info("Commands written to %s", guild or "Discord")
