"""The one log line that says what serves: which version, as whom, where, and from which coverage."""

import discord

from bot import __version__
from bot.articles.characters import one_line
from bot.chat.discord_check import invite_link
from bot.chat.permissions import HomeServers
from bot.edition import Editions

_MOST_NAMES = 5


def start_line(client: discord.Client, editions: Editions, homes: HomeServers) -> str:
    """Write the line of a client that is connected."""
    edition, names = editions.current, {guild.id: one_line(guild.name) for guild in client.guilds}
    if homes.ids is None:
        home = "none, set DISCORD_HOME_GUILD_IDS"
    else:
        home = _listed([names.get(identity, str(identity)) for identity in sorted(homes.ids)]) or "none yet"
    return (
        f"Isnad {__version__} answers as {client.user} in {_counted(len(names), 'server')}"
        f" ({_listed([*names.values()])}), from {editions.source_name}: "
        f"{_counted(len(edition.articles), 'article')}, {_counted(len(edition.index), 'passage')}, "
        f"{len(edition.rejections)} rejected; home: {home}; invite: {invite_link(client.application_id or 0)}"
    )


def _counted(count: int, thing: str) -> str:
    """Name a number of things."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _listed(names: list[str]) -> str:
    """List the first few of some names."""
    return ", ".join(names[:_MOST_NAMES]) + (", …" if len(names) > _MOST_NAMES else "")
