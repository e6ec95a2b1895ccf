"""The command tree: lets each interaction in once, and reports what goes wrong before a command runs."""

import discord
from discord import app_commands

from bot.chat.choices import offer_nothing
from bot.chat.desk import Desk
from bot.chat.home_servers import HomeServers
from bot.chat.incoming import Seen
from bot.chat.interaction_exchange import InteractionExchange
from bot.chat.sync import CommandSync

_INSTALLS = app_commands.AppInstallationType(guild=True, user=True)
_CONTEXTS = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)


class Tree(app_commands.CommandTree[discord.Client]):
    """The bot's commands."""

    def __init__(
        self, client: discord.Client, desk: Desk, seen: Seen, guild_ids: tuple[int, ...], homes: HomeServers
    ) -> None:
        super().__init__(client, allowed_installs=_INSTALLS, allowed_contexts=_CONTEXTS)
        self._desk = desk
        self._seen = seen
        self.sync_changes = CommandSync(self, guild_ids, homes).run

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Drop an interaction that a resumed session sends again."""
        return self._seen.first_time(interaction.id)

    async def on_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError, /) -> None:
        """Report an error; where Discord's copy of the commands is stale, bring it up to date.

        Who is still typing into a command can be given choices alone, and is given none.
        """
        if interaction.type is discord.InteractionType.autocomplete:
            await offer_nothing(interaction)
        else:
            await self._desk.tell(error, InteractionExchange(interaction, private=True))
        if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
            await self.sync_changes()
