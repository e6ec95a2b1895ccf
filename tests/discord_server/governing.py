"""Change permissions, roles and threads while the bot runs."""

from tests.discord_server.entities import Guild, Role
from tests.discord_server.permissions import Permission
from tests.discord_server.platform import Platform
from tests.discord_server.world import Where, Who


class Governing:
    """Let tests act as the owner of the guilds."""

    platform: Platform

    async def allow(self, channel: Where, permission: Permission, who: Who | Role | None = None) -> None:
        """Allow something in a channel to the bot, or to another user or a role."""
        self._overwrite(channel, permission, who, allowed=True)

    async def deny(self, channel: Where, permission: Permission, who: Who | Role | None = None) -> None:
        """Deny something in a channel to the bot, or to another user or a role."""
        self._overwrite(channel, permission, who, allowed=False)

    async def give_role(self, person: Who, role: str) -> None:
        """Give a member a role of each of its guilds that has one of that name."""
        self._change_role(person, role, held=True)

    async def take_role(self, person: Who, role: str) -> None:
        """Take a role from a member."""
        self._change_role(person, role, held=False)

    async def lock_thread(self, thread: Where, *, locked: bool = True) -> None:
        """Archive and lock a thread, or open it again."""
        self.platform.world.channel(thread).locked = locked
        await self.archive_thread(thread, archived=locked)

    async def archive_thread(self, thread: Where, *, archived: bool = True) -> None:
        """Archive a thread, as Discord does where nobody writes for long, or open it again."""
        channel = self.platform.world.channel(thread)
        channel.archived = archived
        self.platform.announcer.channel_changed(channel)

    async def invite_bot(self, guild: Guild) -> None:
        """Add the bot to a guild."""
        self.platform.world.add_bot(guild)
        self.platform.announcer.guild_joined(guild)

    async def remove_bot(self, guild: Guild) -> None:
        """Take the bot out of a guild."""
        self.platform.world.remove_bot(guild)
        self.platform.announcer.guild_left(guild)

    def _overwrite(self, where: Where, permission: Permission, who: Who | Role | None, *, allowed: bool) -> None:
        world = self.platform.world
        channel = world.channel(where)
        target = who if isinstance(who, Role) else world.user(world.bot if who is None else who)
        place = world.channels[channel.parent_id] if channel.is_thread and channel.parent_id else channel
        overwrite = world.overwrite(place, target)
        overwrite.allow = overwrite.allow | permission if allowed else overwrite.allow & ~permission
        overwrite.deny = overwrite.deny & ~permission if allowed else overwrite.deny | permission
        self.platform.announcer.channel_changed(place)

    def _change_role(self, person: Who, name: str, *, held: bool) -> None:
        user = self.platform.world.user(person)
        for guild in self.platform.world.guilds.values():
            member = guild.members.get(user.id)
            roles = [role.id for role in guild.roles.values() if role.name == name]
            if member is not None and roles:
                kept = [role for role in member.role_ids if role not in roles]
                member.role_ids = kept + (roles if held else [])
                self.platform.announcer.member_changed(guild, member)
