"""Finds variables that are meant for the bot, by their beginning, and are none of its settings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

# DISCORD_GUILD_ID is near DISCORD_GUILD_IDS; DISCORD_CLIENT_ID, which other programs have, is near nothing.
_LEAST_LIKENESS = 0.65


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
    setting are taken for slips.
    """
    ours = set(in_file)
    for variable in sorted({*environment, *ours}):
        beginning, line, rest = variable.upper().partition("_")
        prefix = beginning + line
        rests = {name.removeprefix(prefix): name for name in known if line and name.startswith(prefix)}
        if not rests or rest in rests:
            continue
        near = get_close_matches(rest, rests, n=1, cutoff=_LEAST_LIKENESS)
        if near or variable in ours:
            yield UnknownSetting(variable, rests[near[0]] if near else None)
