"""Answer about channels and start threads."""

from tests.discord_server.payloads.places import channel_payload
from tests.discord_server.permissions import Permission
from tests.discord_server.rest.call import Answer, Call, Routes

routes = Routes()


@routes.add("GET", "/channels/{channel_id}")
async def get_channel(call: Call) -> Answer:
    return Answer(channel_payload(call.channel()))


@routes.add("POST", "/channels/{channel_id}/typing")
async def show_typing(call: Call) -> Answer:
    channel = call.channel()
    call.channel(Permission.SEND_MESSAGES_IN_THREADS if channel.is_thread else Permission.SEND_MESSAGES)
    call.platform.board.show_typing(channel)
    return Answer.empty()
