"""Carry one request to its route and the answer back."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.discord_server.draft import Upload
from tests.discord_server.entities import Channel, Guild
from tests.discord_server.errors import Problem, invalid_form, missing_access, missing_permissions, unknown
from tests.discord_server.permissions import Permission
from tests.discord_server.platform import Platform

Json = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """Be a request of the bot, read and waiting for its route."""

    platform: Platform
    parameters: Mapping[str, str]
    query: Mapping[str, str]
    body: Any = None
    uploads: list[Upload] = field(default_factory=list)

    def id(self, name: str) -> int:
        """Return an id from the path."""
        value = self.parameters[name]
        if not value.isdecimal():
            raise invalid_form([Problem(name, "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.')])
        return int(value)

    def channel(self, *permissions: Permission) -> Channel:
        """Return the channel of the path, in which the bot needs the permissions beside seeing it."""
        world = self.platform.world
        channel = world.channels.get(self.id("channel_id"))
        if channel is None:
            raise unknown("Channel", 10003)
        held = world.permissions(channel, world.bot)
        if not held & Permission.VIEW_CHANNEL:
            raise missing_access()
        if any(not held & permission for permission in permissions):
            raise missing_permissions()
        return channel

    def guild(self) -> Guild:
        """Return the guild of the path, of which the bot has to be a member."""
        guild = self.platform.world.guilds.get(self.id("guild_id"))
        if guild is None or self.platform.world.bot.id not in guild.members:
            raise unknown("Guild", 10004)
        return guild


@dataclass(frozen=True)
class Answer:
    """Be what a route answers; without a body the status is 204."""

    body: Any = None
    status: int = 200

    @classmethod
    def empty(cls) -> "Answer":
        """Answer that it is done."""
        return cls(None, 204)


Handler = Callable[[Call], Awaitable[Answer]]
Limits = Callable[[Any], Iterator[Problem]]


@dataclass(frozen=True)
class Route:
    """Be one method on one path of the API, with the limits of its body."""

    method: str
    path: str
    handler: Handler
    limits: Limits | None = None
    needs_token: bool = True


class Routes:
    """Collect the routes of a module."""

    def __init__(self) -> None:
        self.all: list[Route] = []

    def add(
        self, method: str, path: str, limits: Limits | None = None, *, needs_token: bool = True
    ) -> Callable[[Handler], Handler]:
        """Make a function the route of a method and a path, written as Discord's description writes it."""

        def register(handler: Handler) -> Handler:
            self.all.append(Route(method, path, handler, limits, needs_token))
            return handler

        return register
