"""Isnad: answers about Arabic news coverage, in the coverage's own words and with its sources."""

from pathlib import Path

__version__ = "0.1.0"

_PACKAGE = Path(__file__).resolve().parent
# An installed copy carries its data inside the package; a checkout has it beside the package.
DATA = _PACKAGE / "data" if (_PACKAGE / "data").is_dir() else _PACKAGE.parent
"""Where the files are that come with the program: `config/`, and the articles of `corpus/`."""
CONFIG = DATA / "config"
