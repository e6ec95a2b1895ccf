"""Name the kinds of component by Discord's numbers, and walk through components that hold others."""

from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import Any

Json = dict[str, Any]


class ComponentKind(IntEnum):
    """Be one kind of component."""

    ROW = 1
    BUTTON = 2
    TEXT_MENU = 3
    TEXT_INPUT = 4
    USER_MENU = 5
    ROLE_MENU = 6
    MENTIONABLE_MENU = 7
    CHANNEL_MENU = 8
    SECTION = 9
    TEXT_DISPLAY = 10
    THUMBNAIL = 11
    GALLERY = 12
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17
    LABEL = 18


class ButtonStyle(IntEnum):
    """Be a style of button that takes other fields than the rest."""

    LINK = 5
    PREMIUM = 6


MENUS = frozenset(range(ComponentKind.USER_MENU, ComponentKind.CHANNEL_MENU + 1)) | {ComponentKind.TEXT_MENU}


def every_component(components: Iterable[Json]) -> Iterator[Json]:
    """Yield components and all that they hold, outermost first."""
    for component in components:
        yield component
        inner = [*(component.get("components") or []), component.get("accessory"), component.get("component")]
        yield from every_component([one for one in inner if one])


def displayed_texts(components: Iterable[Json]) -> list[str]:
    """Return the texts of a layout in the order in which they stand."""
    everything = every_component(components)
    return [c.get("content") or "" for c in everything if c.get("type") == ComponentKind.TEXT_DISPLAY]
