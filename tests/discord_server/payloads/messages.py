"""Lay out messages, as the bot may see them, and interactions as the gateway sends them."""

from typing import Any

from tests.discord_server.installations import app_permissions, context_of
from tests.discord_server.interactions import Interaction
from tests.discord_server.message import Message, MessageKind, Origin
from tests.discord_server.payloads.people import member_payload, user_payload
from tests.discord_server.payloads.places import channel_payload
from tests.discord_server.world import World

Json = dict[str, Any]


def message_payload(message: Message, world: World, *, has_content: bool) -> Json:
    """Lay out a message; without the message content intent, what the bot may not read is left empty."""
    payload = _own_part(message, world, readable=has_content or is_readable(message, world))
    if message.kind is MessageKind.REPLY and message.reference is not None:
        replied = world.messages.get(message.reference.message_id)
        # Null says that the message is gone.
        payload["referenced_message"] = None
        if replied is not None and not replied.deleted:
            readable = has_content or is_readable(replied, world)
            payload["referenced_message"] = _own_part(replied, world, readable=readable)
    return payload


def snapshot_payload(message: Message) -> Json:
    """Lay out what a message that is forwarded takes along: all but who wrote it, and where."""
    return {
        "type": int(message.kind),
        "content": message.content,
        "embeds": message.embeds,
        "attachments": message.attachments,
        "components": message.components,
        "timestamp": message.created_at.isoformat(),
        "edited_timestamp": message.edited_at.isoformat() if message.edited_at else None,
        "mentions": [],
        "mention_roles": [],
        "flags": int(message.flags),
    }


def is_readable(message: Message, world: World) -> bool:
    """Say whether the bot reads a message without the message content intent.

    It reads its own messages, direct ones, those that mention it in their text, and those that reply to
    an ordinary message of it with the ping on; a ping by replying to the answer of an interaction is not enough.
    """
    bot = world.bot.id
    if message.author_id == bot or world.channels[message.channel_id].guild_id is None:
        return True
    if bot in message.mentions.users:
        return True
    replied = world.messages.get(message.reference.message_id) if message.reference else None
    return message.mentions.replied == bot and replied is not None and replied.origin is None


def _own_part(message: Message, world: World, *, readable: bool) -> Json:
    payload: Json = {
        "id": str(message.id),
        "channel_id": str(message.channel_id),
        "type": int(message.kind),
        "author": user_payload(world.users[message.author_id]),
        "timestamp": message.created_at.isoformat(),
        "edited_timestamp": message.edited_at.isoformat() if message.edited_at else None,
        "content": message.content if readable else "",
        "embeds": message.embeds if readable else [],
        "components": message.components if readable else [],
        "attachments": message.attachments if readable else [],
        "mentions": [user_payload(world.users[user]) for user in sorted(message.mentions.all_users)],
        "mention_roles": [str(role) for role in sorted(message.mentions.roles)],
        "mention_everyone": message.mentions.everyone,
        "flags": int(message.flags),
        "pinned": False,
        "tts": False,
    }
    if world.users[message.author_id].is_webhook:
        payload["webhook_id"] = str(message.author_id)
    if message.snapshots:
        payload["message_snapshots"] = [{"message": snapshot} for snapshot in message.snapshots] if readable else []
    if message.nonce is not None:
        payload["nonce"] = message.nonce
    if message.reactions:
        payload["reactions"] = [_reaction_part(emoji, users, world) for emoji, users in message.reactions.items()]
    if message.reference is not None:
        payload["message_reference"] = _reference_part(message)
    if message.origin is not None:
        payload |= _origin_part(message.origin, world)
    return payload


def _reference_part(message: Message) -> Json:
    reference = message.reference
    if reference is None:
        return {}
    part = {
        "type": int(reference.is_forward),
        "message_id": str(reference.message_id),
        "channel_id": str(reference.channel_id),
    }
    return part if reference.guild_id is None else part | {"guild_id": str(reference.guild_id)}


def _reaction_part(emoji: str, users: list[int], world: World) -> Json:
    return {
        "emoji": {"id": None, "name": emoji},
        "count": len(users),
        "count_details": {"burst": 0, "normal": len(users)},
        "burst_colors": [],
        "me_burst": False,
        "me": world.bot.id in users,
    }


def _origin_part(origin: Origin, world: World) -> Json:
    part: Json = {
        "application_id": str(world.application_id),
        "webhook_id": str(world.application_id),
        "interaction_metadata": _metadata(origin, world),
    }
    if origin.command_name is not None:
        part["interaction"] = _identity(origin, world) | {"name": origin.command_name}
    return part


def _metadata(origin: Origin, world: World) -> Json:
    metadata = _identity(origin, world) | {"authorizing_integration_owners": origin.owners}
    if origin.trigger is not None:
        return metadata | {"triggering_interaction_metadata": _metadata(origin.trigger, world)}
    if origin.pressed_message_id is not None:
        return metadata | {"interacted_message_id": str(origin.pressed_message_id)}
    return metadata


def _identity(origin: Origin, world: World) -> Json:
    user = user_payload(world.users[origin.user_id])
    return {"id": str(origin.interaction_id), "type": origin.interaction_type, "user": user}


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
