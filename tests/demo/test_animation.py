"""An animated picture shows what it was made of, for as long as was asked."""

from pathlib import Path

import pytest
from PIL import Image

from tests.demo.animation import animate, shrink

_COLOURS = ("#1a1a1e", "#1b7f5c", "#fbfbfb")


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    files = [tmp_path / f"{number}.png" for number in range(len(_COLOURS))]
    for file, colour in zip(files, _COLOURS, strict=True):
        Image.new("RGB", (40, 30), colour).save(file)
    return files


def test_an_animation_has_each_picture_for_its_time_and_begins_anew(pictures: list[Path], tmp_path: Path) -> None:
    target = tmp_path / "moving.gif"
    animate(list(zip(pictures, (1.0, 0.25, 2.5), strict=True)), target)
    with Image.open(target) as moving:
        assert moving.info["loop"] == 0
        shown = []
        for number, picture in enumerate(pictures):
            moving.seek(number)
            shown.append(moving.info["duration"])
            # Colours are reduced, and near to what they were.
            with Image.open(picture) as still:
                pairs = zip(_colour(moving), _colour(still), strict=True)
            assert max(abs(one - other) for one, other in pairs) < 8
    assert shown == [1000, 250, 2500]


def test_a_still_keeps_its_size(pictures: list[Path], tmp_path: Path) -> None:
    target = tmp_path / "still.png"
    shrink(pictures[0], target)
    with Image.open(target) as still:
        assert (still.size, still.mode) == ((40, 30), "P")


def _colour(image: Image.Image) -> tuple[int, ...]:
    pixel = image.convert("RGB").getpixel((5, 5))
    assert isinstance(pixel, tuple)
    return tuple(map(int, pixel))
