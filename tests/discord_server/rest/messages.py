"""Answer about messages in channels: read, post, edit and delete them, react to them, and turn pages."""

from collections.abc import Iterator
from typing import Any

from tests.discord_server.draft import Draft
from tests.discord_server.emoji import is_emoji
from tests.discord_server.entities import Channel, ChannelKind
from tests.discord_server.errors import ApiError, Problem, invalid_form, missing_permissions, unknown, unknown_reference
from tests.discord_server.limits.messages import edit_problems, message_problems
from tests.discord_server.message import Message, MessageFlag
from tests.discord_server.payloads.messages import message_payload
from tests.discord_server.permissions import Permission
from tests.discord_server.rest.call import Answer, Call, Routes

routes = Routes()

_ALL = "/channels/{channel_id}/messages"
_ONE = "/channels/{channel_id}/messages/{message_id}"


def find_message(call: Call, channel: Channel) -> Message:
    """Return the message of the path; one that only its addressee sees is not found."""
    message = call.platform.world.messages.get(call.id("message_id"))
    if message is None or message.deleted or message.is_ephemeral or message.channel_id != channel.id:
        raise unknown("Message", 10008)
    return message


def shown_message(call: Call, message: Message) -> dict[str, Any]:
    """Lay out a message as far as the bot may read it."""
    return message_payload(message, call.platform.world, has_content=False)


@routes.add("POST", _ALL, message_problems)
async def create_message(call: Call) -> Answer:
    channel = _postable_channel(call)
    world = call.platform.world
    twin = _same_nonce(call, channel)
    if twin is not None:
        return Answer(shown_message(call, twin))
    replied = _replied_message(call, channel)
    draft = Draft.from_body(call.body, call.uploads)
    # Whatever a bot asks for, only answers to interactions can be ephemeral.
    draft = Draft(**{**vars(draft), "flags": draft.flags & ~(MessageFlag.EPHEMERAL | MessageFlag.LOADING)})
    return Answer(shown_message(call, call.platform.board.post(channel, world.bot, draft, replied=replied)))


@routes.add("GET", _ONE)
async def get_message(call: Call) -> Answer:
    channel = call.channel(Permission.READ_MESSAGE_HISTORY)
    return Answer(shown_message(call, find_message(call, channel)))


@routes.add("PATCH", _ONE, edit_problems)
async def edit_message(call: Call) -> Answer:
    channel = call.channel()
    message = find_message(call, channel)
    if message.author_id != call.platform.world.bot.id:
        raise ApiError(403, 50005, "Cannot edit a message authored by another user")
    refuse_when_archived(channel)
    if call.uploads:
        call.channel(Permission.ATTACH_FILES)
    call.platform.board.revise(message, call.body, call.uploads)
    return Answer(shown_message(call, message))


@routes.add("DELETE", _ONE)
async def delete_message(call: Call) -> Answer:
    channel = call.channel()
    message = find_message(call, channel)
    if message.author_id != call.platform.world.bot.id:
        call.channel(Permission.MANAGE_MESSAGES)
    call.platform.board.delete(message)
    return Answer.empty()


def _postable_channel(call: Call) -> Channel:
    channel = call.channel()
    if channel.kind is ChannelKind.FORUM:
        raise ApiError(400, 50008, "Cannot send messages in a non-text channel")
    if any(not person.accepts_direct_messages for person in channel.recipients):
        raise ApiError(403, 50007, "Cannot send messages to this user")
    needed = [Permission.SEND_MESSAGES_IN_THREADS if channel.is_thread else Permission.SEND_MESSAGES]
    needed += [Permission.ATTACH_FILES] if call.uploads else []
    call.channel(*needed)
    if channel.archived and not channel.locked:
        # Whoever writes there opens it.
        channel.archived = False
        call.platform.announcer.channel_changed(channel)
    refuse_when_archived(channel)
    return channel


def refuse_when_archived(channel: Channel) -> None:
    """Refuse to change what stands in a thread that is closed."""
    if channel.archived:
        raise ApiError(400, 50083, "Thread is archived")


def _same_nonce(call: Call, channel: Channel) -> Message | None:
    nonce = call.body.get("nonce")
    if nonce is None or not call.body.get("enforce_nonce"):
        return None
    return call.platform.board.twin(channel, call.platform.world.bot, nonce)


def _replied_message(call: Call, channel: Channel) -> Message | None:
    reference = call.body.get("message_reference")
    if not reference:
        return None
    world = call.platform.world
    if not world.permissions(channel, world.bot) & Permission.READ_MESSAGE_HISTORY:
        raise ApiError(400, 160002, "Cannot reply without permission to read message history")
    replied = world.messages.get(int(reference["message_id"]))
    if replied is None or replied.deleted or replied.channel_id != channel.id:
        if reference.get("fail_if_not_exists", True):
            raise unknown_reference()
        return None
    if replied.is_ephemeral:
        raise missing_permissions()
    return replied


_DEFAULT_PAGE = 50
_LARGEST_PAGE = 100


@routes.add("GET", "/channels/{channel_id}/messages")
async def list_messages(call: Call) -> Answer:
    channel = call.channel()
    if problems := list(_query_problems(call)):
        raise invalid_form(problems)
    world = call.platform.world
    # Without the history Discord answers with an empty page, not with an error.
    may_read = world.permissions(channel, world.bot) & Permission.READ_MESSAGE_HISTORY
    page = _page(call, world.messages_in(channel)) if may_read else []
    return Answer([shown_message(call, message) for message in reversed(page)])


def _query_problems(call: Call) -> Iterator[Problem]:
    for name in call.query.keys() - {"after", "before", "limit"}:
        yield Problem(name, "NOT_PLAYED", "The bot reads what came before or after one, and nothing else is played.")
    limit = call.query.get("limit", str(_DEFAULT_PAGE))
    if not limit.isdecimal() or not 1 <= int(limit) <= _LARGEST_PAGE:
        yield Problem("limit", "NUMBER_TYPE_RANGE", f"int value should be between 1 and {_LARGEST_PAGE}.")


def _page(call: Call, messages: list[Message]) -> list[Message]:
    """Return the messages of a page, oldest first."""
    limit = int(call.query.get("limit", _DEFAULT_PAGE))
    if "after" in call.query:
        return [message for message in messages if message.id > int(call.query["after"])][:limit]
    if "before" in call.query:
        messages = [message for message in messages if message.id < int(call.query["before"])]
    return messages[-limit:]


_OWN = "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me"


@routes.add("PUT", _OWN)
async def add_reaction(call: Call) -> Answer:
    channel = call.channel(Permission.READ_MESSAGE_HISTORY)
    message = find_message(call, channel)
    refuse_when_archived(channel)
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
