"""Play and draw the demonstration: `python -m tests.demo [--out DIRECTORY] [--frames DIRECTORY] [--scale DOTS]`."""

import argparse
import asyncio
import sys
from pathlib import Path

from tests.cards.drawing import DrawingError, draw, missing
from tests.demo.animation import animate, shrink
from tests.demo.frames import WIDTH, frames_of
from tests.demo.playing import ClaimError, play


def main() -> None:
    """Read the arguments, play and draw."""
    parser = argparse.ArgumentParser(prog="python -m tests.demo", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/pictures"), help="directory (default: %(default)s)")
    parser.add_argument("--frames", type=Path, default=Path("build/demo"), help="of each frame (default: %(default)s)")
    parser.add_argument("--scale", type=float, default=1.5, help="dots of the pictures a pixel (default: %(default)s)")
    arguments = parser.parse_args()
    if lack := missing():
        raise SystemExit(lack)
    try:
        frames = frames_of(asyncio.run(play()))
        pictures = draw([frame.scene for frame in frames], arguments.frames, arguments.scale, (WIDTH,))
    except (ClaimError, DrawingError) as error:
        raise SystemExit(str(error)) from error
    arguments.out.mkdir(parents=True, exist_ok=True)
    drawn = [(frame, arguments.frames / picture.file) for frame, picture in zip(frames, pictures, strict=True)]
    for frame, file in drawn:
        if frame.still:
            shrink(file, arguments.out / f"demo-{frame.still}.png")
    target = arguments.out / "demo.gif"
    animate([(file, frame.seconds) for frame, file in drawn], target)
    seconds, kilobytes = sum(frame.seconds for frame in frames), target.stat().st_size / 1000
    sys.stdout.write(f"{target}: {len(frames)} frames, {seconds:.0f} s, {kilobytes:.0f} kB\n")


if __name__ == "__main__":
    main()
