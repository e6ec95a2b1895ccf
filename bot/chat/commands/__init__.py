"""Slash commands and the message menu, with their autocompletion and translations.

The command tree is written to Discord only where it changed.
"""

from bot.chat.commands.addition_commands import AdditionForms
from bot.chat.commands.ask_command import AnyCommand
from bot.chat.commands.command_list import all_commands
from bot.chat.commands.command_sync import CommandTree
from bot.chat.commands.translations import CommandTranslations

__all__ = [
    "AdditionForms",
    "AnyCommand",
    "CommandTranslations",
    "CommandTree",
    "all_commands",
]
