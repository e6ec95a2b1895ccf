"""Lay out users, members and roles."""

from typing import Any

from tests.discord_server.entities import Member, Role, User

Json = dict[str, Any]


def user_payload(user: User) -> Json:
    """Lay out an account as everybody sees it."""
    return {
        "id": str(user.id),
        "username": user.username,
        "discriminator": "0000" if user.is_bot else "0",
        "global_name": None if user.is_bot else user.display_name,
        "avatar": None,
        "bot": user.is_bot,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
    }


def own_user_payload(user: User) -> Json:
    """Lay out the account of the bot as only the bot sees it."""
    private = {"mfa_enabled": True, "locale": "en-US", "verified": True, "email": None, "premium_type": 0}
    return user_payload(user) | private


def partial_member_payload(member: Member) -> Json:
    """Lay out a membership beside an event that already names its user."""
    return {
        "avatar": None,
        "banner": None,
        "communication_disabled_until": None,
        "flags": 0,
        "joined_at": member.joined_at.isoformat(),
        "nick": None,
        "pending": False,
        "premium_since": None,
        "roles": [str(role) for role in member.role_ids],
    }


def member_payload(member: Member) -> Json:
    """Lay out a membership with its user."""
    return partial_member_payload(member) | {"user": user_payload(member.user), "mute": False, "deaf": False}


def role_payload(role: Role) -> Json:
    """Lay out a role."""
    payload = {
        "id": str(role.id),
        "name": role.name,
        "permissions": str(int(role.permissions)),
        "position": role.position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": role.bot_id is not None,
        "mentionable": role.mentionable,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }
    return payload if role.bot_id is None else payload | {"tags": {"bot_id": str(role.bot_id)}}
