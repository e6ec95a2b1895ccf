"""Know the rules for commands and options that discord.py leaves to Discord."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.discord_server.command_kinds import CommandKind
from tests.discord_server.errors import Problem
from tests.discord_server.limits.measures import at_most, filled, no_more_than

_NAME = 32
_DESCRIPTION = 100
_OPTIONS = 25
_TOTAL = 8000
_SLASH_COMMANDS = 100
_MENU_COMMANDS = 15
# Discord's pattern admits the whole scripts whose vowel signs are marks, not letters.
_SCRIPTS_WITH_MARKS = ("DEVANAGARI", "THAI")


def command_list_problems(commands: list[dict[str, Any]]) -> Iterator[Problem]:
    """Yield the faults of a whole set of commands."""
    kinds = Counter(command.get("type") or CommandKind.SLASH for command in commands)
    for kind, count in kinds.items():
        limit = _SLASH_COMMANDS if kind == CommandKind.SLASH else _MENU_COMMANDS
        if count > limit:
            yield Problem("", "APPLICATION_COMMANDS_TOO_MANY", f"At most {limit} commands of type {kind}.")
    names = Counter((command.get("type") or CommandKind.SLASH, command.get("name")) for command in commands)
    for (_, name), count in names.items():
        if count > 1:
            message = f"Application command names must be unique: {name}"
            yield Problem("", "APPLICATION_COMMANDS_DUPLICATE_NAME", message)
    for index, command in enumerate(commands):
        for problem in command_problems(command):
            yield Problem(f"{index}.{problem.where}", problem.code, problem.message)


def command_problems(command: dict[str, Any]) -> Iterator[Problem]:
    """Yield the faults of one command."""
    if (command.get("type") or CommandKind.SLASH) == CommandKind.SLASH:
        yield from _named("", command)
        yield from _option_problems("options", command.get("options") or [])
        if _length(command) > _TOTAL:
            yield Problem("", "APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({_TOTAL})")
        return
    yield from filled("name", command.get("name"), _NAME)
    for key, name in (command.get("name_localizations") or {}).items():
        yield from filled(f"name_localizations.{key}", name, _NAME)
    if command.get("description"):
        message = "Context menu commands cannot have description"
        yield Problem("description", "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION", message)


def is_slash_name(name: Any) -> bool:
    """Say whether Discord takes a text as the name of a slash command or an option."""
    return (
        isinstance(name, str)
        and 1 <= len(name) <= _NAME
        and name == name.lower()
        and all(map(_is_name_character, name))
    )


def _is_name_character(character: str) -> bool:
    if character in "-_'" or unicodedata.category(character)[0] in "LN":
        return True
    return unicodedata.name(character, "").startswith(_SCRIPTS_WITH_MARKS)


def _named(where: str, thing: dict[str, Any]) -> Iterator[Problem]:
    prefix = f"{where}." if where else ""
    names = {"name": thing.get("name")}
    names |= {f"name_localizations.{key}": name for key, name in (thing.get("name_localizations") or {}).items()}
    for key, name in names.items():
        if not is_slash_name(name):
            message = f"Command name is invalid: {name!r}"
            yield Problem(f"{prefix}{key}", "APPLICATION_COMMAND_INVALID_NAME", message)
    yield from filled(f"{prefix}description", thing.get("description"), _DESCRIPTION)
    for key, text in (thing.get("description_localizations") or {}).items():
        yield from filled(f"{prefix}description_localizations.{key}", text, _DESCRIPTION)


def _option_problems(where: str, options: list[dict[str, Any]]) -> Iterator[Problem]:
    yield from no_more_than(where, options, _OPTIONS)
    for index, option in enumerate(options):
        place, choices = f"{where}.{index}", option.get("choices") or []
        yield from _named(place, option)
        yield from _option_problems(f"{place}.options", option.get("options") or [])
        yield from no_more_than(f"{place}.choices", choices, _OPTIONS)
        for number, choice in enumerate(choices):
            yield from filled(f"{place}.choices.{number}.name", choice.get("name"), 100)
            yield from at_most(f"{place}.choices.{number}.value", choice.get("value"), 100)
        if choices and option.get("autocomplete"):
            message = "Autocomplete may not be set to true if choices are present"
            yield Problem(place, "APPLICATION_COMMAND_AUTOCOMPLETE_WITH_CHOICES", message)
    if len({option.get("name") for option in options}) < len(options):
        message = "Option names must be unique"
        yield Problem(where, "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", message)


def _length(thing: dict[str, Any]) -> int:
    own = len(thing.get("name") or "") + len(thing.get("description") or "")
    choices = thing.get("choices") or []
    own += sum(len(str(choice.get("name"))) + len(str(choice.get("value"))) for choice in choices)
    return own + sum(map(_length, thing.get("options") or []))
