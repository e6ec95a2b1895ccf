"""The Discord part of `check`: the token, the bot's servers, its permissions there, and channels and roles by id."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import discord

from bot.chat.chat_errors import DELIVERY_ERRORS
from bot.chat.discord_setup import configure_discord
from bot.chat.permissions import NEEDED, HomeServers, channel_permissions, missing_permissions
from bot.settings import DiscordSettings
from bot.texts import CheckResult

_TO_REPORT = discord.Permissions(view_channel=True, send_messages=True)
_COMMANDS = "applications.commands"
_FOR_ONESELF = "&integration_type=1"
_MOST_GUILDS = 200

Channels = Mapping[int, Mapping[str, Any] | None]
"""The channels that settings name, by id; None for one that the bot cannot see."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role by its name, and the server that has it."""

    name: str
    guild: int


async def inspect(settings: DiscordSettings) -> Sequence[CheckResult]:
    """Log in without connecting to the gateway, and return the results of all checks."""
    configure_discord(settings)
    token = settings.token.get_secret_value() if settings.token else ""
    async with discord.Client(intents=discord.Intents(guilds=True)) as client:
        try:
            await client.login(token)
            guilds: Sequence[Mapping[str, Any]] = await client.http.get_guilds(limit=_MOST_GUILDS)
            named = {*settings.channel_ids, settings.moderator_channel_id} - {None}
            channels = {identity: await _find_channel(client, identity) for identity in named if identity}
            roles = {
                int(role["id"]): Role(role["name"], int(guild["id"]))
                for guild in (guilds if settings.moderator_role_ids else ())
                for role in await client.http.get_roles(guild["id"])
            }
            held = {
                identity: await _held_in(client, guilds, channel) for identity, channel in channels.items() if channel
            }
        except discord.LoginFailure:
            return [CheckResult("check.token_refused", is_problem=True)]
        except DELIVERY_ERRORS as error:
            return [
                CheckResult("check.unreachable", is_problem=True, values={"words": str(error) or type(error).__name__})
            ]
        homes = HomeServers(settings)
        homes.update([int(guild["id"]) for guild in guilds])
        return [
            CheckResult("check.token_fine", values={"name": client.user and client.user.name}),
            *membership(guilds, settings.guild_ids),
            *home(guilds, homes),
            *answering(settings.channel_ids, channels),
            *reporting(settings.moderator_channel_id, channels, homes),
            *shut_channels(settings, channels, held),
            *moderating(settings.moderator_role_ids, roles, homes),
            *links(client.application_id or 0, settings.guild_ids),
        ]


def invite_link(application: int) -> str:
    return discord.utils.oauth_url(application, permissions=NEEDED, scopes=("bot", _COMMANDS))


def links(application: int, guild_ids: Sequence[int]) -> Iterator[CheckResult]:
    """Give the links that add the bot to a server and, unless its commands are limited to servers, to a user."""
    yield CheckResult("check.invite", values={"url": invite_link(application)})
    if not guild_ids:
        install = discord.utils.oauth_url(application, scopes=(_COMMANDS,)) + _FOR_ONESELF
        yield CheckResult("check.install", values={"url": install})


def membership(guilds: Sequence[Mapping[str, Any]], wanted: Sequence[int]) -> Iterator[CheckResult]:
    """Report configured servers without the bot, and servers where it lacks permissions."""
    present = {int(guild["id"]) for guild in guilds}
    if not guilds:
        yield CheckResult("check.no_guilds", is_problem=True)
    for absent in (identity for identity in wanted if identity not in present):
        yield CheckResult("check.guild_absent", is_problem=True, values={"guild": str(absent)})
    lacking = {guild["name"]: missing_permissions(int(guild["permissions"])) for guild in guilds}
    for name, missing in lacking.items():
        if missing:
            values = {"guild": name, "permissions": ", ".join(missing)}
            yield CheckResult("check.permissions_missing", is_problem=True, values=values)
    if guilds and not any(lacking.values()):
        yield CheckResult("check.permissions_fine", values={"count": len(guilds)})


def home(guilds: Sequence[Mapping[str, Any]], homes: HomeServers) -> Iterator[CheckResult]:
    """Report the home servers, and configured home servers without the bot."""
    names = {int(guild["id"]): guild["name"] for guild in guilds}
    if homes.ids is None and guilds:
        yield CheckResult("check.home_open", is_problem=True)
    for absent in sorted((homes.ids or frozenset()) - names.keys()):
        yield CheckResult("check.home_absent", is_problem=True, values={"guild": str(absent)})
    if found := sorted((homes.ids or frozenset()) & names.keys()):
        yield CheckResult("check.home_fine", values={"guilds": ", ".join(names[identity] for identity in found)})


def answering(wanted: Sequence[int], channels: Channels) -> Iterator[CheckResult]:
    """Report channels to answer in that the bot cannot see, and whether any is left."""
    seen = [channel.get("name", identity) for identity in wanted if (channel := channels.get(identity)) is not None]
    for hidden in (identity for identity in wanted if channels.get(identity) is None):
        values = {"channel": str(hidden), "variable": "DISCORD_CHANNEL_IDS"}
        yield CheckResult("check.channel_hidden", is_problem=True, values=values)
    if seen:
        yield CheckResult("check.channels_fine", values={"channels": ", ".join(map(str, seen))})
    elif wanted:
        yield CheckResult("check.channels_none", is_problem=True)


def moderating(wanted: Sequence[int], roles: Mapping[int, Role], homes: HomeServers) -> Iterator[CheckResult]:
    """Report roles of moderators that no home server has."""
    for identity in wanted:
        role = roles.get(identity)
        if role is None or (homes.ids is not None and not homes.is_home(role.guild)):
            yield CheckResult("check.role_absent", is_problem=True, values={"role": str(identity)})
        else:
            yield CheckResult("check.role_fine", values={"role": role.name})


def reporting(identity: int | None, channels: Channels, homes: HomeServers) -> Iterator[CheckResult]:
    """Report a moderators' channel that the bot cannot see, or that is outside the home servers."""
    if identity is None:
        return
    channel = channels.get(identity)
    if channel is None:
        values = {"channel": str(identity), "variable": "DISCORD_MODERATOR_CHANNEL_ID"}
        yield CheckResult("check.channel_hidden", is_problem=True, values=values)
    elif homes.ids is not None and not homes.is_home(int(channel.get("guild_id", 0))):
        yield CheckResult("check.channel_elsewhere", values={"channel": channel.get("name", str(identity))})


def shut_channels(
    settings: DiscordSettings, channels: Channels, held: Mapping[int, tuple[int, int]]
) -> Iterator[CheckResult]:
    """Report channels that take permissions away which the bot has in their server.

    `held` has the permissions in each channel and in its server, in this order.
    """
    reported_to = [settings.moderator_channel_id] if settings.moderator_channel_id else []
    for variable, identities, needed in (
        ("DISCORD_CHANNEL_IDS", settings.channel_ids, NEEDED),
        ("DISCORD_MODERATOR_CHANNEL_ID", reported_to, _TO_REPORT),
    ):
        for identity in identities:
            here, there = held.get(identity, (0, 0))
            name = (channels.get(identity) or {}).get("name", str(identity))
            elsewhere = missing_permissions(there, needed)
            missing = [word for word in missing_permissions(here, needed) if word not in elsewhere]
            if missing:
                values = {"channel": name, "variable": variable, "permissions": ", ".join(missing)}
                yield CheckResult("check.channel_shut", is_problem=True, values=values)


async def _held_in(
    client: discord.Client, guilds: Sequence[Mapping[str, Any]], channel: Mapping[str, Any]
) -> tuple[int, int]:
    """Fetch the bot's permissions in a channel and in its server, in this order; 0 where it is not in that."""
    base = {int(guild["id"]): int(guild["permissions"]) for guild in guilds}
    guild = int(channel.get("guild_id", 0))
    if guild not in base or client.user is None:
        return 0, 0
    member = await client.http.get_member(guild, client.user.id)
    roles = [int(role) for role in member["roles"]]
    return channel_permissions(channel, base[guild], roles, client.user.id), base[guild]


async def _find_channel(client: discord.Client, identity: int) -> Mapping[str, Any] | None:
    try:
        found: Mapping[str, Any] = await client.http.get_channel(identity)
    except (discord.Forbidden, discord.NotFound):
        return None
    return found
