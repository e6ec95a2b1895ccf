"""Who may do what to the coverage and to answers. Discord's own default permission is a hint that can be overridden."""

from collections.abc import Collection

import discord

from bot.chat.errors import ReplyError
from bot.chat.home_servers import HomeServers


class Moderators:
    """Members of home servers who may manage these or hold a moderator role; without a home, the application's owners.

    What somebody may do in another server counts for nothing but the order there.
    """

    def __init__(self, homes: HomeServers, roles: Collection[int]) -> None:
        self._homes = homes
        self._roles = roles

    def require(self, interaction: discord.Interaction) -> None:
        """Raise ReplyError unless the interaction comes from a moderator of the coverage, in a server."""
        member = interaction.user
        if interaction.guild_id is None or not isinstance(member, discord.Member):
            raise ReplyError("error.server_only")
        if self._moderates(interaction):
            return
        if self._homes.ids is not None and not self._homes.is_home(interaction.guild_id):
            raise ReplyError("error.other_home")
        # Of settings only those hear who would be moderators if this server were home.
        has_no_home = self._homes.ids is None and may_moderate(member, self._roles)
        raise ReplyError("error.no_home" if has_no_home else "error.not_moderator")

    def may_delete(self, interaction: discord.Interaction) -> bool:
        """Tell whether an interaction comes from somebody who may take others' messages away where it comes from."""
        in_server = interaction.guild_id is not None
        return in_server and (interaction.permissions.manage_messages or self._moderates(interaction))

    def _moderates(self, interaction: discord.Interaction) -> bool:
        member = interaction.user
        if not isinstance(member, discord.Member):
            return False
        if self._homes.ids is None:
            return member.id in self._homes.owners
        return self._homes.is_home(interaction.guild_id) and may_moderate(member, self._roles)


def may_moderate(member: discord.Member, moderator_roles: Collection[int]) -> bool:
    """Tell whether a member has a moderator's permission in all of the server, or a moderator's role.

    What a channel allows beyond that does not count: more people may change it.
    """
    permissions = member.guild_permissions
    return permissions.administrator or permissions.manage_guild or any(map(member.get_role, moderator_roles))
