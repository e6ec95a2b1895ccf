"""Take the callbacks of interactions, which carry their own token."""

from typing import Any

from tests.discord_server.callbacks import Callback
from tests.discord_server.interactions import Interaction
from tests.discord_server.limits.callbacks import callback_problems
from tests.discord_server.payloads.messages import message_payload
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
