"""Hold the guilds, people, channels and messages that the server speaks about, and those where a test brings none."""

from collections.abc import Iterable
from typing import TypeVar

from tests.discord_server.entities import Channel, ChannelKind, Guild, Member, Overwrite, Role, TeamMember, User
from tests.discord_server.message import Message
from tests.discord_server.permissions import DIRECT_PERMISSIONS, MEMBER_PERMISSIONS, Permission, channel_permissions
from tests.discord_server.snowflakes import Snowflakes

Who = User | str | int
Where = Channel | str | int
Found = TypeVar("Found")


class World:
    """Know everybody and every place, by object, id or name."""

    def __init__(self, bot_name: str = "إسناد") -> None:
        self.snowflakes = Snowflakes()
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.messages: dict[int, Message] = {}
        self.bot = self.add_user("isnad", bot_name, is_bot=True)
        self.owner = self.add_user("owner", "المالك")
        self.application_id = self.bot.id
        self.team: list[TeamMember] = []
        self.installed_by: set[int] = set()

    def add_user(self, username: str, display_name: str | None = None, *, is_bot: bool = False) -> User:
        """Add an account."""
        user = User(self.snowflakes.next(), username, display_name or username, is_bot)
        self.users[user.id] = user
        return user

    def add_webhook(self, name: str) -> User:
        """Add a webhook under whose name messages stand that no account wrote."""
        webhook = self.add_user(name, is_bot=True)
        webhook.is_webhook = True
        return webhook

    def add_guild(self, name: str, *, with_bot: bool = True, owner: User | None = None) -> Guild:
        """Add a guild, of the application's owner unless it is another's, and the bot where it has been invited."""
        owner = owner or self.owner
        guild = Guild(self.snowflakes.next(), name, owner.id)
        guild.roles[guild.id] = Role(guild.id, "@everyone", MEMBER_PERMISSIONS, position=0)
        self.guilds[guild.id] = guild
        self.add_member(guild, owner)
        if with_bot:
            self.add_bot(guild)
        return guild

    def add_bot(self, guild: Guild) -> None:
        """Make the bot a member, with the managed role that an invitation makes."""
        role = self.add_role(guild, self.bot.display_name)
        role.bot_id = self.bot.id
        self.add_member(guild, self.bot, role)

    def remove_bot(self, guild: Guild) -> None:
        """Take the bot out of a guild, and its role with it."""
        del guild.members[self.bot.id]
        for role in [role for role in guild.roles.values() if role.bot_id == self.bot.id]:
            del guild.roles[role.id]

    def add_role(self, guild: Guild, name: str, permissions: int = 0, *, mentionable: bool = False) -> Role:
        """Add a role above those that are there."""
        role = Role(self.snowflakes.next(), name, permissions, len(guild.roles), mentionable)
        guild.roles[role.id] = role
        return role

    def add_member(self, guild: Guild, user: User, *roles: Role) -> Member:
        """Make a user a member of a guild."""
        member = Member(user, [role.id for role in roles])
        guild.members[user.id] = member
        return member

    def add_channel(self, guild: Guild, name: str, kind: ChannelKind = ChannelKind.TEXT) -> Channel:
        """Add a text channel or a forum."""
        channel = Channel(self.snowflakes.next(), kind, name, guild.id, position=len(guild.channels))
        return self._keep(channel, guild)

    def add_thread(self, parent: Channel, name: str, owner: User) -> Channel:
        """Add a thread below a text channel, or a post in a forum."""
        guild = self.guilds[parent.guild_id or 0]
        thread = Channel(self.snowflakes.next(), ChannelKind.PUBLIC_THREAD, name, guild.id, parent.id, owner.id)
        return self._keep(thread, guild)

    def add_private_thread(self, parent: Channel, name: str, *members: User) -> Channel:
        """Add a thread that only its members see; the first of them began it."""
        thread = self.add_thread(parent, name, members[0])
        thread.kind = ChannelKind.PRIVATE_THREAD
        thread.member_ids = {member.id for member in members}
        return thread

    def direct_channel(self, who: Who) -> Channel:
        """Return the bot's direct conversation with somebody, opening it where there is none."""
        user = self.user(who)
        for channel in self.channels.values():
            if channel.kind is ChannelKind.DIRECT and channel.recipients == [user]:
                return channel
        return self._keep(Channel(self.snowflakes.next(), ChannelKind.DIRECT, recipients=[user]))

    def private_channel(self, first: Who, second: Who, *others: Who) -> Channel:
        """Return the conversation of some people, opening it where there is none."""
        users = [self.user(person) for person in (first, second, *others)]
        for channel in self.channels.values():
            if channel.is_private and {user.id for user in channel.recipients} == {user.id for user in users}:
                return channel
        kind = ChannelKind.DIRECT if len(users) == 2 else ChannelKind.GROUP
        return self._keep(Channel(self.snowflakes.next(), kind, owner_id=users[0].id, recipients=users))

    def _keep(self, channel: Channel, guild: Guild | None = None) -> Channel:
        self.channels[channel.id] = channel
        if guild is not None:
            guild.channels[channel.id] = channel
        return channel

    def user(self, who: Who) -> User:
        """Find somebody by object, id, username or display name."""
        if isinstance(who, User):
            return who
        return _only(who, (u for u in self.users.values() if who in {u.id, u.username, u.display_name}))

    def channel(self, where: Where) -> Channel:
        """Find a place by object, id or name."""
        if isinstance(where, Channel):
            return where
        name = where.removeprefix("#") if isinstance(where, str) else where
        return _only(where, (c for c in self.channels.values() if name in {c.id, c.name}))

    def role(self, name: str, guild: Guild) -> Role:
        """Find a guild's role by name."""
        return _only(name, (role for role in guild.roles.values() if role.name == name))

    def guild_of(self, channel: Channel) -> Guild | None:
        """Return the guild of a channel, or None for a direct conversation."""
        return None if channel.guild_id is None else self.guilds[channel.guild_id]

    def member(self, channel: Channel, user: User) -> Member | None:
        """Return a user's membership of the channel's guild, if there is one."""
        guild = self.guild_of(channel)
        return None if guild is None else guild.members.get(user.id)

    def people_in(self, channel: Channel) -> list[User]:
        """Return everybody who takes part in a guild or a conversation."""
        guild = self.guild_of(channel)
        if guild is not None:
            return [member.user for member in guild.members.values()]
        return channel.recipients if channel.is_private else [self.bot, *channel.recipients]

    def permissions(self, channel: Channel, user: User) -> int:
        """Return what somebody may do in a channel."""
        guild = self.guild_of(channel)
        if guild is None:
            return DIRECT_PERMISSIONS if user in self.people_in(channel) else 0
        return channel_permissions(guild, channel, user.id) if user.id in guild.members else 0

    def overwrite(self, channel: Channel, target: User | Role) -> Overwrite:
        """Return the overwrite of a user or role in a channel, adding an empty one where there is none."""
        return channel.overwrites.setdefault(target.id, Overwrite(target.id, isinstance(target, Role)))

    def messages_in(self, channel: Channel) -> list[Message]:
        """Return the messages that everybody in the channel sees, oldest first."""
        return [
            message
            for message in self.messages.values()
            if message.channel_id == channel.id and not message.deleted and not message.is_ephemeral
        ]


def _only(wanted: object, found: Iterable[Found]) -> Found:
    matches = list(found)
    if len(matches) != 1:
        raise LookupError(f"{len(matches)} things in the world answer to {wanted!r}; exactly one must")
    return matches[0]


def default_world() -> World:
    """Return the guilds with the channels, roles and members that the package's docstring names."""
    world = World()
    guild = world.add_guild("إسناد")
    # The bot may ping everybody here: a careless reply then shows up as a ping instead of being stopped.
    world.role("إسناد", guild).permissions |= Permission.MENTION_EVERYONE
    moderators = world.add_role(guild, "مشرفون", Permission.MANAGE_GUILD)
    researchers = world.add_role(guild, "باحثون")
    world.add_member(guild, world.add_user("sara", "سارة"))
    world.add_member(guild, world.add_user("nasser", "ناصر"), moderators)
    world.add_member(guild, world.add_user("layla", "ليلى"), researchers)
    general = world.add_channel(guild, "عام")
    moderation = world.add_channel(guild, "الإشراف")
    world.overwrite(moderation, guild.roles[guild.id]).deny |= Permission.VIEW_CHANNEL
    for role in (moderators, world.role("إسناد", guild)):
        world.overwrite(moderation, role).allow |= Permission.VIEW_CHANNEL
    forum = world.add_channel(guild, "أسئلة", ChannelKind.FORUM)
    world.add_thread(general, "سلسلة", world.user("sara"))
    world.add_thread(forum, "منشور", world.user("sara"))
    neighbours = world.add_guild("جوار", with_bot=False)
    world.add_member(neighbours, world.user("sara"))
    world.add_channel(neighbours, "ساحة")
    return world
