"""What stands in `.env`: the names that it sets, and the lines that cannot be read and are passed over."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dotenv.parser import Binding, parse_stream

ENV_FILE = ".env"
ENV_ENCODING = "utf-8-sig"


@dataclass(frozen=True, slots=True)
class EnvFile:
    """The names that a file sets, and the numbers of its lines that cannot be read."""

    names: tuple[str, ...] = ()
    unread: tuple[int, ...] = ()


def read_env_file() -> EnvFile:
    """Read the names of `.env`; nothing of a file that is no text, of which the settings complain."""
    try:
        text = Path(ENV_FILE).read_text(encoding=ENV_ENCODING)
    except (OSError, UnicodeDecodeError):
        return EnvFile()
    bindings = list(parse_stream(io.StringIO(text)))
    return EnvFile(
        tuple(binding.key for binding in bindings if binding.key is not None),
        tuple(_line(binding) for binding in bindings if binding.error),
    )


@contextmanager
def untold_lines() -> Iterator[None]:
    """Keep dotenv from naming the lines that it cannot read: it does so at each reading, in English."""
    logger = logging.getLogger("dotenv.main")
    logger.addFilter(_is_nothing)
    try:
        yield
    finally:
        logger.removeFilter(_is_nothing)


def _line(binding: Binding) -> int:
    """Number the line that a binding begins on; dotenv counts the blank lines above to it."""
    written = binding.original.string
    blank = written[: len(written) - len(written.lstrip())]
    return binding.original.line + blank.count("\n")


def _is_nothing(_: logging.LogRecord) -> bool:
    return False
