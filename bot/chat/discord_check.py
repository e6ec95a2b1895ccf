"""What `check` asks Discord: is the token good, in which servers is the bot, and may it do its work there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import discord

from bot.chat.discord_setup import configure_discord
from bot.chat.permissions import HomeServers
from bot.settings import DiscordSettings

NEEDED = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    read_message_history=True,
)
_COMMANDS = "applications.commands"
_FOR_ONESELF = "&integration_type=1"
_MOST_GUILDS = 200


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: a text key with what to fill in, and whether something must be done about it."""

    key: str
    is_problem: bool = False
    values: Mapping[str, object] = field(default_factory=dict)


async def inspect(settings: DiscordSettings) -> Sequence[Finding]:
    """Log in without connecting to the gateway and report what is right and what is wrong."""
    configure_discord(settings)
    token = settings.token.get_secret_value() if settings.token else ""
    async with discord.Client(intents=discord.Intents(guilds=True)) as client:
        try:
            await client.login(token)
            guilds: Sequence[Mapping[str, Any]] = await client.http.get_guilds(limit=_MOST_GUILDS)
            channel = await _moderator_channel(client, settings.moderator_channel_id)
        except discord.LoginFailure:
            return [Finding("check.token_refused", is_problem=True)]
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            return [Finding("check.unreachable", is_problem=True, values={"words": error})]
        homes = HomeServers(settings)
        homes.update([int(guild["id"]) for guild in guilds])
        return [
            Finding("check.token_fine", values={"name": client.user and client.user.name}),
            *membership(guilds, settings.guild_ids),
            *home(guilds, homes),
            *reporting(settings.moderator_channel_id, channel, homes),
            *links(client.application_id or 0, settings.guild_ids),
        ]


def links(application: int, guild_ids: Sequence[int]) -> Iterator[Finding]:
    """Give the links for adding the bot to a server, and to oneself unless its commands are kept to some servers."""
    invite = discord.utils.oauth_url(application, permissions=NEEDED, scopes=("bot", _COMMANDS))
    yield Finding("check.invite", values={"url": invite})
    if not guild_ids:
        install = discord.utils.oauth_url(application, scopes=(_COMMANDS,)) + _FOR_ONESELF
        yield Finding("check.install", values={"url": install})


def membership(guilds: Sequence[Mapping[str, Any]], wanted: Sequence[int]) -> Iterator[Finding]:
    """Report the servers that the bot is missing from, and those where it may not do its work."""
    present = {int(guild["id"]) for guild in guilds}
    if not guilds:
        yield Finding("check.no_guilds", is_problem=True)
    for absent in (identity for identity in wanted if identity not in present):
        yield Finding("check.guild_absent", is_problem=True, values={"guild": absent})
    lacking = {guild["name"]: missing_permissions(int(guild["permissions"])) for guild in guilds}
    for name, missing in lacking.items():
        if missing:
            values = {"guild": name, "permissions": ", ".join(missing)}
            yield Finding("check.permissions_missing", is_problem=True, values=values)
    if guilds and not any(lacking.values()):
        yield Finding("check.permissions_fine", values={"count": len(guilds)})


def home(guilds: Sequence[Mapping[str, Any]], homes: HomeServers) -> Iterator[Finding]:
    """Report which servers are home, and those that are named without the bot's being there."""
    names = {int(guild["id"]): guild["name"] for guild in guilds}
    if homes.ids is None and guilds:
        yield Finding("check.home_open", is_problem=True)
    for absent in sorted((homes.ids or frozenset()) - names.keys()):
        yield Finding("check.home_absent", is_problem=True, values={"guild": absent})
    if found := sorted((homes.ids or frozenset()) & names.keys()):
        yield Finding("check.home_fine", values={"guilds": ", ".join(names[identity] for identity in found)})


def reporting(identity: int | None, channel: Mapping[str, Any] | None, homes: HomeServers) -> Iterator[Finding]:
    """Report a channel of moderators that the bot does not see, or that is not at home."""
    if identity is None:
        return
    if channel is None:
        yield Finding("check.channel_hidden", is_problem=True, values={"channel": identity})
    elif homes.ids is not None and not homes.is_home(int(channel.get("guild_id", 0))):
        yield Finding("check.channel_elsewhere", values={"channel": channel.get("name", identity)})


async def _moderator_channel(client: discord.Client, identity: int | None) -> Mapping[str, Any] | None:
    """Fetch the channel, None where the bot does not see it."""
    if identity is None:
        return None
    try:
        found: Mapping[str, Any] = await client.http.get_channel(identity)
    except (discord.Forbidden, discord.NotFound):
        return None
    return found


def missing_permissions(held: int) -> list[str]:
    """Name the permissions that the bot needs and lacks, as Discord's settings name them."""
    permissions = discord.Permissions(held)
    if permissions.administrator:
        return []
    missing = [name for name, is_missing in NEEDED & ~permissions if is_missing]
    # discord.py goes by an older name here.
    return [name.replace("read_messages", "view_channels").replace("_", " ").title() for name in missing]
