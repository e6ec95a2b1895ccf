"""Lay out users, members and roles, and the bot's application with those who own it."""

from typing import Any

from tests.discord_server.command_kinds import InstallKind
from tests.discord_server.entities import Member, Role, User
from tests.discord_server.world import World

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


_INVITED, _ACCEPTED = 1, 2


def application_payload(world: World) -> dict[str, Any]:
    """Lay out the application as its own bot sees it."""
    return {
        "id": str(world.application_id),
        "name": world.bot.display_name,
        "icon": None,
        "description": "",
        "type": None,
        "verify_key": "0" * 64,
        "flags": 0,
        "flags_new": "0",
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": _team_user(world) if world.team else user_payload(world.owner),
        "approximate_guild_count": sum(world.bot.id in guild.members for guild in world.guilds.values()),
        "approximate_user_install_count": len(world.installed_by),
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": _team(world) if world.team else None,
        "eligible_oauth2_scopes": [],
        "bot_public": True,
        "integration_types_config": {str(int(kind)): {} for kind in InstallKind},
        "bot_require_code_grant": False,
        "bot": user_payload(world.bot),
    }


def _team_user(world: World) -> dict[str, Any]:
    """Lay out the account that stands for a team where a person's would."""
    return user_payload(world.owner) | {"id": _team_id(world), "username": f"team{_team_id(world)}"}


def _team(world: World) -> dict[str, Any]:
    members = [
        {
            "user": user_payload(member.user),
            "team_id": _team_id(world),
            "membership_state": _ACCEPTED if member.has_accepted else _INVITED,
            "role": member.role,
            "permissions": ["*"],
        }
        for member in world.team
    ]
    owner = str(world.team[0].user.id)
    return {"id": _team_id(world), "icon": None, "name": "فريق", "owner_user_id": owner, "members": members}


def _team_id(world: World) -> str:
    return str(world.application_id + 1)
