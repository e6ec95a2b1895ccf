"""Lead every request through faults, token, limits and schemas to its route, and record the exchange."""

import json
from collections.abc import Awaitable, Callable
from email.utils import formatdate
from functools import partial
from typing import Any

from aiohttp import web

from tests.discord_server.draft import Upload
from tests.discord_server.errors import ApiError, Exchange, Kind, Problem, Violation, invalid_form, unauthorized
from tests.discord_server.faults import Fault
from tests.discord_server.platform import Platform
from tests.discord_server.rest import accounts, commands, guilds, interactions, messages
from tests.discord_server.rest.call import Answer, Call, Route

BASE = "/api/v10"
_MODULES = (accounts, commands, guilds, interactions, messages)


class Api:
    """Be the REST side of the server."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    def add_to(self, application: web.Application) -> None:
        """Put every route, and the answer for all that is not one, into a web application."""
        for module in _MODULES:
            for route in module.routes.all:
                handler: Callable[[web.Request], Awaitable[web.Response]] = partial(self._serve, route)
                application.router.add_route(route.method, BASE + route.path, handler)
        application.router.add_route("*", BASE + "/{path:.*}", self._serve_unknown)

    async def _serve(self, route: Route, request: web.Request) -> web.Response:
        path = request.path.removeprefix(BASE)
        fault = self._platform.faults.take(request.method, path)
        try:
            call = await _read(self._platform, request)
        except ValueError:
            self._violate("request", f"{route.method} {route.path}", "the body is not JSON")
            return _response(400, {"code": 50109, "message": "The request body contains invalid JSON."})
        if fault is not None and fault.hold is not None:
            fault.hold.count += 1
            self._platform.changes.announce()
            await fault.hold.wait()
        if fault is None or not fault.replaces_answer or fault.applied:
            answer = await self._answer(route, call, request)
        if fault is not None and fault.replaces_answer:
            return self._strike(fault, route, call, request)
        self._record(Exchange(route.method, path, route.path, call.body, answer.status, answer.body))
        return _response(
            answer.status, answer.body, {"Date": formatdate(self._platform.world.snowflakes.now, usegmt=True)}
        )

    async def _answer(self, route: Route, call: Call, request: web.Request) -> Answer:
        try:
            if route.needs_token and request.headers.get("Authorization") != f"Bot {self._platform.token}":
                raise unauthorized()
            self._check_request(route, call)
            answer = await route.handler(call)
        except ApiError as error:
            if error.broken_rule:
                self._violate("limit", f"{route.method} {route.path}", str(error))
            answer = Answer(error.body(), error.status)
        problems = self._platform.schemas.response_problems(route.method, route.path, answer.status, answer.body)
        for problem in problems:
            self._violate("response", f"{route.method} {route.path} {answer.status}", problem)
        return answer

    def _check_request(self, route: Route, call: Call) -> None:
        faults = _broken_limits(route, call.body)
        if faults:
            raise invalid_form(faults)
        problems = self._platform.schemas.request_problems(route.method, route.path, call.body)
        for problem in problems:
            self._violate("request", f"{route.method} {route.path}", problem)
        if problems:
            raise ApiError(400, 50035, "Invalid Form Body", [Problem("", "SCHEMA", text) for text in problems])

    def _strike(self, fault: Fault, route: Route, call: Call, request: web.Request) -> web.Response:
        path = request.path.removeprefix(BASE)
        status = None if fault.is_cut else fault.status
        self._record(Exchange(route.method, path, route.path, call.body, status, fault.body))
        if fault.is_cut and request.transport is not None:
            request.transport.abort()
        return _response(fault.status or 500, fault.body, dict(fault.headers))

    async def _serve_unknown(self, request: web.Request) -> web.Response:
        path = request.path.removeprefix(BASE)
        body = {"code": 0, "message": "404: Not Found"}
        self._violate("route", f"{request.method} {path}", "the server does not know this route")
        self._record(Exchange(request.method, path, "", None, 404, body))
        return _response(404, body)

    def _violate(self, kind: Kind, where: str, what: str) -> None:
        self._platform.violations.append(Violation(kind, where, what))

    def _record(self, exchange: Exchange) -> None:
        self._platform.exchanges.append(exchange)
        self._platform.changes.announce()


def _broken_limits(route: Route, body: Any) -> list[Problem]:
    try:
        return list(route.limits(body)) if route.limits is not None else []
    except (AttributeError, TypeError) as error:
        # A body of the wrong shape cannot even be measured.
        return [Problem("", "BASE_TYPE_BAD_TYPE", f"Wrong type somewhere in the body: {error}")]


async def _read(platform: Platform, request: web.Request) -> Call:
    body: Any = None
    uploads: list[Upload] = []
    if request.content_type.startswith("multipart/"):
        form = await request.post()
        body = json.loads(str(form["payload_json"]))
        files = (value for value in form.values() if isinstance(value, web.FileField))
        uploads = [Upload(file.filename, file.file.read()) for file in files]
    elif text := await request.text():
        body = json.loads(text)
    return Call(platform, dict(request.match_info), dict(request.query), body, uploads)


def _response(status: int, body: Any, headers: dict[str, str] | None = None) -> web.Response:
    if body is None:
        return web.Response(status=status, headers=headers)
    if isinstance(body, str):
        return web.Response(status=status, text=body, headers={"Content-Type": "text/html", **(headers or {})})
    # discord.py reads JSON only where the content type is this and nothing more, not even a charset.
    headers = {"Content-Type": "application/json", **(headers or {})}
    return web.Response(status=status, body=json.dumps(body, ensure_ascii=False).encode(), headers=headers)
