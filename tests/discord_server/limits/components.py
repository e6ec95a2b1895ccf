"""Know the limits of a layout of components v2, and of the rows, buttons and menus that the bot sends in it."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from tests.discord_server.component_kinds import LINK_BUTTON, ComponentKind, displayed_texts
from tests.discord_server.emoji import is_emoji
from tests.discord_server.errors import Problem
from tests.discord_server.limits.measures import at_most, between, filled, web_address

Json = dict[str, Any]

_COMPONENTS = 40
_CHARACTERS = 4000
_COLOURS = range(0x1000000)
_BUTTONS_A_ROW = 5
_MENU_OPTIONS = 25
_ATTACHED = "attachment://"
_IN_ROW = frozenset({ComponentKind.BUTTON, ComponentKind.TEXT_MENU})
_IN_CONTAINER = frozenset({ComponentKind.ROW, ComponentKind.TEXT_DISPLAY, ComponentKind.FILE, ComponentKind.SEPARATOR})
_AT_TOP = _IN_CONTAINER | {ComponentKind.CONTAINER}


def layout_problems(components: list[Json]) -> Iterator[Problem]:
    """Yield the faults of a layout."""
    everything = list(_placed("components", components))
    if len(everything) > _COMPONENTS:
        message = f"The maximum number of components in a message is {_COMPONENTS}."
        yield Problem("components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", message)
    if sum(map(len, displayed_texts(components))) > _CHARACTERS:
        message = f"The total displayable text size is limited to {_CHARACTERS}."
        yield Problem("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", message)
    yield from _kind_problems("components", components, _AT_TOP)
    yield from part_problems(components)


def part_problems(components: list[Json]) -> Iterator[Problem]:
    """Yield the faults of components wherever they stand, and of what must not be there twice."""
    everything = list(_placed("components", components))
    for place, component in everything:
        match component.get("type"):
            case ComponentKind.ROW:
                yield from _row_problems(place, component.get("components") or [])
            case ComponentKind.BUTTON:
                yield from _button_problems(place, component)
            case ComponentKind.TEXT_MENU:
                yield from _menu_problems(place, component)
            case ComponentKind.TEXT_DISPLAY:
                yield from filled(f"{place}.content", component.get("content"), _CHARACTERS)
            case ComponentKind.FILE:
                address = (component.get("file") or {}).get("url")
                yield from web_address(f"{place}.file.url", address, schemes=("attachment",))
            case ComponentKind.CONTAINER:
                yield from _container_problems(place, component)
    yield from _repeated(everything, "custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED")
    yield from _repeated(everything, "id", "COMPONENT_ID_DUPLICATED")


def reference_problems(components: list[Json], filenames: Collection[str]) -> Iterator[Problem]:
    """Yield a fault for each file that a layout shows and that did not come along."""
    for place, component in _placed("components", components):
        address = (component.get("file") or {}).get("url") or ""
        if address.startswith(_ATTACHED) and address.removeprefix(_ATTACHED) not in filenames:
            message = "The referenced attachment was not found"
            yield Problem(f"{place}.file", "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", message)


def _placed(where: str, components: Iterable[Json]) -> Iterator[tuple[str, Json]]:
    """Yield components and all that they hold, each with its dotted place."""
    for index, component in enumerate(components):
        place = f"{where}.{index}"
        yield place, component
        yield from _placed(f"{place}.components", component.get("components") or [])


def _kind_problems(where: str, components: Iterable[Json], allowed: Collection[int]) -> Iterator[Problem]:
    """Yield a fault for each component that may not stand in a list, or that the bot has no use for."""
    for index, component in enumerate(components):
        if component.get("type") not in allowed:
            kinds = ", ".join(str(int(kind)) for kind in sorted(allowed))
            message = f"Value of field 'type' must be one of ({kinds},)."
            yield Problem(f"{where}.{index}.type", "UNION_TYPE_CHOICES", message)


def _container_problems(where: str, container: Json) -> Iterator[Problem]:
    children = container.get("components") or []
    yield from between(f"{where}.components", children, 1, _COMPONENTS)
    yield from _kind_problems(f"{where}.components", children, _IN_CONTAINER)
    colour = container.get("accent_color")
    if colour is not None and colour not in _COLOURS:
        yield Problem(f"{where}.accent_color", "NUMBER_TYPE_MAX", f"int value should be less than {_COLOURS.stop}.")


def _row_problems(where: str, children: list[Json]) -> Iterator[Problem]:
    has_menu = any(child.get("type") == ComponentKind.TEXT_MENU for child in children)
    yield from between(f"{where}.components", children, 1, 1 if has_menu else _BUTTONS_A_ROW)
    yield from _kind_problems(f"{where}.components", children, _IN_ROW)


def _button_problems(where: str, button: Json) -> Iterator[Problem]:
    own, foreign = ("url", "custom_id") if button.get("style") == LINK_BUTTON else ("custom_id", "url")
    yield from filled(f"{where}.{own}", button.get(own), 512 if own == "url" else 100)
    yield from web_address(f"{where}.url", button.get("url"), schemes=("http", "https", "discord"))
    yield from at_most(f"{where}.label", button.get("label"), 80)
    if button.get(foreign):
        message = f"A button of this style cannot have a {foreign}."
        yield Problem(f"{where}.{foreign}", "BUTTON_COMPONENT_FIELD_NOT_ALLOWED", message)
    emoji = button.get("emoji") or {}
    # There are no custom emoji in this world, so one with an id is as unknown as a word.
    if emoji and (emoji.get("id") or not is_emoji(emoji.get("name") or "")):
        yield Problem(f"{where}.emoji.name", "BUTTON_COMPONENT_INVALID_EMOJI", "Invalid emoji")
    if not (button.get("label") or emoji):
        message = "A button must have a label or emoji."
        yield Problem(where, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", message)


def _menu_problems(where: str, menu: Json) -> Iterator[Problem]:
    yield from filled(f"{where}.custom_id", menu.get("custom_id"), 100)
    yield from at_most(f"{where}.placeholder", menu.get("placeholder"), 150)
    options = menu.get("options") or []
    yield from between(f"{where}.options", options, 1, _MENU_OPTIONS)
    for index, option in enumerate(options):
        place = f"{where}.options.{index}"
        yield from filled(f"{place}.label", option.get("label"), 100)
        yield from filled(f"{place}.value", option.get("value"), 100)
        yield from at_most(f"{place}.description", option.get("description"), 100)
        if option.get("value") in [earlier.get("value") for earlier in options[:index]]:
            message = "The specified option value is already used"
            yield Problem(f"{place}.value", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message)


def _repeated(everything: list[tuple[str, Json]], key: str, code: str) -> Iterator[Problem]:
    seen: set[Any] = set()
    for place, component in everything:
        value = component.get(key)
        if value in seen:
            yield Problem(f"{place}.{key}", code, f"Component {key.replace('_', ' ')} cannot be duplicated")
        elif value:
            seen.add(value)
