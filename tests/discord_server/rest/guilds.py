"""Answer about guilds, members and channels."""

from tests.discord_server.errors import unknown
from tests.discord_server.payloads.people import member_payload, role_payload
from tests.discord_server.payloads.places import channel_payload
from tests.discord_server.permissions import Permission
from tests.discord_server.rest.call import Answer, Call, Routes

routes = Routes()


@routes.add("GET", "/guilds/{guild_id}/roles")
async def list_roles(call: Call) -> Answer:
    return Answer([role_payload(role) for role in call.guild().roles.values()])


@routes.add("GET", "/guilds/{guild_id}/members/{user_id}")
async def get_member(call: Call) -> Answer:
    member = call.guild().members.get(call.id("user_id"))
    if member is None:
        raise unknown("Member", 10007)
    return Answer(member_payload(member))


@routes.add("GET", "/channels/{channel_id}")
async def get_channel(call: Call) -> Answer:
    return Answer(channel_payload(call.channel()))


@routes.add("PATCH", "/channels/{channel_id}")
async def open_thread(call: Call) -> Answer:
    channel = call.channel(Permission.SEND_MESSAGES_IN_THREADS)
    if channel.locked or not channel.is_thread:
        call.channel(Permission.MANAGE_THREADS)
    channel.archived = bool(call.body["archived"])
    call.platform.announcer.channel_changed(channel)
    return Answer(channel_payload(channel))


@routes.add("POST", "/channels/{channel_id}/typing")
async def show_typing(call: Call) -> Answer:
    channel = call.channel()
    call.channel(Permission.SEND_MESSAGES_IN_THREADS if channel.is_thread else Permission.SEND_MESSAGES)
    call.platform.board.show_typing(channel)
    return Answer.empty()
