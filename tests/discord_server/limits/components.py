"""Know the limits of buttons, menus and the rows that hold them."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from tests.discord_server.component_kinds import MENUS, ButtonStyle, ComponentKind
from tests.discord_server.emoji import is_emoji
from tests.discord_server.errors import Problem
from tests.discord_server.limits.measures import at_most, between, filled, no_more_than, web_address

Json = dict[str, Any]

_ROWS = 5
_BUTTONS_A_ROW = 5
_MENU_OPTIONS = 25
_STYLES = range(1, ButtonStyle.PREMIUM + 1)
_IN_ROW = MENUS | {ComponentKind.BUTTON}
_BELONGS_TO_LINK = ("url",)
_BELONGS_TO_PREMIUM = ("sku_id",)
_BELONGS_TO_OTHERS = ("custom_id",)


def placed(where: str, components: Iterable[Json]) -> Iterator[tuple[str, Json]]:
    """Yield components and all that they hold, each with its dotted place."""
    for index, component in enumerate(components):
        place = f"{where}.{index}"
        yield place, component
        yield from placed(f"{place}.components", component.get("components") or [])
        if accessory := component.get("accessory"):
            yield f"{place}.accessory", accessory


def component_problems(rows: list[Json]) -> Iterator[Problem]:
    """Yield the faults of the rows under an ordinary message."""
    yield from no_more_than("components", rows, _ROWS)
    yield from kind_problems("components", rows, {ComponentKind.ROW})
    yield from part_problems(rows)


def kind_problems(where: str, components: Iterable[Json], allowed: Collection[int]) -> Iterator[Problem]:
    """Yield a fault for each component that may not stand in a list."""
    for index, component in enumerate(components):
        yield from kind_problem(f"{where}.{index}", component, allowed)


def kind_problem(where: str, component: Json, allowed: Collection[int]) -> Iterator[Problem]:
    """Yield a fault when a component may not stand where it stands."""
    if component.get("type") not in allowed:
        kinds = ", ".join(str(int(kind)) for kind in sorted(allowed))
        yield Problem(f"{where}.type", "UNION_TYPE_CHOICES", f"Value of field 'type' must be one of ({kinds},).")


def part_problems(components: list[Json]) -> Iterator[Problem]:
    """Yield the faults of rows, buttons and menus wherever they stand, and of what must not be there twice."""
    everything = list(placed("components", components))
    for place, component in everything:
        match component.get("type"):
            case ComponentKind.ROW:
                yield from _row_problems(place, component.get("components") or [])
            case ComponentKind.BUTTON:
                yield from _button_problems(place, component)
            case kind if kind in MENUS:
                yield from _menu_problems(place, component)
    yield from _repeated(everything, "custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED")
    yield from _repeated(everything, "id", "COMPONENT_ID_DUPLICATED")


def _repeated(everything: list[tuple[str, Json]], key: str, code: str) -> Iterator[Problem]:
    seen: set[Any] = set()
    for place, component in everything:
        value = component.get(key)
        if value in seen:
            yield Problem(f"{place}.{key}", code, f"Component {key.replace('_', ' ')} cannot be duplicated")
        elif value:
            seen.add(value)


def _row_problems(where: str, children: list[Json]) -> Iterator[Problem]:
    menus = sum(child.get("type") in MENUS for child in children)
    yield from between(f"{where}.components", children, 1, 1 if menus else _BUTTONS_A_ROW)
    yield from kind_problems(f"{where}.components", children, _IN_ROW)


def _button_problems(where: str, button: Json) -> Iterator[Problem]:
    style = button.get("style")
    if style not in _STYLES:
        yield Problem(f"{where}.style", "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4, 5, 6}.")
    elif style == ButtonStyle.LINK:
        yield from filled(f"{where}.url", button.get("url"), 512)
        yield from web_address(f"{where}.url", button.get("url"), schemes=("http", "https", "discord"))
        yield from _foreign(where, button, _BELONGS_TO_OTHERS + _BELONGS_TO_PREMIUM)
    elif style == ButtonStyle.PREMIUM:
        yield from filled(f"{where}.sku_id", button.get("sku_id"), 20)
        yield from _foreign(where, button, (*_BELONGS_TO_OTHERS, *_BELONGS_TO_LINK, "label", "emoji"))
    else:
        yield from filled(f"{where}.custom_id", button.get("custom_id"), 100)
        yield from _foreign(where, button, _BELONGS_TO_LINK + _BELONGS_TO_PREMIUM)
    yield from at_most(f"{where}.label", button.get("label"), 80)
    yield from _emoji_problems(where, button.get("emoji"))
    if style != ButtonStyle.PREMIUM and not (button.get("label") or button.get("emoji")):
        message = "A button must have a label or emoji."
        yield Problem(where, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", message)


def _foreign(where: str, button: Json, keys: Iterable[str]) -> Iterator[Problem]:
    for key in keys:
        if button.get(key):
            message = f"A button of this style cannot have a {key}."
            yield Problem(f"{where}.{key}", "BUTTON_COMPONENT_FIELD_NOT_ALLOWED", message)


def _emoji_problems(where: str, emoji: Json | None) -> Iterator[Problem]:
    # There are no custom emoji in this world, so one with an id is as unknown as a word.
    if emoji and (emoji.get("id") or not is_emoji(emoji.get("name") or "")):
        yield Problem(f"{where}.emoji.name", "BUTTON_COMPONENT_INVALID_EMOJI", "Invalid emoji")


def _menu_problems(where: str, menu: Json) -> Iterator[Problem]:
    yield from filled(f"{where}.custom_id", menu.get("custom_id"), 100)
    yield from at_most(f"{where}.placeholder", menu.get("placeholder"), 150)
    if menu.get("type") != ComponentKind.TEXT_MENU:
        return
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
