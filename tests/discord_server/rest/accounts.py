"""Answer about the bot itself, its application and where the gateway is."""

from typing import Any

from tests.discord_server.entities import Guild
from tests.discord_server.errors import unknown
from tests.discord_server.payloads.people import application_payload, own_user_payload
from tests.discord_server.payloads.places import channel_payload
from tests.discord_server.permissions import guild_permissions
from tests.discord_server.rest.call import Answer, Call, Routes

routes = Routes()


@routes.add("GET", "/users/@me")
async def own_user(call: Call) -> Answer:
    return Answer(own_user_payload(call.platform.world.bot))


@routes.add("GET", "/users/@me/guilds")
async def own_guilds(call: Call) -> Answer:
    world = call.platform.world
    guilds = [guild for guild in world.guilds.values() if world.bot.id in guild.members]
    return Answer([_own_guild(guild, guild_permissions(guild, world.bot.id)) for guild in guilds])


@routes.add("GET", "/applications/@me")
@routes.add("GET", "/oauth2/applications/@me")
async def application(call: Call) -> Answer:
    return Answer(application_payload(call.platform.world))


@routes.add("GET", "/gateway/bot")
async def bot_gateway(call: Call) -> Answer:
    limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
    return Answer({"url": call.platform.gateway.address, "shards": 1, "session_start_limit": limit})


@routes.add("POST", "/users/@me/channels")
async def open_direct_channel(call: Call) -> Answer:
    world = call.platform.world
    recipient = world.users.get(int(call.body["recipient_id"]))
    if recipient is None:
        raise unknown("User", 10013)
    return Answer(channel_payload(world.direct_channel(recipient)))


def _own_guild(guild: Guild, permissions: int) -> dict[str, Any]:
    empty: dict[str, Any] = {"icon": None, "banner": None, "owner": False, "features": []}
    return {"id": str(guild.id), "name": guild.name, "permissions": str(int(permissions)), **empty}
