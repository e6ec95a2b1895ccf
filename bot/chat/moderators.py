"""Who may reload the corpus. Discord's own default permission is a hint that a server can override."""

from collections.abc import Collection

import discord

from bot.chat.errors import ReplyError


def may_moderate(permissions: discord.Permissions, roles: Collection[int], moderator_roles: Collection[int]) -> bool:
    """Tell whether a member with these permissions and roles is a moderator."""
    return permissions.administrator or permissions.manage_guild or not set(moderator_roles).isdisjoint(roles)


def is_moderator(interaction: discord.Interaction, moderator_roles: Collection[int]) -> bool:
    """Tell whether an interaction comes from a moderator of the server that it comes from."""
    member = interaction.user
    if interaction.guild_id is None or not isinstance(member, discord.Member):
        return False
    roles = [role for role in moderator_roles if member.get_role(role)]
    return may_moderate(interaction.permissions, roles, moderator_roles)


def require_moderator(interaction: discord.Interaction, moderator_roles: Collection[int]) -> None:
    """Raise ReplyError unless the interaction comes from a moderator, in a server."""
    if interaction.guild_id is None or not isinstance(interaction.user, discord.Member):
        raise ReplyError("error.server_only")
    if not is_moderator(interaction, moderator_roles):
        raise ReplyError("error.not_moderator")


def may_delete(interaction: discord.Interaction, moderator_roles: Collection[int]) -> bool:
    """Tell whether an interaction comes from somebody who may take other people's messages away where it comes from."""
    in_server = interaction.guild_id is not None
    return in_server and (interaction.permissions.manage_messages or is_moderator(interaction, moderator_roles))
