"""Lay out interactions as the gateway sends them."""

from typing import Any

from tests.discord_server.installations import app_permissions, context_of
from tests.discord_server.interactions import Interaction
from tests.discord_server.payloads.messages import message_payload
from tests.discord_server.payloads.people import member_payload, user_payload
from tests.discord_server.payloads.places import channel_payload
from tests.discord_server.world import World

Json = dict[str, Any]

_UPLOAD_LIMIT = 10 * 1024 * 1024


def interaction_payload(interaction: Interaction, world: World, locale: str) -> Json:
    """Lay out an interaction for the bot."""
    channel = interaction.channel
    guild = world.guild_of(channel)
    held = world.permissions(channel, interaction.user)
    payload: Json = {
        "id": str(interaction.id),
        "application_id": str(world.application_id),
        "type": int(interaction.kind),
        "data": interaction.data,
        "token": interaction.token,
        "version": 1,
        "channel": channel_payload(channel) | {"permissions": str(int(held))},
        "channel_id": str(channel.id),
        "app_permissions": str(int(app_permissions(channel, interaction.user, world))),
        "locale": locale,
        "entitlements": [],
        "attachment_size_limit": _UPLOAD_LIMIT,
        "authorizing_integration_owners": interaction.owners,
        "context": int(context_of(channel)),
    }
    if interaction.message is not None:
        payload["message"] = message_payload(interaction.message, world, has_content=True)
    if guild is None:
        return payload | {"user": user_payload(interaction.user)}
    member = member_payload(guild.members[interaction.user.id]) | {"permissions": str(int(held))}
    guild_part = {"id": str(guild.id), "locale": "en-US", "features": []}
    return payload | {"guild_id": str(guild.id), "guild_locale": "en-US", "guild": guild_part, "member": member}
