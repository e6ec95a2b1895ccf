"""What one picture shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scene:
    """Messages as Discord's API gives them, and the names of the users, roles and channels in them by id.

    `base` is the direction that the client gives all lines: `auto` is each line's own, by its first letter.
    """

    name: str
    messages: tuple[Json, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    base: str = "auto"
    theme: str = "dark"
