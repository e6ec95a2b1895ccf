"""Record what the bot, or the server itself, did against Discord's rules."""

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["limit", "request", "response", "event", "route", "gateway"]


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
