"""Know the limits of a layout of components v2, which stands in the place of content and embeds."""

from collections.abc import Collection, Iterator
from typing import Any

from tests.discord_server.component_kinds import ComponentKind, displayed_texts
from tests.discord_server.errors import Problem
from tests.discord_server.limits.components import kind_problem, kind_problems, part_problems, placed
from tests.discord_server.limits.measures import at_most, between, filled, web_address

Json = dict[str, Any]

_COMPONENTS = 40
_CHARACTERS = 4000
_SECTION_TEXTS = 3
_GALLERY_ITEMS = 10
_DESCRIPTION = 1024
_COLOURS = range(0x1000000)
_SPACINGS = (None, 1, 2)
_ATTACHED = "attachment://"
_MEDIA = ("http", "https", "attachment")
_IN_CONTAINER = frozenset(
    {
        ComponentKind.ROW,
        ComponentKind.SECTION,
        ComponentKind.TEXT_DISPLAY,
        ComponentKind.GALLERY,
        ComponentKind.FILE,
        ComponentKind.SEPARATOR,
    }
)
_AT_TOP = _IN_CONTAINER | {ComponentKind.CONTAINER}
_ACCESSORIES = frozenset({ComponentKind.BUTTON, ComponentKind.THUMBNAIL})


def layout_problems(components: list[Json]) -> Iterator[Problem]:
    """Yield the faults of a layout."""
    everything = list(placed("components", components))
    if len(everything) > _COMPONENTS:
        message = f"The maximum number of components in a message is {_COMPONENTS}."
        yield Problem("components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", message)
    if sum(map(len, displayed_texts(components))) > _CHARACTERS:
        message = f"The total displayable text size is limited to {_CHARACTERS}."
        yield Problem("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", message)
    yield from kind_problems("components", components, _AT_TOP)
    for place, component in everything:
        yield from _shape_problems(place, component)
    yield from part_problems(components)


def reference_problems(components: list[Json], filenames: Collection[str]) -> Iterator[Problem]:
    """Yield a fault for each file that a layout shows and that did not come along."""
    for place, component in placed("components", components):
        address = ((component.get("file") or component.get("media")) or {}).get("url") or ""
        if address.startswith(_ATTACHED) and address.removeprefix(_ATTACHED) not in filenames:
            message = "The referenced attachment was not found"
            yield Problem(f"{place}.file", "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", message)


def _shape_problems(where: str, component: Json) -> Iterator[Problem]:
    match component.get("type"):
        case ComponentKind.SECTION:
            yield from _section_problems(where, component)
        case ComponentKind.TEXT_DISPLAY:
            yield from filled(f"{where}.content", component.get("content"), _CHARACTERS)
        case ComponentKind.THUMBNAIL:
            yield from _medium_problems(where, component)
        case ComponentKind.GALLERY:
            items = component.get("items") or []
            yield from between(f"{where}.items", items, 1, _GALLERY_ITEMS)
            for index, item in enumerate(items):
                yield from _medium_problems(f"{where}.items.{index}", item)
        case ComponentKind.FILE:
            address = (component.get("file") or {}).get("url")
            yield from filled(f"{where}.file.url", address, 2048)
            yield from web_address(f"{where}.file.url", address, schemes=("attachment",))
        case ComponentKind.SEPARATOR if component.get("spacing") not in _SPACINGS:
            yield Problem(f"{where}.spacing", "BASE_TYPE_CHOICES", "Value must be one of {1, 2}.")
        case ComponentKind.CONTAINER:
            yield from _container_problems(where, component)


def _section_problems(where: str, section: Json) -> Iterator[Problem]:
    texts = section.get("components") or []
    yield from between(f"{where}.components", texts, 1, _SECTION_TEXTS)
    yield from kind_problems(f"{where}.components", texts, {ComponentKind.TEXT_DISPLAY})
    if not section.get("accessory"):
        yield Problem(f"{where}.accessory", "BASE_TYPE_REQUIRED", "This field is required")
    else:
        yield from kind_problem(f"{where}.accessory", section["accessory"], _ACCESSORIES)


def _container_problems(where: str, container: Json) -> Iterator[Problem]:
    children = container.get("components") or []
    yield from between(f"{where}.components", children, 1, _COMPONENTS)
    yield from kind_problems(f"{where}.components", children, _IN_CONTAINER)
    colour = container.get("accent_color")
    if colour is not None and colour not in _COLOURS:
        yield Problem(f"{where}.accent_color", "NUMBER_TYPE_MAX", f"int value should be less than {_COLOURS.stop}.")


def _medium_problems(where: str, holder: Json) -> Iterator[Problem]:
    address = (holder.get("media") or {}).get("url")
    yield from filled(f"{where}.media.url", address, 2048)
    yield from web_address(f"{where}.media.url", address, schemes=_MEDIA)
    yield from at_most(f"{where}.description", holder.get("description"), _DESCRIPTION)
