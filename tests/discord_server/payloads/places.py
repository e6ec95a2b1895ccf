"""Lay out channels, threads and guilds."""

from typing import Any

from tests.discord_server.entities import Channel, ChannelKind, Guild
from tests.discord_server.payloads.people import member_payload, role_payload, user_payload
from tests.discord_server.world import World

Json = dict[str, Any]

_EMPTY_KEYS = ("icon", "description", "home_header", "splash", "discovery_splash", "banner", "application_id")
_PLACES = ("afk", "system", "widget", "rules", "safety_alerts", "public_updates")
_ZERO_KEYS = (
    "system_channel_flags",
    "verification_level",
    "default_message_notifications",
    "mfa_level",
    "explicit_content_filter",
    "premium_tier",
    "premium_subscription_count",
    "nsfw_level",
)


def channel_payload(channel: Channel) -> Json:
    """Lay out a channel of any kind."""
    payload: Json = {"id": str(channel.id), "type": int(channel.kind), "flags": 0}
    if channel.last_message_id is not None:
        payload["last_message_id"] = str(channel.last_message_id)
    if channel.guild_id is None:
        group = {"owner_id": str(channel.owner_id), "name": None, "icon": None}
        payload |= group if channel.kind is ChannelKind.GROUP else {}
        return payload | {"recipients": [user_payload(user) for user in channel.recipients]}
    payload |= {"guild_id": str(channel.guild_id), "name": channel.name, "rate_limit_per_user": 0}
    if channel.is_thread:
        return payload | _thread_part(channel)
    overwrites = [
        {"id": str(o.target_id), "type": 0 if o.is_role else 1, "allow": str(int(o.allow)), "deny": str(int(o.deny))}
        for o in channel.overwrites.values()
    ]
    payload |= {"position": channel.position, "permission_overwrites": overwrites, "nsfw": False}
    return payload | ({"available_tags": []} if channel.kind is ChannelKind.FORUM else {})


def _thread_part(thread: Channel) -> Json:
    return {
        "parent_id": str(thread.parent_id),
        "owner_id": str(thread.owner_id),
        "message_count": 0,
        "member_count": 1,
        "total_message_sent": 0,
        "thread_metadata": {
            "archived": thread.archived,
            "archive_timestamp": "2025-01-01T00:00:00+00:00",
            "auto_archive_duration": 10080,
            "locked": thread.locked,
            **({"invitable": False} if thread.kind is ChannelKind.PRIVATE_THREAD else {}),
        },
    }


def guild_payload(guild: Guild) -> Json:
    """Lay out a guild as its own route answers it."""
    return {
        "id": str(guild.id),
        "name": guild.name,
        "owner_id": str(guild.owner_id),
        **dict.fromkeys(_EMPTY_KEYS),
        **dict.fromkeys(f"{place}_channel_id" for place in _PLACES),
        **dict.fromkeys(_ZERO_KEYS, 0),
        "features": [],
        "region": "deprecated",
        "afk_timeout": 300,
        "widget_enabled": False,
        "roles": [role_payload(role) for role in guild.roles.values()],
        "max_presences": None,
        "max_members": 500_000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "vanity_url_code": None,
        "preferred_locale": "en-US",
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "emojis": [],
        "stickers": [],
        "incidents_data": None,
    }


def guild_event_payload(guild: Guild, world: World) -> Json:
    """Lay out a guild as the gateway announces it; without the members intent it shows the bot alone."""
    channels = guild.channels.values()
    return guild_payload(guild) | {
        "joined_at": guild.members[world.bot.id].joined_at.isoformat(),
        "large": False,
        "unavailable": False,
        "member_count": len(guild.members),
        "members": [member_payload(guild.members[world.bot.id])],
        "channels": [channel_payload(c) for c in channels if not c.is_thread],
        "threads": [channel_payload(c) for c in channels if c.is_thread and world.permissions(c, world.bot)],
        **{key: [] for key in ("voice_states", "presences", "stage_instances", "guild_scheduled_events")},
        "soundboard_sounds": [],
    }
