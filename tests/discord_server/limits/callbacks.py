"""Know the limits of what answers an interaction."""

from collections.abc import Iterator
from typing import Any

from tests.discord_server.callbacks import Callback
from tests.discord_server.component_kinds import ComponentKind, every_component
from tests.discord_server.errors import Problem
from tests.discord_server.limits.measures import at_most, filled, no_more_than
from tests.discord_server.limits.messages import edit_problems, message_problems
from tests.discord_server.message import MessageFlag

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
