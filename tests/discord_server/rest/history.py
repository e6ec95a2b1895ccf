"""Answer with the messages of a channel, a page at a time."""

from collections.abc import Iterator

from tests.discord_server.errors import Problem, invalid_form
from tests.discord_server.message import Message
from tests.discord_server.permissions import Permission
from tests.discord_server.rest.call import Answer, Call, Routes
from tests.discord_server.rest.messages import shown_message

routes = Routes()

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
    for name in call.query.keys() - {"after", "limit"}:
        yield Problem(name, "NOT_PLAYED", "The bot reads what came after a message, and nothing else is played.")
    limit = call.query.get("limit", str(_DEFAULT_PAGE))
    if not limit.isdecimal() or not 1 <= int(limit) <= _LARGEST_PAGE:
        yield Problem("limit", "NUMBER_TYPE_RANGE", f"int value should be between 1 and {_LARGEST_PAGE}.")


def _page(call: Call, messages: list[Message]) -> list[Message]:
    """Return the messages of a page, oldest first."""
    limit = int(call.query.get("limit", _DEFAULT_PAGE))
    if "after" in call.query:
        return [message for message in messages if message.id > int(call.query["after"])][:limit]
    return messages[-limit:]
