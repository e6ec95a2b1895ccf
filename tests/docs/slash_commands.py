"""The slash commands that the bot registers, with their options, as Discord shows them in each language."""

from collections.abc import Iterator, Mapping
from typing import Any
from unittest.mock import Mock

from discord import app_commands

from bot.chat.commands.command_list import all_commands
from bot.chat.commands.translations import CommandTranslations
from bot.texts import Texts
from tests.chat.samples import ARABIC_FIRST


def _shown(name: str, locale: app_commands.locale_str | None, texts: Texts) -> str:
    """Return a name in a language; `/ask` and `/اسأل` are two commands, and each has one name."""
    key = locale.extras.get("key") if locale else None
    return texts(key) if key else name


def _commands() -> Iterator[app_commands.Command[Any, ..., Any]]:
    for command in all_commands(Mock(), Mock(), CommandTranslations(ARABIC_FIRST)):
        for one in command.commands if isinstance(command, app_commands.Group) else [command]:
            if isinstance(one, app_commands.Command):
                yield one


def _registered() -> Mapping[str, frozenset[str]]:
    options: dict[str, frozenset[str]] = {}
    for command in _commands():
        for texts in ARABIC_FIRST.in_each_language:
            named = [_shown(part.name, part._locale_name, texts) for part in (command.parent, command) if part]
            shown = [_shown(str(option.display_name), option.locale_name, texts) for option in command.parameters]
            options[" ".join(named)] = frozenset(shown)
    return options


REGISTERED = _registered()
"""The options of every command by its name, in each language; a group's stands before the command's."""
GROUPS = frozenset(name.split()[0] for name in REGISTERED if " " in name)
OPTIONS = frozenset[str]().union(*REGISTERED.values())
