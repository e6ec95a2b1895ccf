"""The values that options of the command line take, checked before the long way to where they are needed."""

import argparse
import math
import os
from pathlib import Path

# With fewer passages the ten best are most of them; with more, numbers of passages outgrow the disk first.
_FEWEST_PASSAGES, _MOST_PASSAGES = 20, 10_000_000


def number_of_passages(text: str) -> int:
    """Read a number of passages that an index can be measured at."""
    digits = text.replace(",", "").replace("_", "")
    if not digits.isdecimal() or not _FEWEST_PASSAGES <= int(digits) <= _MOST_PASSAGES:
        limits = f"{_FEWEST_PASSAGES} to {_MOST_PASSAGES}"
        raise argparse.ArgumentTypeError(f"{text}: give numbers of passages, each from {limits}")
    return int(digits)


def picture(name: str) -> Path:
    """Check the name of a picture."""
    file = Path(name)
    if file.suffix.lower() != ".svg":
        raise argparse.ArgumentTypeError(f"{name}: pictures are drawn as SVG only, so name a file that ends in .svg")
    if file.is_dir() or not os.access(file.parent, os.W_OK):
        raise argparse.ArgumentTypeError(f"{name}: no file can be written there")
    return file


def share(text: str) -> float:
    """Read a share."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text}: give a share from 0 to 1, such as 0.1 for one question in ten")
    return value
