"""Errors: those whose text their asker reads, Discord's codes and what each says, reference numbers."""

import secrets
from http import HTTPStatus

import aiohttp
import discord

from bot.errors import TextError

UNKNOWN_CHANNEL = 10003
UNKNOWN_MESSAGE = 10008
UNKNOWN_WEBHOOK = 10015
UNKNOWN_INTERACTION = 10062
ALREADY_ACKNOWLEDGED = 40060
TOKEN_EXPIRED = 50027
THREAD_LOCKED = 50083
HISTORY_UNREADABLE = 160002

INTERACTION_OVER = frozenset({UNKNOWN_WEBHOOK, TOKEN_EXPIRED})
# Whoever asked has a response of another process, which runs beside this one during a deploy.
NOBODY_WAITS = frozenset(
    {UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, UNKNOWN_INTERACTION, ALREADY_ACKNOWLEDGED, *INTERACTION_OVER}
)

DELIVERY_ERRORS = (discord.DiscordException, aiohttp.ClientError, OSError)
"""The errors of a request to Discord: its refusals, broken connections, time-outs."""

# How aiohttp tells, in a RuntimeError, that a client which was replaced has closed its session.
_SESSION_CLOSED = "Session is closed"

# Gateway close codes, by the text that says what to do about them.
_FINAL_CLOSES = {
    4004: "startup.token",
    4010: "startup.shards",
    4011: "startup.shards",
    4012: "startup.version",
    4013: "startup.intents",
    4014: "startup.intents",
}


class ReplyError(TextError):
    """An expected end of a request; `key` names the text that the asker reads, in private if `private`."""

    def __init__(self, key: str, *, private: bool = False, **values: object) -> None:
        super().__init__(key, **values)
        self.private = private

    def __str__(self) -> str:
        """Return the key alone: the values may hold words of a question, which no log may have."""
        return self.key


def is_forbidden(error: discord.HTTPException) -> bool:
    """Whether the bot may not write where it tried to."""
    return isinstance(error, discord.Forbidden) or error.code == THREAD_LOCKED


def is_outage(error: Exception) -> bool:
    """Whether Discord is unavailable or overloaded, so that the request itself may be right."""
    if isinstance(error, discord.HTTPException):
        return error.status >= HTTPStatus.INTERNAL_SERVER_ERROR or error.status == HTTPStatus.TOO_MANY_REQUESTS
    return isinstance(error, aiohttp.ClientError | OSError)


def is_passing(error: Exception) -> bool:
    """Whether a request failed since Discord or the connection is out of order, and not for good."""
    if isinstance(error, discord.RateLimited) or str(error) == _SESSION_CLOSED:
        return True
    if isinstance(error, discord.HTTPException) and error.status == HTTPStatus.UNAUTHORIZED:
        return True
    return is_outage(error)


def is_lost_connection(error: Exception) -> bool:
    """Whether an error comes from the network or from Discord and passes by itself: its traceback says nothing."""
    return isinstance(error, discord.ConnectionClosed | discord.GatewayNotFound) or is_outage(error)


def fatal_error_key(error: Exception) -> str | None:
    """Return the text key of a fault that only a person can mend, None for any other."""
    if isinstance(error, discord.LoginFailure):
        return "startup.token"
    if isinstance(error, discord.PrivilegedIntentsRequired):
        return "startup.intents"
    if isinstance(error, discord.ConnectionClosed):
        return _FINAL_CLOSES.get(error.code)
    return None


def new_reference() -> str:
    """Make a random reference number, shown to the asker and logged with the error."""
    return secrets.token_hex(3)
