"""What one picture shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.chat.cards.card import Card

Json = dict[str, Any]

_BOT: Json = {"id": "1", "username": "isnad", "global_name": "إسناد", "bot": True}
_TIME = "2026-03-09T14:05:00+00:00"
_LAYOUT, _EPHEMERAL = 1 << 15, 1 << 6
NAMES = {"7": "ناصر", "11": "عام", "12": "أسئلة-وأجوبة"}
"""Those whom the cards of the scenes mention: a moderator and two channels."""


@dataclass(frozen=True, slots=True)
class Window:
    """Be what a client shows around messages: a caption of two lines, the channel, what is being written.

    `height` is in pixels; `replying` names whom the draft answers, `typing` who is typing.
    """

    title: str
    note: str
    place: str
    height: int
    draft: str = ""
    replying: str = ""
    typing: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """Messages as Discord's API gives them, and the names of the users, roles and channels in them by id.

    `base` is the direction that the client gives all lines: `auto` is each line's own, by its first letter. Without a
    window the messages are drawn as high as they are.
    """

    name: str
    messages: tuple[Json, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    base: str = "auto"
    theme: str = "dark"
    window: Window | None = None


def card_scene(name: str, *cards: Card, private: bool = False) -> Scene:
    """Show cards one below the other as the bot sends them, to everybody or to one person."""
    flags = _LAYOUT | (_EPHEMERAL if private else 0)
    messages = (
        {
            "id": str(number),
            "author": _BOT,
            "timestamp": _TIME,
            "flags": flags,
            "components": card.layout().to_components(),  # type: ignore[no-untyped-call]
        }
        for number, card in enumerate(cards, 2)
    )
    return Scene(name, tuple(messages), NAMES)


def by_name(*scenes: Scene) -> dict[str, Scene]:
    """Return scenes by their names."""
    return {scene.name: scene for scene in scenes}


def in_light(scenes: Iterable[Scene], names: Iterable[str]) -> list[Scene]:
    """Return the scenes with these names in the light theme."""
    wanted = set(names)
    return [replace(scene, name=f"{scene.name}-light", theme="light") for scene in scenes if scene.name in wanted]
