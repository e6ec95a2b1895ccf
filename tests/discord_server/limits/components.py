"""Know the limits of buttons, menus and the rows and layouts that hold them."""

from collections.abc import Iterator
from typing import Any

from tests.discord_server.component_kinds import MENUS, ButtonStyle, ComponentKind, displayed_texts, every_component
from tests.discord_server.errors import Problem
from tests.discord_server.limits.measures import at_most, filled, no_more_than, web_address

_ROWS = 5
_BUTTONS_A_ROW = 5
_LAYOUT_COMPONENTS = 40
_LAYOUT_CHARACTERS = 4000
_MENU_OPTIONS = 25


def component_problems(rows: list[dict[str, Any]]) -> Iterator[Problem]:
    """Yield the faults of the rows under an ordinary message."""
    yield from no_more_than("components", rows, _ROWS)
    for index, row in enumerate(rows):
        if row.get("type") != ComponentKind.ROW:
            message = "Value of field 'type' must be one of (1,)."
            yield Problem(f"components.{index}.type", "UNION_TYPE_CHOICES", message)
    yield from _inner_problems(rows)


def layout_problems(components: list[dict[str, Any]]) -> Iterator[Problem]:
    """Yield the faults of a layout of components v2, which stands in the place of content and embeds."""
    everything = list(every_component(components))
    if len(everything) > _LAYOUT_COMPONENTS:
        message = f"The maximum number of components in a message is {_LAYOUT_COMPONENTS}."
        yield Problem("components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", message)
    if sum(map(len, displayed_texts(components))) > _LAYOUT_CHARACTERS:
        message = f"The total displayable text size is limited to {_LAYOUT_CHARACTERS}."
        yield Problem("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", message)
    yield from _inner_problems(components)


def _inner_problems(components: list[dict[str, Any]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, component in enumerate(components):
        for inner in every_component([component]):
            where = f"components.{index}"
            kind = inner.get("type")
            if kind == ComponentKind.ROW:
                yield from _row_problems(where, inner.get("components") or [])
            elif kind == ComponentKind.BUTTON:
                yield from _button_problems(where, inner)
            elif kind in MENUS:
                yield from _menu_problems(where, inner)
            custom_id = inner.get("custom_id")
            if custom_id in seen:
                message = "Component custom id cannot be duplicated"
                yield Problem(f"{where}.custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", message)
            elif custom_id:
                seen.add(custom_id)


def _row_problems(where: str, children: list[dict[str, Any]]) -> Iterator[Problem]:
    menus = sum(child.get("type") in MENUS for child in children)
    width = 1 if menus else _BUTTONS_A_ROW
    if not 1 <= len(children) <= width:
        yield Problem(f"{where}.components", "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {width} in length.")


def _button_problems(where: str, button: dict[str, Any]) -> Iterator[Problem]:
    yield from at_most(f"{where}.label", button.get("label"), 80)
    style = button.get("style")
    if style == ButtonStyle.LINK:
        yield from filled(f"{where}.url", button.get("url"), 512)
        yield from web_address(f"{where}.url", button.get("url"), schemes=("http", "https", "discord"))
    elif style != ButtonStyle.PREMIUM:
        yield from filled(f"{where}.custom_id", button.get("custom_id"), 100)
    if style != ButtonStyle.PREMIUM and not (button.get("label") or button.get("emoji")):
        message = "A button must have a label or emoji."
        yield Problem(where, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", message)


def _menu_problems(where: str, menu: dict[str, Any]) -> Iterator[Problem]:
    yield from filled(f"{where}.custom_id", menu.get("custom_id"), 100)
    yield from at_most(f"{where}.placeholder", menu.get("placeholder"), 150)
    if menu.get("type") != ComponentKind.TEXT_MENU:
        return
    options = menu.get("options") or []
    if not 1 <= len(options) <= _MENU_OPTIONS:
        yield Problem(f"{where}.options", "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {_MENU_OPTIONS} in length.")
    for index, option in enumerate(options):
        yield from filled(f"{where}.options.{index}.label", option.get("label"), 100)
        yield from filled(f"{where}.options.{index}.value", option.get("value"), 100)
        yield from at_most(f"{where}.options.{index}.description", option.get("description"), 100)
