"""Carry Discord's error answers through the server, and record what was done against its rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["limit", "request", "response", "event", "route", "gateway"]


@dataclass(frozen=True)
class Problem:
    """Be one fault of a request body at a dotted place, in Discord's words."""

    where: str
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


class ApiError(Exception):
    """Be answered with an HTTP status and Discord's own error code; `broken_rule` makes it a violation too."""

    def __init__(
        self, status: int, code: int, message: str, problems: Sequence[Problem] = (), *, broken_rule: bool = False
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.problems = problems
        self.broken_rule = broken_rule

    def body(self) -> dict[str, Any]:
        """Return the answer as Discord words it."""
        body: dict[str, Any] = {"code": self.code, "message": self.message}
        if self.problems:
            body["errors"] = _nested(self.problems)
        return body

    def __str__(self) -> str:
        return "; ".join(map(str, self.problems)) or f"{self.code} {self.message}"


def _nested(problems: Sequence[Problem]) -> dict[str, Any]:
    errors: dict[str, Any] = {}
    for problem in problems:
        level = errors
        for step in filter(None, problem.where.split(".")):
            level = level.setdefault(step, {})
        level.setdefault("_errors", []).append({"code": problem.code, "message": problem.message})
    return errors


def invalid_form(problems: Sequence[Problem]) -> ApiError:
    """Refuse a body for the given faults."""
    return ApiError(400, 50035, "Invalid Form Body", problems, broken_rule=True)


def unknown_reference() -> ApiError:
    """Refuse a reply to a message that is gone, which can happen to the most careful bot."""
    problem = Problem("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
    return ApiError(400, 50035, "Invalid Form Body", [problem])


def empty_message() -> ApiError:
    """Refuse a message that shows nothing."""
    return ApiError(400, 50006, "Cannot send an empty message", broken_rule=True)


def unauthorized() -> ApiError:
    """Refuse a request without the right token."""
    return ApiError(401, 0, "401: Unauthorized")


def missing_access() -> ApiError:
    """Refuse somebody who cannot see the channel."""
    return ApiError(403, 50001, "Missing Access")


def missing_permissions() -> ApiError:
    """Refuse somebody who sees the channel and may not do this in it."""
    return ApiError(403, 50013, "Missing Permissions")


def unknown(thing: str, code: int) -> ApiError:
    """Refuse an id that names nothing."""
    return ApiError(404, code, f"Unknown {thing}")


@dataclass(frozen=True)
class Violation:
    """Be one broken rule: `kind` names the rule book, `where` the request or event, `what` the break."""

    kind: Kind
    where: str
    what: str


@dataclass(frozen=True)
class Exchange:
    """Be one REST request of the bot and its answer; `status` is None where the connection was cut."""

    method: str
    path: str
    route: str
    body: Any
    status: int | None
    answer: Any

    @property
    def code(self) -> int | None:
        """Return Discord's error code, if the answer is an error."""
        return self.answer.get("code") if isinstance(self.answer, dict) and (self.status or 0) >= 400 else None
