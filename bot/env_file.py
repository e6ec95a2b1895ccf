"""Names and unreadable lines of `.env`, and variables that are nearly settings of the bot."""

import io
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from dotenv.parser import Binding, parse_stream

ENV_FILE = ".env"
ENV_ENCODING = "utf-8-sig"

# DISCORD_GUILD_ID is near DISCORD_GUILD_IDS; DISCORD_CLIENT_ID, which other programs have, is near nothing.
_LEAST_LIKENESS = 0.65
# What other bots call theirs, or what one would call it.
_OTHER_NAMES = {
    **dict.fromkeys(("TOKEN", "BOT_TOKEN", "DISCORD", "DISCORD_KEY", "DISCORD_SECRET"), "DISCORD_TOKEN"),
    **dict.fromkeys(("CORPUS", "CORPUS_PATH", "CORPUS_DIR", "CORPUS_FOLDER", "CORPUS_FILE"), "CORPUS_URL"),
    "HEALTH_PORT": "PORT",
}


@dataclass(frozen=True, slots=True)
class EnvFile:
    """The names that a file sets, and the numbers of its lines that cannot be read."""

    names: tuple[str, ...] = ()
    unreadable_lines: tuple[int, ...] = ()


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
def quiet_dotenv() -> Iterator[None]:
    """Keep dotenv from naming the lines that it cannot read: it does so at each reading, in English."""
    logger = logging.getLogger("dotenv.main")
    logger.addFilter(_drop_record)
    try:
        yield
    finally:
        logger.removeFilter(_drop_record)


def _line(binding: Binding) -> int:
    """Number the line that a binding begins on; dotenv counts the blank lines above to it."""
    written = binding.original.string
    blank = written[: len(written) - len(written.lstrip())]
    return binding.original.line + blank.count("\n")


def _drop_record(_: logging.LogRecord) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class UnknownSetting:
    """A variable, and the setting that is nearest to it where one is near."""

    variable: str
    nearest: str | None


def unknown_settings(
    environment: Iterable[str], in_file: Iterable[str], known: frozenset[str]
) -> Iterator[UnknownSetting]:
    """Go over the variables with a beginning of the bot's own that are none of the known ones.

    A `.env` is the bot's own; in the environment other programs have variables, too, so that there only those near a
    setting are taken for slips, and those that are often used in a setting's place where that has no value.
    """
    ours, present = set(in_file), {*environment, *in_file}
    has_value = {variable.upper() for variable in present}
    for variable in sorted(present):
        if (meant := _OTHER_NAMES.get(variable.upper())) is not None:
            if meant not in has_value:
                yield UnknownSetting(variable, meant)
            continue
        beginning, line, rest = variable.upper().partition("_")
        prefix = beginning + line
        rests = {name.removeprefix(prefix): name for name in known if line and name.startswith(prefix)}
        if not rests or rest in rests:
            continue
        near = get_close_matches(rest, rests, n=1, cutoff=_LEAST_LIKENESS)
        if near or variable in ours:
            yield UnknownSetting(variable, rests[near[0]] if near else None)
