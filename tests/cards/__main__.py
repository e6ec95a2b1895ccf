"""Draw the bot's cards: `python -m tests.cards [--out DIRECTORY] [--only SCENE …] [--scale DOTS]`."""

import argparse
import asyncio
import sys
from pathlib import Path

from tests.cards.drawing import DrawingError, draw, missing
from tests.cards.hard_cases import HARD_CASES
from tests.cards.playing import play
from tests.cards.rare_cases import RARE_CASES
from tests.cards.scene import in_light
from tests.cards.scenes import ACTS, LIGHT

_SCENES = (*ACTS, *HARD_CASES, *RARE_CASES)


def main() -> None:
    """Read the arguments and draw."""
    parser = argparse.ArgumentParser(prog="python -m tests.cards", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/cards"), help="directory (default: build/cards)")
    parser.add_argument("--only", nargs="+", metavar="SCENE", help="scenes by name (default: all)")
    parser.add_argument("--scale", type=float, default=2, help="dots of the pictures a pixel (default: 2)")
    arguments = parser.parse_args()
    if lack := missing():
        raise SystemExit(lack)
    wanted = arguments.only or _SCENES
    if unknown := set(wanted).difference(_SCENES):
        raise SystemExit(f"There is no scene {', '.join(sorted(unknown))}; there are {', '.join(_SCENES)}.")
    acts = {name: steps for name, steps in ACTS.items() if name in wanted}
    scenes = asyncio.run(play(acts)) if acts else []
    scenes += [scene for name, scene in (HARD_CASES | RARE_CASES).items() if name in wanted]
    scenes += in_light(scenes, LIGHT)
    try:
        pictures = draw(scenes, arguments.out, arguments.scale)
    except DrawingError as error:
        raise SystemExit(str(error)) from error
    sys.stdout.write(f"{len(pictures)} pictures in {arguments.out}\n")


if __name__ == "__main__":
    main()
