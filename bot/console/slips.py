"""What the terminal says of slips in the settings that hinder nothing."""

import os

from bot.console.terminal import Terminal
from bot.env_file import ENV_FILE, read_env_file
from bot.settings import variables
from bot.unknown_settings import unknown_settings


def warn_of_slips(terminal: Terminal, *, names: bool) -> None:
    """Name the lines of `.env` that cannot be read and, where asked to, variables that are nearly settings."""
    file = read_env_file()
    for line in file.unread:
        terminal.warn("slip.unread", file=ENV_FILE, line=str(line))
    for slip in unknown_settings(os.environ, file.names, variables()) if names else ():
        if slip.nearest:
            terminal.warn("slip.misspelt", variable=slip.variable, nearest=slip.nearest)
        else:
            terminal.warn("slip.unknown", variable=slip.variable)
