"""Keep what a session was sent, so that it can be resumed, and write it to the websocket of its client."""

import asyncio
import json
import secrets
import zlib
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.discord_server.gateway.frames import Operation

_SHARD_SHIFT = 22
_REPEATABLE = ("MESSAGE_", "INTERACTION_")


class Connection:
    """Queue frames for one client; one zlib context lasts as long as the connection."""

    def __init__(self, socket: web.WebSocketResponse, *, compresses: bool) -> None:
        self._socket = socket
        self._compressor = zlib.compressobj() if compresses else None
        self._queue: asyncio.Queue[str | int] = asyncio.Queue()
        self.is_open = True
        self.is_mute = False
        self.acknowledges_heartbeats = True

    def send(self, operation: Operation, data: Any = None, **more: Any) -> None:
        """Queue a frame, unless the connection plays dead."""
        is_acknowledgement = operation is Operation.HEARTBEAT_ACKNOWLEDGED
        silenced = not self.acknowledges_heartbeats if is_acknowledgement else self.is_mute
        if not silenced:
            self.send_text(json.dumps({"op": operation, "d": data, "s": None, "t": None} | more))

    def send_text(self, text: str) -> None:
        """Queue a text as it is, be it a frame or not."""
        self._queue.put_nowait(text)

    def close(self, code: int) -> None:
        """Close the connection after all that is queued."""
        self.is_open = False
        self._queue.put_nowait(code)

    def cut(self) -> None:
        """Break the connection off, without a word to the client."""
        self.is_open = False
        if self._socket._req is not None and self._socket._req.transport is not None:
            self._socket._req.transport.abort()

    async def write(self) -> None:
        """Send what is queued until the connection closes."""
        while True:
            item = await self._queue.get()
            if isinstance(item, int):
                await self._socket.close(code=item)
                return
            try:
                await self._transmit(item)
            except ConnectionError:
                # The client went away; the reading side notices it and the session keeps the event.
                return

    async def _transmit(self, text: str) -> None:
        if self._compressor is None:
            await self._socket.send_str(text)
            return
        compressed = self._compressor.compress(text.encode())
        await self._socket.send_bytes(compressed + self._compressor.flush(zlib.Z_SYNC_FLUSH))


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


ZLIB_STREAM = "zlib-stream"
