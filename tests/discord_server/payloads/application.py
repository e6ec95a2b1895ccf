"""Lay out the bot's application."""

from typing import Any

from tests.discord_server.command_kinds import InstallKind
from tests.discord_server.payloads.people import user_payload
from tests.discord_server.world import World

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
