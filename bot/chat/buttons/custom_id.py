"""The ids of buttons: the version of their form, the kind of button, and what its press needs to know."""

import re
from enum import StrEnum

from bot.chat.errors import ReplyError

VERSION = "1"
FAMILY = re.compile(r"b\d+:.*", re.DOTALL)

_FORM = re.compile(r"b(?P<version>\d+):(?P<kind>[a-z]+):(?P<load>.*)", re.DOTALL)


class Kind(StrEnum):
    """What a button does."""

    CONTEXT = "context"
    MORE = "more"
    PAGE = "page"
    VOTE = "vote"
    DELETE = "delete"
    LIST = "list"
    ARTICLE = "article"


class StaleButtonError(ReplyError):
    """A button that another version of the bot has made, or nobody."""

    def __init__(self) -> None:
        super().__init__("button.stale", private=True)


def custom_id(kind: Kind, load: str = "") -> str:
    """Write the id of a button."""
    return f"b{VERSION}:{kind}:{load}"


def read(identity: str) -> tuple[Kind, str]:
    """Read an id back; raise StaleButtonError where it is not of the form that is written now."""
    form = _FORM.fullmatch(identity)
    if form is None or form["version"] != VERSION:
        raise StaleButtonError
    try:
        return Kind(form["kind"]), form["load"]
    except ValueError as error:
        raise StaleButtonError from error


def number(load: str) -> int:
    """Read a number back; raise StaleButtonError where there is none."""
    if not (load.isascii() and load.isdecimal()):
        raise StaleButtonError
    return int(load)
