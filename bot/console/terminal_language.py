"""The language of the terminal: a flag, else the locale, else that of the replies where it was chosen, else English."""

from collections.abc import Mapping, Sequence

LANGUAGES = ("ar", "en", "fr")
FLAG = "--language"
# In this order POSIX asks them: the first that has a value counts.
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
# Locales that name no language.
_NEUTRAL = frozenset({"", "C", "POSIX"})


def locale_language(environment: Mapping[str, str]) -> str | None:
    """Return the language of a locale's messages, `en` where it is another one, None where it names none."""
    value = next(filter(None, map(environment.get, _VARIABLES)), "")
    name = value.partition(".")[0].partition("@")[0]
    if name in _NEUTRAL:
        return None
    language = name.replace("-", "_").partition("_")[0].lower()
    return language if language in LANGUAGES else "en"


def flag_language(arguments: Sequence[str]) -> str | None:
    """Return the last language that arguments ask for, None without one; help has to know before they are parsed."""
    found = None
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        name, _, value = argument.partition("=")
        if name == FLAG:
            value = value or (arguments[place + 1] if place + 1 < len(arguments) else "")
            found = value if value in LANGUAGES else found
    return found


def terminal_language(flag: str | None, environment: Mapping[str, str], chosen: str | None) -> str:
    """Choose the language of what the terminal prints.

    A locale that names no language leaves it to the language that was chosen for replies: in a container without
    either, whoever reads the log reads English.
    """
    return flag or locale_language(environment) or chosen or "en"
