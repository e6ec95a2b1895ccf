"""Know the limits of message bodies, whichever route they come by."""

from collections.abc import Iterator
from typing import Any

from tests.discord_server.errors import Problem
from tests.discord_server.limits.components import component_problems
from tests.discord_server.limits.embeds import embed_problems
from tests.discord_server.limits.layouts import layout_problems
from tests.discord_server.limits.measures import at_most, no_more_than
from tests.discord_server.message import Message, MessageFlag

Json = dict[str, Any]

_CONTENT = 2000
_NONCE = 25
_ATTACHMENTS = 10
_MENTION_KINDS = ("users", "roles")


def message_problems(body: Json) -> Iterator[Problem]:
    """Yield the faults of the body of a new message."""
    yield from edit_problems(body)
    yield from _form_problems(_is_layout(body), body.get("components") or [], body)


def revision_problems(message: Message, body: Json) -> Iterator[Problem]:
    """Yield the faults of an edit that depend on the message as it stands.

    A message that once had a layout keeps it, and one that gets a layout must lose its content and embeds with it.
    """
    kept = {"content": message.content, "embeds": message.embeds}
    is_layout = _is_layout(body) or bool(message.flags & MessageFlag.COMPONENTS_V2)
    yield from _form_problems(is_layout, body.get("components") or [], kept | body)


def edit_problems(body: Json) -> Iterator[Problem]:
    """Yield the faults of a body that hold for whichever message it is for."""
    yield from at_most("content", (body.get("content") or "").strip(), _CONTENT)
    yield from embed_problems(body.get("embeds") or [])
    yield from at_most("nonce", body.get("nonce"), _NONCE)
    yield from _mention_problems(body.get("allowed_mentions") or {})
    yield from no_more_than("attachments", body.get("attachments"), _ATTACHMENTS)


def _is_layout(body: Json) -> bool:
    return bool((body.get("flags") or 0) & MessageFlag.COMPONENTS_V2)


def _form_problems(is_layout: bool, components: list[Json], parts: Json) -> Iterator[Problem]:
    if not is_layout:
        yield from component_problems(components)
        return
    yield from layout_problems(components)
    for key in ("content", "embeds"):
        if parts.get(key):
            message = f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            yield Problem(key, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", message)


def _mention_problems(allowed: Json) -> Iterator[Problem]:
    for kind in _MENTION_KINDS:
        if allowed.get(kind) and kind in (allowed.get("parse") or []):
            message = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            yield Problem("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message)
