"""Read the body of a message request into the parts of a message, as answers show them."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.discord_server.component_kinds import ComponentKind, every_component

Json = dict[str, Any]

# Discord drops this control from whatever it is given, so that no text can turn the line around.
_RIGHT_TO_LEFT_OVERRIDE = "\u202e"


@dataclass(frozen=True)
class Upload:
    """Be a file that comes with a request; `told_size` is what stands in the place of its own."""

    filename: str
    content: bytes
    told_size: int | None = None


@dataclass(frozen=True)
class Draft:
    """Be what a message is to hold; None leaves a part of an edited message as it is."""

    content: str | None = None
    components: list[Json] | None = None
    kept_attachments: list[int] | None = None
    uploads: Sequence[Upload] = ()
    embeds: Sequence[Json] = ()
    forwarded: Json | None = None
    flags: int = 0
    nonce: str | int | None = None
    allowed_mentions: Json | None = field(default=None)

    @classmethod
    def from_body(cls, body: Json, uploads: Sequence[Upload] = ()) -> "Draft":
        """Read a request body; a null there empties a part, an absent key leaves it."""
        attachments = body.get("attachments") or []
        kept = [int(a["id"]) for a in attachments if "filename" not in a or "url" in a]
        return cls(
            content=clean_text(body.get("content") or "") if "content" in body else None,
            components=shown_components(body.get("components") or []) if "components" in body else None,
            kept_attachments=kept if "attachments" in body else None,
            uploads=uploads,
            flags=int(body.get("flags") or 0),
            nonce=body.get("nonce"),
            allowed_mentions=body.get("allowed_mentions"),
        )


def clean_text(text: str) -> str:
    """Return a text as Discord keeps it."""
    return text.replace(_RIGHT_TO_LEFT_OVERRIDE, "").strip()


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
