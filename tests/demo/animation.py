"""Pictures in few colours: one animated of many, and stills."""

from collections.abc import Sequence
from pathlib import Path

from PIL import Image

# As many as a GIF has: letters on dark ground, two accents and the emoji of the buttons need no more.
_COLOURS = 256


def animate(pictures: Sequence[tuple[Path, float]], target: Path) -> None:
    """Write pictures of one size as a GIF that begins anew at its end; each stands for its seconds.

    All have one palette, so that what does not change between two is stored once.
    """
    images = [_read(path) for path, _ in pictures]
    palette = _reduced(_montage(images))
    first, *others = (image.quantize(palette=palette, dither=Image.Dither.NONE) for image in images)
    durations = [round(seconds * 1000) for _, seconds in pictures]
    first.save(target, "GIF", save_all=True, append_images=others, duration=durations, loop=0)


def shrink(picture: Path, target: Path) -> None:
    """Write a picture as a PNG of few colours."""
    _reduced(_read(picture)).save(target, "PNG", optimize=True)


def _read(path: Path) -> Image.Image:
    with Image.open(path) as image:
        return image.convert("RGB")


def _reduced(image: Image.Image) -> Image.Image:
    return image.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)


def _montage(images: Sequence[Image.Image]) -> Image.Image:
    width, height = images[0].size
    montage = Image.new("RGB", (width, height * len(images)))
    for index, image in enumerate(images):
        montage.paste(image, (0, height * index))
    return montage
