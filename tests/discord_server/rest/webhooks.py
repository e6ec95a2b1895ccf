"""Take the follow-ups of interactions, which come by the webhook of their token."""

from tests.discord_server.errors import unknown
from tests.discord_server.limits.messages import edit_problems, message_problems
from tests.discord_server.message import Message
from tests.discord_server.payloads.messages import message_payload
from tests.discord_server.reception import Reception
from tests.discord_server.rest.call import Answer, Call, Routes

routes = Routes()

_WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"
_ORIGINAL = _WEBHOOK + "/messages/@original"
_MESSAGE = _WEBHOOK + "/messages/{message_id}"


@routes.add("POST", _WEBHOOK, message_problems, needs_token=False)
async def follow_up(call: Call) -> Answer:
    message = _reception(call).follow_up(_token(call), call.body, call.uploads)
    # For answers to interactions Discord always waits, whatever the query says.
    return _shown(call, message)


@routes.add("GET", _ORIGINAL, needs_token=False)
@routes.add("GET", _MESSAGE, needs_token=False)
async def get_answer(call: Call) -> Answer:
    return _shown(call, _reception(call).find(_token(call), _name(call)))


@routes.add("PATCH", _ORIGINAL, edit_problems, needs_token=False)
@routes.add("PATCH", _MESSAGE, edit_problems, needs_token=False)
async def edit_answer(call: Call) -> Answer:
    return _shown(call, _reception(call).edit(_token(call), _name(call), call.body, call.uploads))


@routes.add("DELETE", _ORIGINAL, needs_token=False)
@routes.add("DELETE", _MESSAGE, needs_token=False)
async def delete_answer(call: Call) -> Answer:
    _reception(call).delete(_token(call), _name(call))
    return Answer.empty()


def _reception(call: Call) -> Reception:
    if call.id("webhook_id") != call.platform.world.application_id:
        raise unknown("Webhook", 10015)
    return call.platform.reception


def _token(call: Call) -> str:
    return call.parameters["webhook_token"]


def _name(call: Call) -> str:
    return call.parameters.get("message_id", "@original")


def _shown(call: Call, message: Message) -> Answer:
    return Answer(message_payload(message, call.platform.world, has_content=True))
