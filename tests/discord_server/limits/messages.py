"""Know the limits of message bodies, whichever route they come by, and of all that answers an interaction."""

from collections.abc import Iterator
from typing import Any

from tests.discord_server.component_kinds import ComponentKind, every_component
from tests.discord_server.errors import Problem
from tests.discord_server.interactions import Callback
from tests.discord_server.limits.components import layout_problems, part_problems
from tests.discord_server.limits.measures import at_most, filled, no_more_than
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


_CHOICES = 25
_MODAL_ROWS = 5
_LONGEST = 4000


def callback_problems(body: dict[str, Any]) -> Iterator[Problem]:
    """Yield the faults of a callback by its type, with the places under `data`."""
    data = body.get("data") or {}
    for problem in _data_problems(body.get("type"), data):
        yield Problem(f"data.{problem.where}", problem.code, problem.message)


def _data_problems(kind: Any, data: dict[str, Any]) -> Iterator[Problem]:
    if kind == Callback.MESSAGE:
        yield from message_problems(data)
    elif kind == Callback.UPDATE:
        yield from edit_problems(data)
    elif kind == Callback.DEFERRED_MESSAGE:
        if (data.get("flags") or 0) & MessageFlag.COMPONENTS_V2:
            message = "Components v2 cannot be set on a deferral."
            yield Problem("flags", "INTERACTION_RESPONSE_INVALID_FLAGS", message)
    elif kind == Callback.CHOICES:
        yield from _choice_problems(data.get("choices") or [])
    elif kind == Callback.MODAL:
        yield from _modal_problems(data)


def _choice_problems(choices: list[dict[str, Any]]) -> Iterator[Problem]:
    yield from no_more_than("choices", choices, _CHOICES)
    for index, choice in enumerate(choices):
        yield from filled(f"choices.{index}.name", choice.get("name"), 100)
        for key, name in (choice.get("name_localizations") or {}).items():
            yield from filled(f"choices.{index}.name_localizations.{key}", name, 100)
        yield from at_most(f"choices.{index}.value", choice.get("value"), 100)


def _modal_problems(data: dict[str, Any]) -> Iterator[Problem]:
    yield from filled("title", data.get("title"), 45)
    yield from filled("custom_id", data.get("custom_id"), 100)
    components = data.get("components") or []
    if not 1 <= len(components) <= _MODAL_ROWS:
        yield Problem("components", "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {_MODAL_ROWS} in length.")
    for component in every_component(components):
        yield from at_most("components.label", component.get("label"), 45)
        yield from at_most("components.description", component.get("description"), 100)
        yield from at_most("components.placeholder", component.get("placeholder"), 100)
        if component["type"] == ComponentKind.TEXT_INPUT:
            yield from at_most("components.value", component.get("value"), component.get("max_length") or _LONGEST)
            if not 1 <= (component.get("max_length") or 1) <= _LONGEST:
                yield Problem("components.max_length", "NUMBER_TYPE_MAX", f"Must be between 1 and {_LONGEST}.")
