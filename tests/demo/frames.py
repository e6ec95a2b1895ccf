"""The frames of the demonstration: who writes or presses what, that the bot is typing, and the reply."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from tests.cards.scene import Json, Scene, Window
from tests.demo.playing import Conversation, PlayedTurn, quotes_of
from tests.demo.script import VIEWER

WIDTH, HEIGHT = 540, 800
"""In pixels: texts keep their size in a README on a desktop, and lose a third of it on a phone."""

_POSTER = ("Answers in the articles' own words, or refuses", "Isnad, a Discord bot for Arabic news")
# As fast as subtitles for adults go by.
_CHARACTERS_A_SECOND = 20
# Who reads Arabic goes by the bold words of a quote, and does not read it all.
_READ_OF_QUOTES = 0.2
# For looking from the caption to the messages; the most, where a quote is long; and what is seen in passing.
_LOOK, _LONGEST, _GLANCE = 1.0, 5.0, 0.9
# What is seen of a message. Ids differ from run to run, and so do times: a message's minute follows the script.
_SEEN = ("author", "flags", "content", "components", "referenced_message")
_MINUTE = "2025-05-02T14:{:02}:00Z"


@dataclass(frozen=True, slots=True)
class Frame:
    """Be one state of the window, and for how many seconds it stands; `still` names it where docs show it alone."""

    scene: Scene
    seconds: float
    still: str = ""


def frames_of(conversation: Conversation) -> list[Frame]:
    """Lay out what was played; the first frame, which may be all that somebody sees, has an answer already."""
    lasting = {identifier: str(number) for number, identifier in enumerate(conversation.names, 1)}
    names = {lasting[identifier]: name for identifier, name in conversation.names.items()}
    frames: list[Frame] = []
    messages: tuple[Json, ...] = ()
    for minute, played in enumerate(conversation.turns):
        told = [_lasting(one, lasting, minute) for one in played.messages]
        frames += _turn(messages, told, played, conversation)
        messages = (*messages, *told)
        if minute == 0:
            poster = Scene("", messages, window=Window(*_POSTER, conversation.place, HEIGHT))
            frames.insert(0, Frame(poster, reading_seconds(*_POSTER)))
    return [
        replace(frame, scene=replace(frame.scene, name=f"frame-{number:02}", names=names))
        for number, frame in enumerate(frames, 1)
    ]


def _turn(
    before: tuple[Json, ...], told: list[Json], played: PlayedTurn, conversation: Conversation
) -> Iterator[Frame]:
    turn, bot = played.turn, conversation.bot
    window = Window("", turn.meaning, conversation.place, HEIGHT)
    read = reading_seconds(turn.meaning)
    if turn.is_press:
        pressed = (*before[:-1], _with_pressed(before[-1], turn.text))
        yield Frame(Scene("", pressed, window=window), read)
    elif turn.author == VIEWER:
        draft = replace(window, draft=told[0]["content"], replying=bot if turn.in_reply else "")
        yield Frame(Scene("", before, window=draft), read)
        yield Frame(Scene("", (*before, told[0]), window=replace(window, typing=bot)), _GLANCE)
    else:
        # What others write is seen once it is sent.
        yield Frame(Scene("", before, window=replace(window, typing=turn.author)), _GLANCE)
        yield Frame(Scene("", (*before, told[0]), window=replace(window, typing=bot)), read)
    replied = replace(window, title=turn.caption)
    seconds = reading_seconds(turn.caption, quotes=quotes_of(played.seen))
    yield Frame(Scene("", (*before, *told), window=replied), seconds, turn.still)


def reading_seconds(*captions: str, quotes: list[str] | None = None) -> float:
    """Return how long captions in English and quotes in Arabic take to read, in seconds, to a hundredth."""
    read = len("".join(captions)) + _READ_OF_QUOTES * len("".join(quotes or []))
    return round(min(_LOOK + read / _CHARACTERS_A_SECOND, _LONGEST), 2)


def _lasting(message: Json, identifiers: dict[str, str], minute: int) -> Json:
    """Return what is seen of a message, the same in every run."""
    text = json.dumps({part: message[part] for part in _SEEN if part in message}, ensure_ascii=False)
    for identifier, lasting in identifiers.items():
        text = text.replace(identifier, lasting)
    seen: Json = _without_custom_ids(json.loads(text))
    if seen.get("referenced_message"):
        seen["referenced_message"] = {part: seen["referenced_message"][part] for part in ("author", "content")}
    return seen | {"timestamp": _MINUTE.format(minute)}


def _without_custom_ids(part: Any) -> Any:
    match part:
        case dict():
            return {key: _without_custom_ids(value) for key, value in part.items() if key != "custom_id"}
        case list():
            return [_without_custom_ids(value) for value in part]
        case _:
            return part


def _with_pressed(part: Any, label: str) -> Any:
    """Mark the button with a label wherever it stands in a message."""
    match part:
        case dict():
            marked = {key: _with_pressed(value, label) for key, value in part.items()}
            return marked | {"pressed": True} if label in str(part.get("label", "")) else marked
        case list():
            return [_with_pressed(value, label) for value in part]
        case _:
            return part
