"""Hold the people and places of the world as plain values."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import IntEnum


class ChannelKind(IntEnum):
    """Name the kinds of channel that the world knows by Discord's numbers."""

    TEXT = 0
    DIRECT = 1
    GROUP = 3
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    FORUM = 15


@dataclass(eq=False)
class User:
    """Be an account: a person's, a bot's, or the name that a webhook writes under."""

    id: int
    username: str
    display_name: str
    is_bot: bool = False
    is_webhook: bool = False
    accepts_direct_messages: bool = True

    @property
    def mention(self) -> str:
        """Return what pings the user when it stands in a message."""
        return f"<@{self.id}>"


@dataclass(eq=False)
class Role:
    """Be a named set of permissions in a guild."""

    id: int
    name: str
    permissions: int = 0
    position: int = 1
    mentionable: bool = False
    bot_id: int | None = None

    @property
    def mention(self) -> str:
        """Return what pings the role when it stands in a message."""
        return f"<@&{self.id}>"


@dataclass(eq=False)
class Member:
    """Be a user's membership of one guild."""

    user: User
    role_ids: list[int] = field(default_factory=list)
    joined_at: datetime = field(default_factory=lambda: datetime.now(UTC))


@dataclass(eq=False)
class TeamMember:
    """Be a user's membership of the team that owns the application."""

    user: User
    role: str = "developer"
    has_accepted: bool = True


@dataclass
class Overwrite:
    """Change the permissions of a role or a member in one channel."""

    target_id: int
    is_role: bool
    allow: int = 0
    deny: int = 0


@dataclass(eq=False)
class Channel:
    """Be a place where messages stand; threads and direct conversations are channels too."""

    id: int
    kind: ChannelKind
    name: str = ""
    guild_id: int | None = None
    parent_id: int | None = None
    owner_id: int | None = None
    position: int = 0
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    recipients: list[User] = field(default_factory=list)
    member_ids: set[int] = field(default_factory=set)
    archived: bool = False
    locked: bool = False
    last_message_id: int | None = None
    typing_count: int = 0

    @property
    def is_thread(self) -> bool:
        """Say whether the channel hangs below another one."""
        return self.kind in {ChannelKind.PUBLIC_THREAD, ChannelKind.PRIVATE_THREAD}

    @property
    def is_private(self) -> bool:
        """Say whether the channel is a conversation between people, which the bot cannot see."""
        return len(self.recipients) > 1

    @property
    def mention(self) -> str:
        """Return what links to the channel when it stands in a message."""
        return f"<#{self.id}>"


@dataclass(eq=False)
class Guild:
    """Be one community with its own members, roles and channels."""

    id: int
    name: str
    owner_id: int
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
