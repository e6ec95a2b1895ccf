"""Turn what happens in the world into gateway events for the bot."""

from typing import Any

from tests.discord_server.entities import Channel, ChannelKind, Guild, Member, Role
from tests.discord_server.errors import Violation
from tests.discord_server.gateway.frames import Intent
from tests.discord_server.gateway.gateway import Gateway
from tests.discord_server.message import Message
from tests.discord_server.payloads.messages import message_payload
from tests.discord_server.payloads.people import member_payload, partial_member_payload, role_payload, user_payload
from tests.discord_server.payloads.places import channel_payload, guild_event_payload
from tests.discord_server.permissions import Permission
from tests.discord_server.schemas import Schemas
from tests.discord_server.world import World

Json = dict[str, Any]


class Announcer:
    """Tell the bot what it may hear of."""

    def __init__(self, world: World, gateway: Gateway, schemas: Schemas, violations: list[Violation]) -> None:
        self._world = world
        self._gateway = gateway
        self._schemas = schemas
        self._violations = violations

    def message_created(self, message: Message) -> None:
        """Announce a new message."""
        self._announce_message("MESSAGE_CREATE", message)

    def message_edited(self, message: Message) -> None:
        """Announce that a message changed."""
        self._announce_message("MESSAGE_UPDATE", message)

    def message_deleted(self, message: Message) -> None:
        """Announce that a message is gone."""
        channel = self._world.channels[message.channel_id]
        self._tell(channel, "MESSAGE_DELETE", {"channel_id": str(channel.id), "id": str(message.id)})

    def messages_deleted(self, messages: list[Message]) -> None:
        """Announce that messages of one channel are gone together."""
        channel = self._world.channels[messages[0].channel_id]
        ids = [str(message.id) for message in messages]
        self._tell(channel, "MESSAGE_DELETE_BULK", {"channel_id": str(channel.id), "ids": ids})

    def channel_changed(self, channel: Channel) -> None:
        """Announce that a channel's overwrites or a thread's state changed."""
        event = "THREAD_UPDATE" if channel.is_thread else "CHANNEL_UPDATE"
        self._tell_of_guild(channel.guild_id, event, channel_payload(channel), Intent.GUILDS)

    def thread_created(self, thread: Channel) -> None:
        """Announce a new thread to those who see it."""
        if self._hears(thread):
            data = channel_payload(thread) | {"newly_created": True}
            self._tell_of_guild(thread.guild_id, "THREAD_CREATE", data, Intent.GUILDS)

    def member_changed(self, guild: Guild, member: Member) -> None:
        """Announce that a member has other roles; of its own roles the bot always hears."""
        data = member_payload(member) | {"guild_id": str(guild.id)}
        intents = 0 if member.user is self._world.bot else Intent.GUILD_MEMBERS
        self._tell_of_guild(guild.id, "GUILD_MEMBER_UPDATE", data, intents)

    def role_created(self, guild: Guild, role: Role) -> None:
        """Announce a new role."""
        data = {"guild_id": str(guild.id), "role": role_payload(role)}
        self._tell_of_guild(guild.id, "GUILD_ROLE_CREATE", data, Intent.GUILDS)

    def guild_joined(self, guild: Guild) -> None:
        """Announce a guild that the bot came into."""
        data = guild_event_payload(guild, self._world)
        # With this key discord.py takes it for the return of a guild that was known before.
        del data["unavailable"]
        self._gateway.dispatch("GUILD_CREATE", guild.id, Intent.GUILDS, data)

    def guild_left(self, guild: Guild) -> None:
        """Announce a guild that the bot is no longer in."""
        self._gateway.dispatch("GUILD_DELETE", guild.id, Intent.GUILDS, {"id": str(guild.id)})

    def interaction_created(self, guild_id: int | None, data: Json) -> None:
        """Announce an interaction, for which no intent is needed."""
        if "message" in data:
            self._check("INTERACTION_CREATE", data["message"])
        self._gateway.dispatch("INTERACTION_CREATE", guild_id, 0, data)

    def _announce_message(self, event: str, message: Message) -> None:
        channel = self._world.channels[message.channel_id]
        author = self._world.users[message.author_id]
        member = self._world.member(channel, author)
        self._check(event, message_payload(message, self._world, has_content=True))
        data = message_payload(message, self._world, has_content=False)
        data["mentions"] = self._mentions(message, channel)
        if member is not None and message.origin is None:
            data["member"] = partial_member_payload(member)
        self._tell(channel, event, data)

    def _mentions(self, message: Message, channel: Channel) -> list[Json]:
        """Lay out who is mentioned, with the memberships that only events carry."""
        users = [self._world.users[identifier] for identifier in sorted(message.mentions.all_users)]
        members = [self._world.member(channel, user) for user in users]
        return [
            user_payload(user) | ({"member": partial_member_payload(member)} if member else {})
            for user, member in zip(users, members, strict=True)
        ]

    def _tell(self, channel: Channel, event: str, data: Json) -> None:
        """Tell of a message, with the guild that it is in."""
        if self._hears(channel):
            intent = Intent.DIRECT_MESSAGES if channel.kind is ChannelKind.DIRECT else Intent.GUILD_MESSAGES
            guild = {} if channel.guild_id is None else {"guild_id": str(channel.guild_id)}
            self._gateway.dispatch(event, channel.guild_id, intent, data | guild)

    def _tell_of_guild(self, guild_id: int | None, event: str, data: Json, intents: int) -> None:
        if guild_id is not None and self._world.bot.id in self._world.guilds[guild_id].members:
            self._gateway.dispatch(event, guild_id, intents, data)

    def _hears(self, channel: Channel) -> bool:
        return bool(self._world.permissions(channel, self._world.bot) & Permission.VIEW_CHANNEL)

    def _check(self, event: str, message: Json) -> None:
        problems = self._schemas.object_problems("MessageResponse", message)
        self._violations.extend(Violation("event", event, problem) for problem in problems)
