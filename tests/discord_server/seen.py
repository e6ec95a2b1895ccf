"""Show a message as a person sees it."""

import re
from dataclasses import dataclass, field
from typing import Any

from tests.discord_server.component_kinds import ComponentKind, displayed_texts, every_component
from tests.discord_server.message import Message
from tests.discord_server.world import World

Json = dict[str, Any]

# The marks of direction around a line, behind the markup that it begins with.
_LINE_ISOLATE = re.compile(r"[\u200e\u200f][\u2066\u2067](.*)\u2069$", re.MULTILINE)
_BOLD = re.compile(r"(?<!\\)\*\*")


@dataclass(frozen=True)
class Button:
    """Be a button under a message."""

    label: str
    custom_id: str | None
    url: str | None
    is_disabled: bool
    emoji: str | None = None


@dataclass(frozen=True)
class Pinged:
    """Name who was really notified; false when nobody was."""

    users: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    everyone: bool = False

    def __bool__(self) -> bool:
        return bool(self.users or self.roles or self.everyone)


@dataclass(frozen=True)
class Seen:
    """Be what one message shows at one moment; `reply_to` is the id of the message that it answers."""

    message: Message
    author: str
    channel: str
    content: str
    components: tuple[Json, ...]
    attachments: tuple[Json, ...]
    pinged: Pinged
    reply_to: int | None
    is_ephemeral: bool
    is_thinking: bool
    edits: int
    reactions: dict[str, int] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """Return the message's id."""
        return self.message.id

    @property
    def buttons(self) -> list[Button]:
        """Return the buttons in the order in which they stand."""
        return [
            Button(
                c.get("label", ""),
                c.get("custom_id"),
                c.get("url"),
                bool(c.get("disabled")),
                c.get("emoji", {}).get("name"),
            )
            for c in every_component(self.components)
            if c["type"] == ComponentKind.BUTTON
        ]

    @property
    def text(self) -> str:
        """Return all that can be read: content and layout texts, without the signs of bold words and of lines."""
        texts = [self.content, *displayed_texts(self.components)]
        read = without_line_isolates("\n".join(filter(None, texts)))
        # All spaces look alike.
        return _BOLD.sub("", read).replace("\u00a0", " ")


def without_line_isolates(text: str) -> str:
    """Return a text without the marks of direction around its lines."""
    return _LINE_ISOLATE.sub(r"\1", text)


def see(message: Message, world: World) -> Seen:
    """Return what a message shows now."""
    channel = world.channels[message.channel_id]
    guild = world.guild_of(channel)
    pings = message.pings
    return Seen(
        message=message,
        author=world.users[message.author_id].display_name,
        channel=channel.name,
        content=message.content,
        components=tuple(message.components),
        attachments=tuple(message.attachments),
        pinged=Pinged(
            tuple(world.users[user].display_name for user in sorted(pings.all_users)),
            tuple(guild.roles[role].name for role in sorted(pings.roles)) if guild else (),
            pings.everyone,
        ),
        reply_to=None if message.reference is None else message.reference.message_id,
        is_ephemeral=message.is_ephemeral,
        is_thinking=message.is_loading,
        edits=message.edits,
        reactions={emoji: len(users) for emoji, users in message.reactions.items()},
    )


def message_of(shown: Message | Seen) -> Message:
    """Return the message itself, whichever way a test holds it."""
    return shown.message if isinstance(shown, Seen) else shown
