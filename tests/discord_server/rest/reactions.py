"""Let the bot react to messages."""

from tests.discord_server.message import Message
from tests.discord_server.permissions import Permission
from tests.discord_server.rest.call import Answer, Call, Routes
from tests.discord_server.rest.messages import find_message

routes = Routes()

_OWN = "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me"


@routes.add("PUT", _OWN)
async def add_reaction(call: Call) -> Answer:
    channel = call.channel(Permission.READ_MESSAGE_HISTORY, Permission.ADD_REACTIONS)
    return _react(call, find_message(call, channel), added=True)


@routes.add("DELETE", _OWN)
async def remove_reaction(call: Call) -> Answer:
    return _react(call, find_message(call, call.channel()), added=False)


def _react(call: Call, message: Message, *, added: bool) -> Answer:
    bot = call.platform.world.bot
    call.platform.board.react(message, call.parameters["emoji_name"], bot, added=added)
    return Answer.empty()
