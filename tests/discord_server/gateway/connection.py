"""Write frames to one websocket, in order and compressed as its client asked."""

import asyncio
import json
import zlib
from typing import Any

from aiohttp import web

from tests.discord_server.gateway.frames import Operation

ZLIB_STREAM = "zlib-stream"


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
