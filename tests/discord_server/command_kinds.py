"""Name the kinds of commands and options by Discord's numbers."""

from enum import IntEnum


class CommandKind(IntEnum):
    """Be one way to call a command."""

    SLASH = 1
    MESSAGE = 3


class OptionKind(IntEnum):
    """Be the kind of value that an option takes, or a level of subcommands."""

    SUBCOMMAND = 1
    GROUP = 2
    TEXT = 3
    INTEGER = 4
    BOOLEAN = 5
    CHANNEL = 7
    ATTACHMENT = 11


LEVELS = frozenset({OptionKind.SUBCOMMAND, OptionKind.GROUP})


class InstallKind(IntEnum):
    """Be one way to install the application: into a guild, or for oneself."""

    GUILD = 0
    USER = 1


class Context(IntEnum):
    """Be the kind of place in which a command can be called."""

    GUILD = 0
    BOT_DIRECT = 1
    PRIVATE = 2
