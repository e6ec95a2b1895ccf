"""Lay out components as answers show them: numbered, with the defaults that requests may leave out."""

import itertools
from collections.abc import Iterator
from typing import Any

from tests.discord_server.component_kinds import ComponentKind, every_component

Json = dict[str, Any]

_DEFAULTS: dict[int, Json] = {
    ComponentKind.TEXT_MENU: {"min_values": 1, "max_values": 1},
    ComponentKind.FILE: {"name": None, "size": None, "spoiler": False},
    ComponentKind.SEPARATOR: {"spacing": 1, "divider": True},
    ComponentKind.CONTAINER: {"accent_color": None, "spoiler": False},
}


def shown_components(components: list[Json]) -> list[Json]:
    """Return components as an answer shows them."""
    taken = {component.get("id") for component in every_component(components)}
    counter = (number for number in itertools.count(1) if number not in taken)
    return [_shown(component, counter) for component in components]


def _shown(component: Json, counter: Iterator[int]) -> Json:
    given = _without_nulls(component)
    if "options" in given:
        given["options"] = [_without_nulls(option) for option in given["options"]]
    shown = {**_DEFAULTS.get(component.get("type", 0), {}), **given, "id": given.get("id") or next(counter)}
    if "components" in given:
        shown["components"] = [_shown(inner, counter) for inner in given["components"]]
    if "file" in given:
        url = given["file"]["url"]
        shown["file"] = {"id": str(next(counter)), "url": url, "proxy_url": url}
    return shown


def _without_nulls(part: Json) -> Json:
    given = {key: value for key, value in part.items() if value is not None}
    return given | ({"emoji": _without_nulls(given["emoji"])} if "emoji" in given else {})
