"""Decide by which installation of the application somebody uses it in a place."""

from typing import Any

from tests.discord_server.command_kinds import Context, InstallKind
from tests.discord_server.entities import Channel, User
from tests.discord_server.permissions import Permission
from tests.discord_server.world import World

Json = dict[str, Any]
# By kind of installation, the guild or the person that installed the application, as interactions state it.
Owners = dict[str, str]

GUILD_KEY, USER_KEY = str(int(InstallKind.GUILD)), str(int(InstallKind.USER))
_SHAPING = Permission.ATTACH_FILES | Permission.EMBED_LINKS | Permission.MENTION_EVERYONE
_SHAPING_HERE = _SHAPING | Permission.USE_EXTERNAL_EMOJIS


def context_of(channel: Channel) -> Context:
    """Return the kind of place that a channel is for a command."""
    if channel.guild_id is not None:
        return Context.GUILD
    return Context.PRIVATE if channel.is_private else Context.BOT_DIRECT


def place_owners(channel: Channel, world: World) -> Owners:
    """Return who installed the application in a place, if it is there."""
    guild = world.guild_of(channel)
    if guild is not None:
        return {GUILD_KEY: str(guild.id)} if world.bot.id in guild.members else {}
    return {} if channel.is_private else {GUILD_KEY: "0"}


def command_owners(command: Json, channel: Channel, user: User, world: World) -> Owners:
    """Return the installations by which somebody can call a command in a channel; none if there is no way."""
    kinds = command["integration_types"]
    owners = place_owners(channel, world) if InstallKind.GUILD in kinds else {}
    is_installed = InstallKind.USER in kinds and user.id in world.installed_by
    return owners | ({USER_KEY: str(user.id)} if is_installed else {})


def is_foreign(owners: Owners) -> bool:
    """Say whether the application is used where only a person installed it."""
    return GUILD_KEY not in owners


def is_hushed(owners: Owners, channel: Channel, user: User, world: World) -> bool:
    """Say whether Discord shows what the application answers to nobody but the person who uses it."""
    is_in_guild = channel.guild_id is not None
    return is_in_guild and is_foreign(owners) and not world.permissions(channel, user) & Permission.USE_EXTERNAL_APPS


def app_permissions(channel: Channel, user: User, world: World) -> int:
    """Return what the application may do in a place; where its bot is not, it speaks as the person who uses it."""
    guild = world.guild_of(channel)
    if guild is None:
        return _SHAPING if channel.is_private else _SHAPING_HERE
    if world.bot.id in guild.members:
        return world.permissions(channel, world.bot)
    return world.permissions(channel, user) & _SHAPING_HERE
