"""Compute what somebody may do in a channel, by Discord's documented order of roles and overwrites."""

from enum import IntFlag
from functools import reduce
from operator import or_

from tests.discord_server.entities import Channel, ChannelKind, Guild, Overwrite


class Permission(IntFlag):
    """Name the bits that the server enforces or shows; the others travel as plain bits."""

    ADMINISTRATOR = 1 << 3
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    SEND_MESSAGES_IN_THREADS = 1 << 38
    USE_EXTERNAL_APPS = 1 << 50


ALL_PERMISSIONS = (1 << 53) - 1
MEMBER_PERMISSIONS = (
    Permission.ADD_REACTIONS
    | Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.USE_EXTERNAL_EMOJIS
    | Permission.USE_EXTERNAL_APPS
)
DIRECT_PERMISSIONS = MEMBER_PERMISSIONS | Permission.MENTION_EVERYONE


def guild_permissions(guild: Guild, user_id: int) -> int:
    """Return what a member may do in the guild before any channel has its say."""
    if user_id == guild.owner_id:
        return ALL_PERMISSIONS
    roles = [guild.roles[guild.id], *(guild.roles[role] for role in guild.members[user_id].role_ids)]
    granted = reduce(or_, (int(role.permissions) for role in roles))
    return ALL_PERMISSIONS if granted & Permission.ADMINISTRATOR else granted


def channel_permissions(guild: Guild, channel: Channel, user_id: int) -> int:
    """Return what a member may do in a channel; a thread takes its parent's overwrites.

    A private one is there for those who were added to it, and for those who manage threads.
    """
    granted = guild_permissions(guild, user_id)
    if granted == ALL_PERMISSIONS:
        return granted
    place = guild.channels[channel.parent_id] if channel.is_thread and channel.parent_id else channel
    overwrites = place.overwrites
    granted = _overwritten(granted, [overwrites.get(guild.id)])
    granted = _overwritten(granted, [overwrites.get(role) for role in guild.members[user_id].role_ids])
    granted = _overwritten(granted, [overwrites.get(user_id)])
    is_kept_out = channel.kind is ChannelKind.PRIVATE_THREAD and user_id not in channel.member_ids
    if is_kept_out and not granted & Permission.MANAGE_THREADS:
        return 0
    return granted if granted & Permission.VIEW_CHANNEL else 0


def _overwritten(granted: int, overwrites: list[Overwrite | None]) -> int:
    present = [overwrite for overwrite in overwrites if overwrite is not None]
    denied = reduce(or_, (overwrite.deny for overwrite in present), 0)
    allowed = reduce(or_, (overwrite.allow for overwrite in present), 0)
    return (granted & ~denied) | allowed
