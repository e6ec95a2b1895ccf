"""Answer the frames of one client."""

import asyncio
import json
from typing import TYPE_CHECKING, Any

from tests.discord_server.gateway.frames import PRIVILEGED_INTENTS, CloseCode, Intent, Operation
from tests.discord_server.gateway.session import Connection, Session
from tests.discord_server.payloads.people import own_user_payload
from tests.discord_server.payloads.places import guild_event_payload

if TYPE_CHECKING:
    from tests.discord_server.gateway.gateway import Gateway

_DISTANCE = 0.02
"""Seconds until a heartbeat is acknowledged."""

Json = dict[str, Any]


class Hangup(Exception):  # noqa: N818
    """End the connection with a close code."""

    def __init__(self, code: CloseCode) -> None:
        super().__init__(code.name)
        self.code = code


class Conversation:
    """Lead one client from HELLO through IDENTIFY or RESUME to its events."""

    def __init__(self, gateway: "Gateway", connection: Connection) -> None:
        self._gateway = gateway
        self.connection = connection
        self.session: Session | None = None

    def greet(self) -> None:
        """Say HELLO and how often to send a heartbeat."""
        interval = int(self._gateway.heartbeat_interval * 1000)
        self.connection.send(Operation.HELLO, {"heartbeat_interval": interval})

    def hear(self, text: str) -> None:
        """Answer one frame.

        Raises:
            Hangup: the frame is one for which Discord ends the connection.
        """
        try:
            frame = json.loads(text)
            operation, data = frame["op"], frame.get("d")
        except (ValueError, TypeError, KeyError, AttributeError):
            raise Hangup(CloseCode.DECODE_ERROR) from None
        match operation:
            case Operation.HEARTBEAT:
                # Discord's library notes in another thread when it sent a heartbeat, after it has.
                loop = asyncio.get_running_loop()
                loop.call_later(_DISTANCE, self.connection.send, Operation.HEARTBEAT_ACKNOWLEDGED)
            case Operation.IDENTIFY:
                self._identify(data)
            case Operation.RESUME:
                self._resume(data)
            case _:
                raise Hangup(CloseCode.UNKNOWN_OPERATION)

    def _authenticate(self, token: str) -> None:
        if self.session is not None:
            raise Hangup(CloseCode.ALREADY_AUTHENTICATED)
        if token.removeprefix("Bot ") != self._gateway.token:
            raise Hangup(CloseCode.AUTHENTICATION_FAILED)

    def _identify(self, data: Json) -> None:
        self._gateway.identifies.append(data)
        self._gateway.announce()
        self._authenticate(data["token"])
        if data["intents"] & PRIVILEGED_INTENTS:
            raise Hangup(CloseCode.DISALLOWED_INTENTS)
        number, count = data.get("shard", (0, 1))
        if not 0 <= number < count:
            raise Hangup(CloseCode.INVALID_SHARD)
        self.session = Session(data["intents"], (number, count), self.connection)
        self._gateway.sessions[self.session.id] = self.session
        self._introduce(self.session)

    def _introduce(self, session: Session) -> None:
        world = self._gateway.world
        guilds = [g for g in world.guilds.values() if world.bot.id in g.members and session.serves(g.id)]
        ready = {
            "v": 10,
            "user": own_user_payload(world.bot),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "private_channels": [],
            "session_id": session.id,
            "session_type": "normal",
            "resume_gateway_url": self._gateway.address,
            "shard": list(session.shard),
            "application": {"id": str(world.application_id), "flags": 0},
        }
        session.dispatch("READY", ready)
        if session.intents & Intent.GUILDS:
            for guild in guilds:
                session.dispatch("GUILD_CREATE", guild_event_payload(guild, world))
        session.is_ready = True
        self._gateway.announce()

    def _resume(self, data: Json) -> None:
        self._gateway.resumes.append(data)
        self._gateway.announce()
        self._authenticate(data["token"])
        if self._gateway.swallowed_resumes > 0:
            self._gateway.swallowed_resumes -= 1
            return
        session = self._gateway.sessions.get(data["session_id"])
        if session is None:
            self.connection.send(Operation.INVALID_SESSION, data=False)
            return
        if data["seq"] > session.sequence:
            raise Hangup(CloseCode.INVALID_SEQUENCE)
        self.session = session
        session.connection = self.connection
        session.replay(data["seq"], self._gateway.repeated_events)
        session.dispatch("RESUMED", {"_trace": []})
        self._gateway.announce()
