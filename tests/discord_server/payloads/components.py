"""Lay out components as answers show them: numbered, with the defaults that requests may leave out."""

import itertools
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

_MENU_DEFAULTS: Json = {"min_values": 1, "max_values": 1}
_DEFAULTS: dict[int, Json] = {
    **dict.fromkeys((3, 5, 6, 7, 8), _MENU_DEFAULTS),
    11: {"description": None, "spoiler": False},
    14: {"spacing": 1, "divider": True},
    17: {"accent_color": None, "spoiler": False},
}


def shown_components(components: list[Json]) -> list[Json]:
    """Return components as an answer shows them."""
    counter = itertools.count(1)
    return [_shown(component, counter) for component in components]


def _shown(component: Json, counter: Iterator[int]) -> Json:
    given = {key: value for key, value in component.items() if value is not None}
    shown = {**_DEFAULTS.get(component.get("type", 0), {}), "id": next(counter), **given}
    if "components" in given:
        shown["components"] = [_shown(inner, counter) for inner in given["components"]]
    for key in ("accessory", "component"):
        if key in given:
            shown[key] = _shown(given[key], counter)
    if "media" in given:
        shown["media"] = _media(given["media"], counter)
    if "items" in given:
        shown["items"] = [item | {"media": _media(item["media"], counter)} for item in given["items"]]
    return shown


def _media(media: Json, counter: Iterator[int]) -> Json:
    return {"id": str(next(counter)), "url": media["url"], "proxy_url": media["url"]}
