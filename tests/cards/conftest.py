"""Every scene is drawn once, by one browser, for all tests that look at it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cards.drawing import WIDTHS, draw, missing
from tests.cards.hard_cases import HARD_CASES
from tests.cards.measures import Picture
from tests.cards.playing import play
from tests.cards.rare_cases import RARE_CASES
from tests.cards.scene import Json, Scene, in_light
from tests.cards.scenes import LIGHT

_BOT: Json = {"id": "1", "username": "isnad", "global_name": "إسناد", "bot": True}

Pictures = Mapping[tuple[str, int], Picture]


def drawn(scenes: Sequence[Scene], directory: Path, widths: Sequence[int] = WIDTHS) -> Pictures:
    """Draw scenes, or skip where that cannot be done."""
    if lack := missing():
        pytest.skip(lack)
    return {(picture.scene, picture.width): picture for picture in draw(scenes, directory, widths=widths)}


def message(**parts: object) -> Json:
    """Lay out a message of the bot as Discord's API gives it."""
    return {"id": "2", "author": _BOT, "timestamp": "2026-03-09T14:05:00+00:00", "flags": 0} | parts


@pytest.fixture(scope="session")
def scenes() -> Sequence[Scene]:
    """The bot's cards, as it sends them and in hard cases."""
    if lack := missing():
        pytest.skip(lack)
    played = [*asyncio.run(play()), *HARD_CASES.values(), *RARE_CASES.values()]
    return [*played, *in_light(played, LIGHT)]


@pytest.fixture(scope="session")
def pictures(scenes: Sequence[Scene], tmp_path_factory: pytest.TempPathFactory) -> Pictures:
    """All scenes where each line has the direction of its first letter."""
    return drawn(scenes, tmp_path_factory.mktemp("cards"))


@pytest.fixture(scope="session", params=["ltr", "rtl"])
def based_pictures(
    request: pytest.FixtureRequest, scenes: Sequence[Scene], tmp_path_factory: pytest.TempPathFactory
) -> Pictures:
    """All scenes on a phone whose client gives every line the same direction."""
    based = [replace(scene, base=request.param) for scene in scenes]
    return drawn(based, tmp_path_factory.mktemp(request.param), (390,))
