"""Know the limits of message bodies, whichever route they come by."""

from collections.abc import Iterator
from typing import Any

from tests.discord_server.errors import Problem
from tests.discord_server.limits.components import component_problems, layout_problems
from tests.discord_server.limits.embeds import embed_problems
from tests.discord_server.limits.measures import at_most
from tests.discord_server.message import MessageFlag

_CONTENT = 2000
_NONCE = 25
_ATTACHMENTS = 10
_MENTION_KINDS = ("users", "roles")


def message_problems(body: dict[str, Any]) -> Iterator[Problem]:
    """Yield the faults of a message body."""
    components = body.get("components") or []
    if (body.get("flags") or 0) & MessageFlag.COMPONENTS_V2:
        yield from layout_problems(components)
        for key in ("content", "embeds"):
            if body.get(key):
                message = f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
                yield Problem(key, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", message)
    else:
        yield from component_problems(components)
    yield from at_most("content", (body.get("content") or "").strip(), _CONTENT)
    yield from embed_problems(body.get("embeds") or [])
    yield from at_most("nonce", body.get("nonce"), _NONCE)
    yield from _mention_problems(body.get("allowed_mentions") or {})
    if len(body.get("attachments") or []) > _ATTACHMENTS:
        yield Problem("attachments", "BASE_TYPE_BAD_LENGTH", f"Must be between 0 and {_ATTACHMENTS} in length.")


def _mention_problems(allowed: dict[str, Any]) -> Iterator[Problem]:
    for kind in _MENTION_KINDS:
        if allowed.get(kind) and kind in (allowed.get("parse") or []):
            message = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            yield Problem("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message)
