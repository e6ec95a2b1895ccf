"""Keep what a session was sent, so that it can be resumed."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from tests.discord_server.gateway.connection import Connection
from tests.discord_server.gateway.frames import Operation

_SHARD_SHIFT = 22
_REPEATABLE = ("MESSAGE_", "INTERACTION_")


@dataclass(eq=False)
class Session:
    """Be one identified client, connected or not."""

    intents: int
    shard: tuple[int, int]
    connection: Connection | None
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    is_ready: bool = False
    history: list[dict[str, Any]] = field(default_factory=list)

    @property
    def sequence(self) -> int:
        """Return the number of the latest event."""
        return len(self.history)

    def serves(self, guild_id: int | None) -> bool:
        """Say whether events of a guild come to this shard; direct ones come to the first."""
        number, count = self.shard
        return number == (0 if guild_id is None else (guild_id >> _SHARD_SHIFT) % count)

    def dispatch(self, event: str, data: dict[str, Any]) -> None:
        """Number an event, keep it, and send it if the client is there."""
        self.history.append({"t": event, "s": self.sequence + 1, "d": data})
        if self.connection is not None:
            self._send(self.history[-1])

    def replay(self, sequence: int, repeated: int = 0) -> None:
        """Send every event after the one that the client saw last, and before them some that it has seen."""
        seen = [entry for entry in self.history[:sequence] if entry["t"].startswith(_REPEATABLE)]
        for entry in [*seen[len(seen) - repeated :], *self.history[sequence:]]:
            self._send(entry)

    def _send(self, entry: dict[str, Any]) -> None:
        if self.connection is not None:
            self.connection.send(Operation.DISPATCH, entry["d"], t=entry["t"], s=entry["s"])
