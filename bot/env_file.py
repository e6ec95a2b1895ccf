"""Names and unreadable lines of `.env`, and variables that are nearly settings of the bot."""

import io
import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path

from dotenv.parser import parse_stream

ENV_FILE = ".env"
ENV_ENCODING = "utf-8-sig"

# DISCORD_GUILD_ID is near DISCORD_GUILD_IDS; DISCORD_CLIENT_ID, which other programs have, is near nothing.
_LEAST_LIKENESS = 0.65
# RECORD_DAYS and LOGFORMAT are near as a whole, MY_DATABASE_URLS and DISCORD_CLIENT_ID are not.
_LEAST_LIKENESS_OF_WHOLE = 0.88
# What compose reads from the same `.env`.
_FOR_COMPOSE = ("COMPOSE_", "POSTGRES_", "EXTRAS")
# What other bots call theirs, or what one would call it.
_OTHER_NAMES = {
    **dict.fromkeys(("TOKEN", "BOT_TOKEN", "DISCORD", "DISCORD_KEY", "DISCORD_SECRET"), "DISCORD_TOKEN"),
    **dict.fromkeys(("CORPUS", "CORPUS_PATH", "CORPUS_DIR", "CORPUS_FOLDER", "CORPUS_FILE"), "CORPUS_URL"),
    "HEALTH_PORT": "PORT",
    "HEARTBEAT": "HEARTBEAT_URL",
}


def read_env_file() -> tuple[list[str], list[int]]:
    """Read the names that `.env` sets, and the numbers of its lines that cannot be read.

    Of a file that is no text the settings complain.
    """
    try:
        text = Path(ENV_FILE).read_text(encoding=ENV_ENCODING)
    except (OSError, UnicodeDecodeError):
        return [], []
    bindings = list(parse_stream(io.StringIO(text)))
    unreadable = []
    for binding in bindings:
        if binding.error:
            written = binding.original.string
            blank = written[: len(written) - len(written.lstrip())]
            # dotenv counts the blank lines above a binding to it.
            unreadable.append(binding.original.line + blank.count("\n"))
    return [binding.key for binding in bindings if binding.key is not None], unreadable


@contextmanager
def quiet_dotenv() -> Iterator[None]:
    """Keep dotenv from naming the lines that it cannot read: it does so at each reading, in English."""
    logger = logging.getLogger("dotenv.main")
    was_disabled, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = was_disabled


def unknown_settings(
    environment: Iterable[str], in_file: Iterable[str], known: frozenset[str]
) -> Iterator[tuple[str, str | None]]:
    """Yield the variables that are no settings, each with the setting that is nearest to it where one is near.

    A `.env` is the bot's own, except for what compose reads from it; in the environment other programs have variables
    too, so that there only those near a setting are taken for slips. Names that are often used for a setting, or are
    near one only as a whole, are slips where that setting has no value.
    """
    ours, present = set(in_file), {*environment, *in_file}
    has_value = {variable.upper() for variable in present}
    for variable in sorted(present):
        name = variable.upper()
        if name in known:
            continue
        if (meant := _OTHER_NAMES.get(name)) is not None:
            if meant not in has_value:
                yield variable, meant
            continue
        beginning, line, rest = name.partition("_")
        prefix = beginning + line
        rests = {setting.removeprefix(prefix): setting for setting in known if line and setting.startswith(prefix)}
        # Settings of several words, without underscores; APP_DATABASE_URL is another program's.
        wholes = {
            setting.replace("_", ""): setting
            for setting in known - has_value
            if "_" in setting and not name.endswith(f"_{setting}")
        }
        nearest = _nearest(rest, rests, _LEAST_LIKENESS)
        nearest = nearest or _nearest(name.replace("_", ""), wholes, _LEAST_LIKENESS_OF_WHOLE)
        if nearest or (variable in ours and not name.startswith(_FOR_COMPOSE)):
            yield variable, nearest


def _nearest(written: str, settings: Mapping[str, str], likeness: float) -> str | None:
    """Return the setting whose key is nearest to what is written, None where none is near."""
    near = get_close_matches(written, settings, n=1, cutoff=likeness)
    return settings[near[0]] if near else None
