"""Accept websockets, keep the sessions behind them and hand events to those who asked for them."""

import asyncio
import contextlib
from typing import Any

from aiohttp import WSMsgType, web

from tests.discord_server.changes import Changes
from tests.discord_server.errors import Violation
from tests.discord_server.gateway.conversation import Conversation, Hangup
from tests.discord_server.gateway.frames import CloseCode, Operation
from tests.discord_server.gateway.session import ZLIB_STREAM, Connection, Session
from tests.discord_server.world import World

_LEAVING_CODES = frozenset({1000, 1001})


class Gateway:
    """Play the gateway, and misbehave on request."""

    def __init__(
        self, world: World, token: str, changes: Changes, violations: list[Violation], *, heartbeat_interval: float
    ) -> None:
        self.world = world
        self.token = token
        self.address = ""
        self.heartbeat_interval = heartbeat_interval
        self.identifies: list[dict[str, Any]] = []
        self.resumes: list[dict[str, Any]] = []
        self.close_codes: list[int | None] = []
        self.sessions: dict[str, Session] = {}
        self.swallowed_resumes = 0
        self.repeated_events = 0
        self._changes = changes
        self._violations = violations
        self._refusals: list[int] = []
        self._connections: set[Connection] = set()

    @property
    def connected(self) -> list[Session]:
        """Return the sessions whose client is there."""
        return [s for s in self.sessions.values() if s.connection is not None and s.connection.is_open]

    def announce(self) -> None:
        """Wake those who wait for the gateway to change."""
        self._changes.announce()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one websocket from HELLO to its close."""
        if self._refusals:
            return web.Response(status=self._refusals.pop(0))
        socket = web.WebSocketResponse(max_msg_size=0, compress=False)
        await socket.prepare(request)
        compression = request.query.get("compress")
        if compression not in {None, ZLIB_STREAM}:
            self._violations.append(Violation("gateway", "connect", f"compression {compression!r} is not played"))
        connection = Connection(socket, compresses=compression == ZLIB_STREAM)
        self._connections.add(connection)
        writer = asyncio.create_task(connection.write())
        conversation = Conversation(self, connection)
        try:
            conversation.greet()
            await self._listen(socket, conversation)
        finally:
            self._connections.discard(connection)
            self._part(conversation, socket.close_code)
            writer.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await writer
        return socket

    async def _listen(self, socket: web.WebSocketResponse, conversation: Conversation) -> None:
        async for incoming in socket:
            if incoming.type is not WSMsgType.TEXT:
                conversation.connection.close(CloseCode.DECODE_ERROR)
                continue
            try:
                conversation.hear(incoming.data)
            except Hangup as hangup:
                conversation.connection.close(hangup.code)

    def _part(self, conversation: Conversation, code: int | None) -> None:
        self.close_codes.append(code)
        session, connection = conversation.session, conversation.connection
        # A client that says good-bye gives up its session; one that is cut off may come back to it.
        client_left = connection.is_open and code in _LEAVING_CODES
        connection.is_open = False
        if session is not None and session.connection is connection:
            session.connection = None
            if client_left:
                self.sessions.pop(session.id, None)
        self.announce()

    def dispatch(self, event: str, guild_id: int | None, intents: int, data: dict[str, Any]) -> None:
        """Send an event to every session of the guild's shard that asked for one of the intents."""
        for session in list(self.sessions.values()):
            if session.serves(guild_id) and (not intents or session.intents & intents):
                session.dispatch(event, data)

    def close(self, code: int) -> None:
        """Close every connection with a code."""
        for session in self.connected:
            if session.connection is not None:
                session.connection.close(code)

    def cut(self) -> None:
        """Break every connection off, as the network does; the client sees the code 1006."""
        for session in self.connected:
            if session.connection is not None:
                session.connection.cut()

    def reconnect(self) -> None:
        """Ask every client to connect again (operation 7)."""
        for session in self.connected:
            self._to(session, Operation.RECONNECT)

    def invalidate(self, *, resumable: bool) -> None:
        """Declare every session invalid (operation 9); one that is not resumable is forgotten."""
        for session in self.connected:
            self._to(session, Operation.INVALID_SESSION, resumable)
            if not resumable:
                del self.sessions[session.id]

    def malformed(self, text: str = "{not json") -> None:
        """Send every client something that is not a frame."""
        for session in self.connected:
            if session.connection is not None:
                session.connection.send_text(text)

    def silence(self, *, acknowledge_heartbeats: bool = False) -> None:
        """Send nothing more on the present connections; events are kept for a later resume."""
        for connection in self._connections:
            connection.is_mute = True
            connection.acknowledges_heartbeats = acknowledge_heartbeats

    def refuse(self, times: int = 1, status: int = 503) -> None:
        """Answer the next attempts to connect with an HTTP error."""
        self._refusals += [status] * times

    def accept(self) -> None:
        """Take connections again."""
        self._refusals.clear()

    def shut_down(self) -> None:
        """Close what is still open when the server ends."""
        for connection in self._connections:
            connection.close(1001)

    @staticmethod
    def _to(session: Session, operation: Operation, data: Any = None) -> None:
        if session.connection is not None:
            session.connection.send(operation, data)
