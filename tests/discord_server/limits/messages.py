"""Know the limits of message bodies, whichever route they come by."""

from collections.abc import Iterator
from typing import Any

from tests.discord_server.errors import Problem
from tests.discord_server.limits.components import layout_problems, part_problems
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

    A message that once had a layout keeps it, and one that gets a layout must lose its content with it.
    """
    is_layout = _is_layout(body) or bool(message.flags & MessageFlag.COMPONENTS_V2)
    yield from _form_problems(is_layout, body.get("components") or [], {"content": message.content} | body)


def edit_problems(body: Json) -> Iterator[Problem]:
    """Yield the faults of a body that hold for whichever message it is for."""
    yield from at_most("content", (body.get("content") or "").strip(), _CONTENT)
    if body.get("embeds"):
        yield Problem("embeds", "NOT_PLAYED", "The bot sends no embeds, so what they may hold is not played.")
    yield from at_most("nonce", body.get("nonce"), _NONCE)
    yield from _mention_problems(body.get("allowed_mentions") or {})
    yield from no_more_than("attachments", body.get("attachments"), _ATTACHMENTS)


def _is_layout(body: Json) -> bool:
    return bool((body.get("flags") or 0) & MessageFlag.COMPONENTS_V2)


def _form_problems(is_layout: bool, components: list[Json], parts: Json) -> Iterator[Problem]:
    if not is_layout:
        yield from part_problems(components)
        return
    yield from layout_problems(components)
    if parts.get("content"):
        message = "The 'content' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
        yield Problem("content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", message)


def _mention_problems(allowed: Json) -> Iterator[Problem]:
    for kind in _MENTION_KINDS:
        if allowed.get(kind) and kind in (allowed.get("parse") or []):
            message = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            yield Problem("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message)
