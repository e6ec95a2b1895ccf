"""Name the kinds of component that the bot sends by Discord's numbers, and walk through those that hold others."""

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
    TEXT_DISPLAY = 10
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17
    LABEL = 18


LINK_BUTTON = 5
"""The style of a button that takes an address and sends nothing."""


def every_component(components: Iterable[Json]) -> Iterator[Json]:
    """Yield components and all that they hold, outermost first."""
    for component in components:
        yield component
        inner = [*(component.get("components") or []), component.get("component")]
        yield from every_component([one for one in inner if one])


def displayed_texts(components: Iterable[Json]) -> list[str]:
    """Return the texts of a layout in the order in which they stand."""
    everything = every_component(components)
    return [c.get("content") or "" for c in everything if c.get("type") == ComponentKind.TEXT_DISPLAY]
