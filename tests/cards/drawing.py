"""Draw scenes in a headless browser, on this machine alone."""

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from tests.cards.measures import Picture, read_picture
from tests.cards.scene import Scene
from tests.patience import PATIENCE

WIDTHS = (390, 900)
"""A phone and a desktop."""

_HERE = Path(__file__).parent
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class DrawingError(Exception):
    """What is missing for drawing, or how it failed, in a sentence."""


def browser() -> str | None:
    """Return where a browser is: the one that CHROMIUM names, or the first on the path."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _BROWSERS)), None)


def missing() -> str | None:
    """Say what drawing needs and this machine has not."""
    if shutil.which("node") is None:
        return "Node.js is needed to draw cards: install it first."
    if not (_HERE / "node_modules" / "playwright-core").is_dir():
        return "The packages of tests/cards are not installed: `make cards` installs them."
    if browser() is None:
        return "Chromium is needed to draw cards: install it, or name a browser with CHROMIUM=…"
    return None


def draw(
    scenes: Sequence[Scene],
    directory: Path,
    scale: float = 1,
    widths: Sequence[int] = WIDTHS,
) -> list[Picture]:
    """Write a picture of each scene at each width, and return what was measured in it."""
    if lack := missing():
        raise DrawingError(lack)
    directory.mkdir(parents=True, exist_ok=True)
    source = directory / "scenes.json"
    shown = {"scenes": [asdict(scene) for scene in scenes]}
    source.write_text(json.dumps(shown, ensure_ascii=False), "utf-8")
    done = subprocess.run(  # noqa: S603 - the arguments are ours
        [
            shutil.which("node") or "node",
            _HERE / "render.mjs",
            source,
            directory,
            str(scale),
            ",".join(map(str, widths)),
        ],
        env=os.environ | {"CHROMIUM": browser() or ""},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode != 0:
        raise DrawingError(done.stderr.strip())
    return [read_picture(measured) for measured in json.loads((directory / "measures.json").read_text("utf-8"))]
