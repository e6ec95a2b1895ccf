"""Frames are the same in every run, and stand as long as they take to read."""

import asyncio
import itertools
import json
from pathlib import Path

import pytest
from PIL import Image

from tests.cards.drawing import draw, missing
from tests.demo.animation import animate
from tests.demo.frames import HEIGHT, WIDTH, Frame, frames_of
from tests.demo.playing import Conversation, play
from tests.demo.script import SCRIPT
from tests.e2e.program import ROOT

_SHIPPED = ROOT / "docs" / "pictures" / "demo.gif"
_MOST_BYTES = 2_000_000


@pytest.fixture(scope="module")
def frames(conversation: Conversation) -> list[Frame]:
    return frames_of(conversation)


@pytest.mark.slow
def test_another_run_has_the_same_frames(frames: list[Frame]) -> None:
    assert frames_of(asyncio.run(play())) == frames


def test_the_first_frame_has_an_answer_and_says_who_gives_it(frames: list[Frame]) -> None:
    poster = frames[0].scene
    assert len(poster.messages) == 2
    assert poster.window
    assert "Isnad" in poster.window.note


def test_a_question_is_written_or_announced_then_sent_then_answered(frames: list[Frame]) -> None:
    states = [(frame.scene.window, len(frame.scene.messages)) for frame in frames[1:]]
    for turn in SCRIPT:
        count = 2 if turn.is_press else 3
        shown, states = states[:count], states[count:]
        assert [messages - shown[0][1] for _, messages in shown] == list(range(count))
        assert [bool(window and window.title) for window, _ in shown] == [False] * (count - 1) + [True]
        assert [window and window.note for window, _ in shown] == [turn.meaning] * count
    assert states == []


def test_frames_hold_the_replies_of_the_bot_and_nothing_else(conversation: Conversation, frames: list[Frame]) -> None:
    replies = [message for message in frames[-1].scene.messages if message["author"].get("bot")]
    assert len(replies) == len(SCRIPT)
    for reply, played in zip(replies, conversation.turns, strict=True):
        shown = json.dumps(reply["components"], ensure_ascii=False)
        assert all(text in json.dumps(played.messages[-1], ensure_ascii=False) for text in _texts(reply["components"]))
        assert "custom_id" not in shown


def _texts(components: list[dict[str, object]]) -> list[str]:
    found = [json.dumps(one["content"], ensure_ascii=False) for one in components if "content" in one]
    for one in components:
        found += _texts(one.get("components", []))  # type: ignore[arg-type]
    return found


def test_the_picture_in_the_readme_is_that_of_this_script(frames: list[Frame]) -> None:
    asked = [round(frame.seconds * 1000) for frame in frames]
    assert _durations(_SHIPPED) == asked, "`make demo` draws it anew"
    assert _SHIPPED.stat().st_size < _MOST_BYTES


@pytest.mark.browser
def test_every_frame_is_drawn_whole(frames: list[Frame], tmp_path: Path) -> None:
    if lack := missing():
        pytest.skip(lack)
    pictures = draw([frame.scene for frame in frames], tmp_path, 1, (WIDTH,))
    assert [overflow for picture in pictures for overflow in picture.overflows] == []
    files = [tmp_path / picture.file for picture in pictures]
    images = [_image(file) for file in files]
    assert {image.size for image in images} == {(WIDTH, HEIGHT)}
    for image, following in itertools.pairwise(images):
        assert image.tobytes() != following.tobytes()
    # Letters have an edge of many shades: below the caption, an empty window has but a few colours.
    below = [image.crop((0, HEIGHT // 4, WIDTH, HEIGHT)) for image in images]
    assert all(len(image.getcolors(WIDTH * HEIGHT) or []) > 20 for image in below)
    target = tmp_path / "demo.gif"
    animate([(file, frame.seconds) for file, frame in zip(files, frames, strict=True)], target)
    assert len(_durations(target)) == len(frames)
    assert target.stat().st_size < _MOST_BYTES


def _image(file: Path) -> Image.Image:
    with Image.open(file) as image:
        return image.convert("RGB")


def _durations(file: Path) -> list[int]:
    with Image.open(file) as image:
        durations = []
        for number in range(image.n_frames):  # type: ignore[attr-defined]
            image.seek(number)
            durations.append(image.info["duration"])
    return durations
