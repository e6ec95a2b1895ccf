"""The command tree, written to Discord only when it changed: creations are limited to 200 a day."""

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import discord
from discord import app_commands
from discord.http import Route

from bot.chat.assembly import Parts
from bot.chat.chat_errors import DELIVERY_ERRORS
from bot.chat.exchange.delivery import deliver
from bot.chat.exchange.interaction_exchange import InteractionExchange

logger = logging.getLogger(__name__)

Payload = Mapping[str, Any]

_VALUES = (
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "required",
    "nsfw",
    "min_length",
    "max_length",
    "value",
)
# Discord fills these in where they are not given.
_FILLED_IN = ("contexts", "integration_types")

Commands = list[dict[str, Any]]

HOME_ONLY = {"home_only": True}
"""The extras of a command that is for home servers alone."""

_GLOBAL_ONLY = {"contexts", "integration_types", "dm_permission"}
# In more servers it would take too long to look for what an earlier setting left there.
_MOST_TIDIED = 50

_INSTALLS = app_commands.AppInstallationType(guild=True, user=True)
_CONTEXTS = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)


def is_current(ours: Iterable[Payload], theirs: Iterable[Payload]) -> bool:
    """Whether two lists contain the same commands, in any order."""
    wanted, present = _by_identity(ours), _by_identity(theirs)

    def is_same(command: Payload, other: Payload) -> bool:
        compared = [key for key in _FILLED_IN if command.get(key)]
        return _normal_form(command, compared) == _normal_form(other, compared)

    return wanted.keys() == present.keys() and all(is_same(wanted[identity], present[identity]) for identity in wanted)


def _by_identity(commands: Iterable[Payload]) -> dict[tuple[int, str], Payload]:
    return {(command.get("type") or 1, command["name"]): command for command in commands}


def _normal_form(item: Payload, sets: Iterable[str] = ()) -> dict[str, Any]:
    """Reduce a command or option to its comparable fields; empty, null, false and absent are the same."""
    form = {key: item[key] for key in _VALUES if item.get(key)}
    form |= {key: sorted(item.get(key) or ()) for key in sets}
    permissions = item.get("default_member_permissions")
    # Sent as a number, given back as a string; "0" hides a command from all, null from nobody.
    form["permissions"] = None if permissions is None else int(permissions)
    form["type"] = item.get("type") or 1
    form["options"] = [_normal_form(option) for option in item.get("options") or ()]
    form["choices"] = [_normal_form(choice) for choice in item.get("choices") or ()]
    return form


def _for_scope(place: int | None, commands: Commands) -> Commands:
    """Return commands as payloads of a scope: in a server without the fields of global commands."""
    if place is None:
        return commands
    return [{key: command[key] for key in command.keys() - _GLOBAL_ONLY} for command in commands]


class CommandTree(app_commands.CommandTree[discord.Client]):
    """The bot's commands, brought to Discord: to the given servers, or everywhere when none is given.

    Those for home servers alone go there; while no server is home, to where the others are, and are closed in code to
    all but the application's owners.
    """

    def __init__(self, client: discord.Client, parts: Parts) -> None:
        super().__init__(client, allowed_installs=_INSTALLS, allowed_contexts=_CONTEXTS)
        self._handler, self._seen, self._homes = parts.handler, parts.seen, parts.homes
        self._guild_ids = parts.settings.guild_ids
        self._turn = asyncio.Lock()

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Drop an interaction that a resumed session repeats."""
        return self._seen.first_time(interaction.id)

    async def on_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError, /) -> None:
        """Report an error, and sync the commands where Discord's copy is outdated.

        An autocompletion is answered without choices.
        """
        if interaction.type is discord.InteractionType.autocomplete:
            with suppress(*DELIVERY_ERRORS):
                await interaction.response.autocomplete([])
        else:
            await self._handler.report_error(error, InteractionExchange(interaction, private=True))
        if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
            await self.sync_changes()

    async def sync_changes(self) -> None:
        """Write changed commands to Discord; log a failure, which leaves mentions and old commands working."""
        async with self._turn:
            for guild, commands in self._scopes(await self._payloads()).items():
                try:
                    await self._write_changes(guild, commands)
                except DELIVERY_ERRORS as error:
                    level = logging.WARNING if commands or guild is None else logging.DEBUG
                    logger.log(level, "Commands could not be written to %s: %s", guild or "Discord", error)

    def _scopes(self, payloads: Sequence[tuple[dict[str, Any], bool]]) -> Mapping[int | None, Commands]:
        """Return the commands of each scope, a server's id or None for global; empty lists delete leftovers."""
        homes, present = self._homes.ids, self._homes.present
        places: Sequence[int | None] = self._guild_ids or [None]
        scopes: dict[int | None, Commands] = {}
        for place in places:
            scopes[place] = _for_scope(place, [payload for payload, home_only in payloads if not home_only])
        for place in places if homes is None else sorted(homes & present or homes):
            at_home = _for_scope(place, [payload for payload, home_only in payloads if home_only])
            scopes[place] = [*scopes.get(place, []), *at_home]
        tidied = sorted(present) if len(present) <= _MOST_TIDIED else []
        # Commands that an earlier setting left would show up twice, or where they are of no use.
        return scopes | {place: [] for place in (None, *tidied) if place not in scopes}

    async def _payloads(self) -> list[tuple[dict[str, Any], bool]]:
        translator, payloads = self.translator, []
        for command in self.get_commands():
            laid_out = command.get_translated_payload(self, translator) if translator else None
            payload = await laid_out if laid_out else command.to_dict(self)
            payloads.append((payload, command.extras.get("home_only", False)))
        return payloads

    async def _write_changes(self, guild: int | None, commands: Commands) -> None:
        http = self.client.http
        place = f"/applications/{self.client.application_id}"
        place += f"/guilds/{guild}/commands" if guild else "/commands"
        # discord.py's own listing leaves localisations out, so that every command would look changed.
        listing = {"with_localizations": "true"}
        present = await deliver(lambda: http.request(Route("GET", place), params=listing))
        if not is_current(commands, present):
            await deliver(lambda: http.request(Route("PUT", place), json=commands))
            logger.info("Commands written to %s", guild or "Discord")
