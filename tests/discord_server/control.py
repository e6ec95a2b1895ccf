"""Drive the server from another process, over JSON under /control/."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.discord_server.faults import Fault
from tests.discord_server.interactions import Interaction
from tests.discord_server.invocation import CommandUnavailable
from tests.discord_server.message import Message
from tests.discord_server.seen import Seen

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

Json = dict[str, Any]


class Control:
    """Offer the interface of the tests to other programs; what an action lacks answers 400 and says so."""

    def __init__(self, server: "DiscordServer") -> None:
        self._server = server

    def add_to(self, application: web.Application) -> None:
        """Put the control routes into a web application."""
        posts = (self.message, self.command, self.press, self.fault, self.gateway)
        for action in posts:
            application.router.add_post(f"/control/{action.__name__}", _guarded(action))
        for view in (self.messages, self.violations, self.requests, self.commands):
            application.router.add_get(f"/control/{view.__name__}", _guarded(view))

    async def message(self, given: Json) -> Json:
        """Post {channel | direct, author, content, reply_to, ping}; with `wait` seconds, answer the bot's reply."""
        server = self._server
        place = server.direct_channel(given["author"]) if given.get("direct") else given["channel"]
        replied = server.world.messages[int(given["reply_to"])] if "reply_to" in given else None
        ping = bool(given.get("ping", True))
        message = await server.post_message(place, given["author"], given["content"], reply_to=replied, ping=ping)
        return await self._outcome(message, given)

    async def command(self, given: Json) -> Json:
        """Run {name, options, author, channel}; with `wait` seconds, answer the bot's reply."""
        options = given.get("options") or {}
        interaction = await self._server.run_command(
            given["name"], options, author=given["author"], channel=given["channel"]
        )
        return await self._outcome(interaction, given)

    async def press(self, given: Json) -> Json:
        """Press {button} under {message} as {author}; with `wait` seconds, answer the bot's reply."""
        message = self._server.world.messages[int(given["message"])]
        interaction = await self._server.press_button(message, given["button"], given["author"])
        return await self._outcome(interaction, given)

    async def fault(self, given: Json) -> Json:
        """Inject a fault: {method, path, times} and the fields of a fault."""
        rule = {key: given.pop(key) for key in ("method", "path", "times") if key in given}
        self._server.faults.add(rule["method"], rule["path"], Fault(**given), int(rule.get("times", 1)))
        return {}

    async def gateway(self, given: Json) -> Json:
        """Let the gateway misbehave: {do: close | reconnect | invalidate | malformed | silence | speak | refuse}."""
        action = getattr(self._server.gateway, given.pop("do"))
        action(**given)
        return {}

    async def messages(self, given: Json) -> list[Json]:
        """Return what stands in {channel}."""
        return [seen_payload(seen) for seen in self._server.messages(given["channel"])]

    async def violations(self, _given: Json) -> list[Json]:
        """Return every broken rule."""
        return [asdict(violation) for violation in self._server.violations]

    async def requests(self, _given: Json) -> list[Json]:
        """Return every REST exchange."""
        return [asdict(exchange) for exchange in self._server.requests]

    async def commands(self, _given: Json) -> list[Json]:
        """Return every registered command."""
        places = (None, *self._server.world.guilds)
        return [command for place in places for command in self._server.commands.of_place(place)]

    async def _outcome(self, cause: Message | Interaction, given: Json) -> Json:
        outcome: Json = {"id": str(cause.id)}
        if "wait" in given:
            reply = await self._server.wait_for_reply(cause, timeout=float(given["wait"]))
            outcome["reply"] = seen_payload(reply)
        return outcome


def seen_payload(seen: Seen) -> Json:
    """Lay out what a message shows as JSON."""
    payload = {key: value for key, value in vars(seen).items() if key not in {"message", "pinged"}}
    buttons = [asdict(button) for button in seen.buttons]
    return payload | {"id": str(seen.id), "text": seen.text, "buttons": buttons, "pinged": asdict(seen.pinged)}


def _guarded(
    action: Callable[[Json], Awaitable[Any]],
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        try:
            given = dict(request.query) if request.method == "GET" else json.loads(await request.text() or "{}")
            return web.json_response(await action(given))
        except (CommandUnavailable, LookupError, TypeError, ValueError, AttributeError, TimeoutError) as error:
            return web.json_response({"error": f"{type(error).__name__}: {error}"}, status=400)

    return handle
