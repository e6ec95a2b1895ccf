"""Decide whom a message really pings, from its text and the allowed mentions of its request."""

import re
from dataclasses import dataclass
from typing import Any

_CODE = re.compile(r"```.*?```|``.*?``|`[^`\n]*`", re.DOTALL)
_USER = re.compile(r"<@!?(\d+)>")
_ROLE = re.compile(r"<@&(\d+)>")
_EVERYONE = re.compile(r"@(?:everyone|here)")


@dataclass(frozen=True)
class Pings:
    """Name those whom a message notifies; `replied` is the author of the message replied to, if pinged."""

    users: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()
    everyone: bool = False
    replied: int | None = None

    @property
    def all_users(self) -> frozenset[int]:
        """Return the users pinged by text or by the reply."""
        return self.users if self.replied is None else self.users | {self.replied}


@dataclass(frozen=True)
class Audience:
    """Say who can be pinged in a channel by a certain author."""

    users: frozenset[int]
    roles: frozenset[int] = frozenset()
    everyone: bool = False


def resolve_pings(
    content: str, allowed: dict[str, Any] | None, audience: Audience, replied: int | None = None
) -> Pings:
    """Return whom a message pings; without allowed mentions everybody in the text and the reply."""
    text = _CODE.sub(" ", content)
    users = frozenset(map(int, _USER.findall(text))) & audience.users
    roles = frozenset(map(int, _ROLE.findall(text))) & audience.roles
    everyone = audience.everyone and _EVERYONE.search(text) is not None
    if allowed is None:
        return Pings(users, roles, everyone, replied)
    parsed = allowed.get("parse") or []
    return Pings(
        users if "users" in parsed else users & _identifiers(allowed, "users"),
        roles if "roles" in parsed else roles & _identifiers(allowed, "roles"),
        everyone and "everyone" in parsed,
        replied if allowed.get("replied_user") else None,
    )


def _identifiers(allowed: dict[str, Any], key: str) -> frozenset[int]:
    return frozenset(int(identifier) for identifier in allowed.get(key) or [])
