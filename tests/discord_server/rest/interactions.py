"""Take the callbacks of interactions, which carry their own token, and the follow-ups by the webhook of that token."""

from typing import Any

from tests.discord_server.errors import unknown
from tests.discord_server.interactions import Callback, Interaction
from tests.discord_server.limits.messages import callback_problems, edit_problems, message_problems
from tests.discord_server.message import Message
from tests.discord_server.payloads.messages import message_payload
from tests.discord_server.reception import Reception
from tests.discord_server.rest.call import Answer, Call, Routes

routes = Routes()

_SHOWN = frozenset({Callback.MESSAGE, Callback.UPDATE})


@routes.add("POST", "/interactions/{interaction_id}/{interaction_token}/callback", callback_problems, needs_token=False)
async def answer_interaction(call: Call) -> Answer:
    token = call.parameters["interaction_token"]
    interaction = call.platform.reception.acknowledge(call.id("interaction_id"), token, call.body, call.uploads)
    if call.query.get("with_response") not in {"1", "true"}:
        return Answer.empty()
    return Answer(_callback_payload(call, interaction))


def _callback_payload(call: Call, interaction: Interaction) -> dict[str, Any]:
    identity: dict[str, Any] = {
        "id": str(interaction.id),
        "type": int(interaction.kind),
        "channel_id": str(interaction.channel.id),
    }
    if interaction.channel.guild_id is not None:
        identity["guild_id"] = str(interaction.channel.guild_id)
    message = interaction.original
    if message is None:
        return {"interaction": identity}
    identity["response_message_id"] = str(message.id)
    identity["response_message_loading"] = message.is_loading
    identity["response_message_ephemeral"] = message.is_ephemeral
    if interaction.callback not in _SHOWN:
        return {"interaction": identity}
    shown = message_payload(message, call.platform.world, has_content=True)
    return {"interaction": identity, "resource": {"type": int(interaction.callback or 0), "message": shown}}


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
