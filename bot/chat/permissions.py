"""Permissions: who may moderate in which server, whether a channel is public, and what the bot needs and has there."""

import logging
from collections.abc import Collection, Mapping
from typing import Any

import discord

from bot.chat.chat_errors import ReplyError
from bot.settings import DiscordSettings

logger = logging.getLogger(__name__)

NEEDED = discord.Permissions(
    view_channel=True, send_messages=True, send_messages_in_threads=True, read_message_history=True
)


def find_public_guild(place: object) -> int | None:
    """Return the id of the server in which everybody may read a channel or thread.

    None stands for conversations, private threads, channels for some people, and whatever is not known to be open.
    """
    if isinstance(place, discord.Thread):
        if place.is_private() or place.parent is None:
            return None
    elif not isinstance(place, discord.abc.GuildChannel):
        return None
    everyone = place.guild.get_role(place.guild.id)
    if everyone is None:
        return None
    allowed = place.permissions_for(everyone)
    # What is written beside a conversation is read by those who may join it.
    is_spoken = isinstance(place, discord.VoiceChannel | discord.StageChannel)
    return place.guild.id if allowed.view_channel and (allowed.connect or not is_spoken) else None


def may_write(held: discord.Permissions, place: object) -> bool:
    """Whether permissions that are held in a channel or thread allow to write there."""
    return held.send_messages_in_threads if isinstance(place, discord.Thread) else held.send_messages


class HomeServers:
    """The servers whose moderators the coverage obeys: those of the settings, or else the only one that the bot is in.

    Where nothing is named, whoever adds the bot to a second server makes the home undetermined, and so does a second
    one that is left alone after the first: `ids` is None then, and only the application's `owners` may moderate. A
    process that has some of the shards cannot tell how many servers there are, so with shards the home must be named.
    """

    def __init__(self, settings: DiscordSettings) -> None:
        self.owners: frozenset[int] = frozenset()
        self.present: frozenset[int] = frozenset()
        self._named = frozenset(settings.home_guild_ids)
        self._is_sharded = settings.shard_count is not None
        self._first: int | None = None
        self._said: tuple[object, ...] | None = None

    @property
    def ids(self) -> frozenset[int] | None:
        """The ids of the home servers, None where nothing tells which these are."""
        if self._named:
            return self._named
        return self.present if not self._is_sharded and self.present == {self._first} else None

    def is_home(self, server: int | None) -> bool:
        return server is not None and self.ids is not None and server in self.ids

    def update(self, present: Collection[int]) -> None:
        """Update the servers that the bot is in, and log the home servers where they change."""
        self.present = frozenset(present)
        if self._first is None and len(self.present) == 1:
            [self._first] = self.present
        situation = (self.ids, self._named - self.present, min(len(self.present), 2))
        if situation == self._said:
            return
        self._said, absent = situation, self._named - self.present
        if absent and not self._is_sharded:
            logger.warning("The bot is not in %s, which DISCORD_HOME_GUILD_IDS names", _listed(absent))
        if self.ids is not None:
            logger.info("The coverage obeys the moderators of its home: %s", _listed(self.ids))
        elif self.present:
            logger.warning(
                "No server is home: the bot is in %d, and DISCORD_HOME_GUILD_IDS names none. Until it does, nobody but"
                " the application's owner and team may moderate, and moderators read no words of questions",
                len(self.present),
            )


def owners_of(application: discord.AppInfo | None) -> frozenset[int]:
    """Return the owner of an application, or the members of its team who have joined it and may do more than read."""
    if application is None:
        return frozenset()
    if application.team is None:
        return frozenset({application.owner.id})
    return frozenset(
        member.id
        for member in application.team.members
        if member.membership_state is discord.TeamMembershipState.accepted
        and member.role is not discord.TeamMemberRole.read_only
    )


def _listed(ids: Collection[int]) -> str:
    return ", ".join(map(str, sorted(ids)))


class Moderators:
    """Members of home servers who may manage these or hold a moderator role; without a home, the application's owners.

    What somebody may do in another server counts for nothing but the order there.
    """

    def __init__(self, homes: HomeServers, roles: Collection[int]) -> None:
        self._homes, self._roles = homes, roles

    def require(self, interaction: discord.Interaction) -> None:
        """Raise ReplyError unless the interaction comes from a moderator of the coverage, in a server."""
        member = interaction.user
        if interaction.guild_id is None or not isinstance(member, discord.Member):
            raise ReplyError("error.server_only")
        if self.moderates(interaction):
            return
        if self._homes.ids is not None and not self._homes.is_home(interaction.guild_id):
            raise ReplyError("error.other_home")
        # Of settings only those hear who would be moderators if this server were home.
        has_no_home = self._homes.ids is None and may_moderate(member, self._roles)
        raise ReplyError("error.no_home" if has_no_home else "error.not_moderator")

    def may_delete(self, interaction: discord.Interaction) -> bool:
        """Whether the user of an interaction may delete others' messages there."""
        in_server = interaction.guild_id is not None
        return in_server and (interaction.permissions.manage_messages or self.moderates(interaction))

    def moderates(self, interaction: discord.Interaction) -> bool:
        member = interaction.user
        if not isinstance(member, discord.Member):
            return False
        if self._homes.ids is None:
            return member.id in self._homes.owners
        return self._homes.is_home(interaction.guild_id) and may_moderate(member, self._roles)


def may_moderate(member: discord.Member, moderator_roles: Collection[int]) -> bool:
    """Whether a member has a moderator's permission in all of the server, or a moderator's role.

    What a channel allows beyond that does not count: more people may change it.
    """
    permissions = member.guild_permissions
    return permissions.administrator or permissions.manage_guild or any(map(member.get_role, moderator_roles))


def missing_permissions(held: int, needed: discord.Permissions = NEEDED) -> list[str]:
    """Name the permissions that the bot needs and lacks, as Discord's settings name them."""
    permissions = discord.Permissions(held)
    if permissions.administrator:
        return []
    missing = [name for name, is_missing in needed & ~permissions if is_missing]
    # discord.py has an older name here.
    return [name.replace("read_messages", "view_channels").replace("_", " ").title() for name in missing]


def channel_permissions(channel: Mapping[str, Any], base: int, roles: Collection[int], bot: int) -> int:
    """Return the bot's permissions in a channel: those in its server, changed for all, for its roles and for itself.

    The order is that of Discord's documentation, "Permission Overwrites".
    """
    if discord.Permissions(base).administrator:
        return base
    changes = {int(change["id"]): change for change in channel.get("permission_overwrites", ())}
    held = base
    for whose in ((int(channel["guild_id"]),), roles, (bot,)):
        found = [changes[identity] for identity in whose if identity in changes]
        for change in found:
            held &= ~int(change["deny"])
        for change in found:
            held |= int(change["allow"])
    return held
