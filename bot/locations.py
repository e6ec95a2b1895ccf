"""Where the files that come with the program are: `config/` and the articles of `corpus/`."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
# An installed copy carries its data inside the package; a checkout has it beside the package.
DATA = _PACKAGE / "data" if (_PACKAGE / "data").is_dir() else _PACKAGE.parent
CONFIG = DATA / "config"
