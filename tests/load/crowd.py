"""Many members in several channels of several guilds."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from tests.discord_server import Channel, User, World
from tests.discord_server.world import default_world

MODERATOR, MODERATORS_CHANNEL = "ناصر", "الإشراف"
_GUILDS = 4


@dataclass(frozen=True, slots=True)
class Crowd:
    """A world, its members, a channel that all of them see, and who asks where, one after the other and over again."""

    world: World
    members: list[User]
    channel_of_all: Channel
    seats: Iterator[tuple[User, Channel]]

    @classmethod
    def of(cls, members: int, channels: int) -> "Crowd":
        """Add members and channels to the default world, spread over guilds."""
        world = default_world()
        guilds = [
            world.guilds[world.channel("عام").guild_id or 0],
            *(world.add_guild(f"g{n}") for n in range(1, _GUILDS)),
        ]
        places = [world.add_channel(guilds[number % _GUILDS], f"c{number}") for number in range(channels)]
        seats = []
        for number in range(members):
            user, place = world.add_user(f"m{number}"), places[number % channels]
            for guild in {place.guild_id or 0, guilds[0].id}:
                world.add_member(world.guilds[guild], user)
            seats.append((user, place))
        return cls(world, [user for user, _ in seats], world.channel("عام"), itertools.cycle(seats))
