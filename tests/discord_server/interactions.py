"""Keep the interactions that people started, and what the bot made of them in which way."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from tests.discord_server.command_kinds import LEVELS
from tests.discord_server.entities import Channel, User
from tests.discord_server.installations import Owners
from tests.discord_server.message import Message, Origin

Json = dict[str, Any]


class InteractionKind(IntEnum):
    """Name what somebody did, by Discord's numbers."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Callback(IntEnum):
    """Be one way to answer an interaction."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


@dataclass(eq=False)
class Interaction:
    """Be one act of a person that the bot has to answer; `trigger` is what opened the form that was sent."""

    id: int
    kind: InteractionKind
    channel: Channel
    user: User
    data: Json
    opened_at: float
    owners: Owners
    message: Message | None = None
    trigger: "Interaction | None" = None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    callback: Callback | None = None
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    choices: list[Json] = field(default_factory=list)
    modal: Json | None = None

    @property
    def replies(self) -> list[Message]:
        """Return the messages that answer the interaction and are still there, the original first."""
        messages = [*([self.original] if self.original else []), *self.followups]
        return [message for message in messages if not message.deleted]

    @property
    def origin(self) -> Origin:
        """Return what a message says about the interaction that it answers."""
        return Origin(
            self.id,
            int(self.kind),
            self.user.id,
            self.owners,
            command_name=" ".join(_names(self.data)) or None,
            command_type=self.data.get("type"),
            pressed_message_id=None if self.message is None else self.message.id,
            trigger=None if self.trigger is None else self.trigger.origin,
        )


def _names(level: Json) -> Iterator[str]:
    """Yield the names of a command and of the subcommands that were called below it."""
    if "name" in level:
        yield level["name"]
    for option in level.get("options") or []:
        if option["type"] in LEVELS:
            yield from _names(option)


class Interactions:
    """Find interactions by id or token."""

    def __init__(self) -> None:
        self._by_id: dict[int, Interaction] = {}
        self._by_token: dict[str, Interaction] = {}

    def add(self, interaction: Interaction) -> None:
        """Remember an interaction."""
        self._by_id[interaction.id] = interaction
        self._by_token[interaction.token] = interaction

    def by_id(self, identifier: int) -> Interaction | None:
        """Return the interaction with an id."""
        return self._by_id.get(identifier)

    def by_token(self, token: str) -> Interaction | None:
        """Return the interaction with a token."""
        return self._by_token.get(token)
