"""Hold one message as the server keeps it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import IntEnum, IntFlag
from typing import Any

from tests.discord_server.component_kinds import displayed_texts
from tests.discord_server.mentions import Pings

Json = dict[str, Any]


class MessageKind(IntEnum):
    """Name the kinds of message that the server makes by Discord's numbers."""

    DEFAULT = 0
    REPLY = 19
    CHAT_INPUT_COMMAND = 20
    CONTEXT_MENU_COMMAND = 23


class MessageFlag(IntFlag):
    """Name the message flags that change what the server does."""

    SUPPRESS_EMBEDS = 1 << 2
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    HAS_SNAPSHOT = 1 << 14
    COMPONENTS_V2 = 1 << 15


@dataclass(frozen=True)
class Reference:
    """Point to the message that another one replies to, or forwards."""

    message_id: int
    channel_id: int
    guild_id: int | None
    is_forward: bool = False


@dataclass(frozen=True)
class Origin:
    """Say which interaction a message answers; `trigger` is the one whose form somebody sent."""

    interaction_id: int
    interaction_type: int
    user_id: int
    owners: dict[str, str]
    command_name: str | None = None
    command_type: int | None = None
    pressed_message_id: int | None = None
    trigger: "Origin | None" = None


@dataclass(eq=False)
class Message:
    """Be a message; a deleted one stays known, for those who still hold it.

    `pings` are those whom it notified, `mentions` those whom it names as it stands now: an edit notifies nobody.
    `files` are the contents of the attachments by their names.
    """

    id: int
    channel_id: int
    author_id: int
    content: str = ""
    kind: MessageKind = MessageKind.DEFAULT
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    snapshots: list[Json] = field(default_factory=list)
    flags: int = 0
    pings: Pings = field(default_factory=Pings)
    mentions: Pings = field(default_factory=Pings)
    reference: Reference | None = None
    origin: Origin | None = None
    nonce: str | int | None = None
    created_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    edited_at: datetime | None = None
    edits: int = 0
    deleted: bool = False
    reactions: dict[str, list[int]] = field(default_factory=dict)

    @property
    def is_ephemeral(self) -> bool:
        """Say whether only the person who caused the message sees it."""
        return bool(self.flags & MessageFlag.EPHEMERAL)

    @property
    def is_loading(self) -> bool:
        """Say whether the message is still the «thinking» placeholder of a deferral."""
        return bool(self.flags & MessageFlag.LOADING)

    @property
    def text(self) -> str:
        """Return the text in which mentions count: the content, and what a layout displays."""
        return "\n".join([self.content, *displayed_texts(self.components)])

    @property
    def is_empty(self) -> bool:
        """Say whether the message holds nothing that Discord would show."""
        return not (self.content or self.components or self.attachments or self.embeds or self.snapshots)
