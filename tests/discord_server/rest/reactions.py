"""Let the bot react to messages."""

from tests.discord_server.emoji import is_emoji
from tests.discord_server.errors import ApiError
from tests.discord_server.message import Message
from tests.discord_server.permissions import Permission
from tests.discord_server.rest.call import Answer, Call, Routes
from tests.discord_server.rest.messages import find_message, refuse_when_locked

routes = Routes()

_OWN = "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me"


@routes.add("PUT", _OWN)
async def add_reaction(call: Call) -> Answer:
    channel = call.channel(Permission.READ_MESSAGE_HISTORY)
    message = find_message(call, channel)
    refuse_when_locked(channel)
    emoji = _emoji(call)
    if emoji not in message.reactions:
        # Whoever joins a reaction that is there needs no leave to add one.
        call.channel(Permission.ADD_REACTIONS)
    return _react(call, message, emoji, added=True)


@routes.add("DELETE", _OWN)
async def remove_reaction(call: Call) -> Answer:
    return _react(call, find_message(call, call.channel()), _emoji(call), added=False)


def _emoji(call: Call) -> str:
    emoji = call.parameters["emoji_name"]
    if not is_emoji(emoji):
        raise ApiError(400, 10014, "Unknown Emoji")
    return emoji


def _react(call: Call, message: Message, emoji: str, *, added: bool) -> Answer:
    call.platform.board.react(message, emoji, call.platform.world.bot, added=added)
    return Answer.empty()
