"""Slips in `.env` and in the environment: unreadable lines, and variables whose names are nearly a setting's."""

import io
import os
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from dotenv.parser import parse_stream

from bot.console.terminal import Terminal
from bot.settings import ENV_ENCODING, ENV_FILE, setting_names

# DATABASEURL and SEARCH_URI are near; DATABASE_USER, which other programs have, is not.
_LEAST_LIKENESS = 0.87
# What compose reads from the same `.env`.
_FOR_COMPOSE = ("COMPOSE_", "POSTGRES_", "EXTRAS")
# What other bots call theirs, or what one would call it.
_OTHER_NAMES = {
    **dict.fromkeys(("TOKEN", "BOT_TOKEN", "DISCORD", "DISCORD_KEY", "DISCORD_SECRET"), "DISCORD_TOKEN"),
    **dict.fromkeys(("CORPUS", "CORPUS_PATH", "CORPUS_DIR", "CORPUS_FOLDER", "CORPUS_FILE"), "CORPUS_URL"),
    "HEALTH_PORT": "PORT",
    "HEARTBEAT": "HEARTBEAT_URL",
    "REPLY_LANG": "REPLY_LANGUAGE",
}


def warn_of_settings(terminal: Terminal, *, names: bool) -> frozenset[str]:
    """Warn of unreadable lines of `.env` and, with `names`, of misspelt settings; return those probably meant."""
    meant = set[str]()
    in_file, unreadable = read_env_file()
    for line in unreadable:
        terminal.warn("slip.unread", file=ENV_FILE, line=str(line))
    for variable, nearest in unknown_settings(os.environ, in_file, setting_names()) if names else ():
        if nearest:
            terminal.warn("slip.misspelt", variable=variable, nearest=nearest)
            meant.add(nearest)
        else:
            terminal.warn("slip.unknown", variable=variable)
    return frozenset(meant)


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


def unknown_settings(
    environment: Iterable[str], in_file: Iterable[str], known: frozenset[str]
) -> Iterator[tuple[str, str | None]]:
    """Yield the variables that are no settings, each with the setting that is nearest to it where one is near.

    A `.env` is the bot's own, except for what compose reads from it. In the environment other programs have variables
    too: there only those near a setting that has no value are taken for slips.
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
        nearest = _nearest(name, known if variable in ours else known - has_value)
        if nearest or (variable in ours and not name.startswith(_FOR_COMPOSE)):
            yield variable, nearest


def _nearest(name: str, settings: Iterable[str]) -> str | None:
    """Return the setting of several words that is nearest to a name and begins alike, None where none is near."""
    # APP_DATABASE_URL is another program's, and so are PORTS and PORTAL.
    near = {setting.replace("_", ""): setting for setting in settings if "_" in setting and setting[0] == name[0]}
    found = get_close_matches(name.replace("_", ""), near, n=1, cutoff=_LEAST_LIKENESS)
    return near[found[0]] if found else None
