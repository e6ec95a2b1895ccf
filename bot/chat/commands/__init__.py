"""Slash commands and the message menu, with their autocompletion and translations.

The command tree is written to Discord only where it changed.
"""

from bot.chat.commands.addition_commands import AdditionForms
from bot.chat.commands.ask_command import QUESTION_COMMANDS, AnyCommand, help_command, message_menu, question_command
from bot.chat.commands.command_sync import CommandTree
from bot.chat.commands.corpus_command import corpus_commands
from bot.chat.commands.sources_command import article_command, sources_command
from bot.chat.commands.translations import CommandTranslations

__all__ = [
    "QUESTION_COMMANDS",
    "AdditionForms",
    "AnyCommand",
    "CommandTranslations",
    "CommandTree",
    "article_command",
    "corpus_commands",
    "help_command",
    "message_menu",
    "question_command",
    "sources_command",
]
