"""The one handler of errors: what is logged about each, and what the asker reads."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import ParamSpec

import aiohttp
import discord
from discord import app_commands

from bot.chat.cards.card import notice
from bot.chat.chat_errors import (
    DELIVERY_ERRORS,
    NOBODY_WAITS,
    ReplyError,
    is_forbidden,
    is_outage,
    is_passing,
    new_reference,
)
from bot.chat.exchange.exchange import Exchange
from bot.records import RecordsAwayError
from bot.retrieval import SearchError
from bot.texts import Texts

logger = logging.getLogger(__name__)

P = ParamSpec("P")

# The bot may write neither where it was asked nor to who asked.
SHUT_OUT = "🔇"
_TELLING = 15.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """How to handle an error: the text key to send, None for silence, and the log level."""

    key: str | None
    level: int
    values: Mapping[str, object] = field(default_factory=dict)
    traceback: bool = False

    @property
    def kind(self) -> str:
        """The last part of the key, `silent` where nothing is sent."""
        return self.key.rpartition(".")[2] if self.key else "silent"


def cause_of(error: Exception) -> Exception:
    """Return the error that a command met, without what discord.py puts around it."""
    return error.original if isinstance(error, app_commands.CommandInvokeError) else error


def judge(error: Exception, reference: str) -> Judgement:
    """Judge an error; the first case that fits decides.

    1. ReplyError, and records that are away: expected, its own sentence.
    2. A command that Discord still lists and the bot no longer has: the asker is told to try again.
    3. The search server gave no answer: the asker is told that nothing follows from it. `SearchWatch` logs it.
    4. The deadline, or a rate limit that would outlast it: the asker is told that Discord is slow.
    5. The place of the question, or the asker's wait, is gone, or the client is closed over which it came: silence,
       since nobody would read it, or nothing can be sent; the next client reads questions back.
    6. The bot may write neither there nor to the asker: a sign at most, and a line for the operator.
    7. Discord failed otherwise, retries included: the asker gets a reference number.
    8. Anything else is our mistake: a reference number, and the traceback under the same number.
    """
    error = cause_of(error)
    judgement = Judgement("error.unexpected", logging.ERROR, {"reference": reference}, traceback=True)
    match error:
        case ReplyError() | RecordsAwayError():
            judgement = Judgement(error.key, logging.DEBUG, error.values)
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            judgement = Judgement("error.stale_command", logging.INFO)
        case SearchError():
            judgement = Judgement("error.search", logging.DEBUG)
        case TimeoutError() | discord.RateLimited():
            judgement = Judgement("error.slow", logging.WARNING)
        case discord.HTTPException() if error.code in NOBODY_WAITS:
            judgement = Judgement(None, logging.DEBUG)
        case RuntimeError() if is_passing(error):
            judgement = Judgement(None, logging.INFO)
        case discord.HTTPException() if is_forbidden(error):
            judgement = Judgement(None, logging.WARNING)
        case discord.HTTPException() | aiohttp.ClientError() | ConnectionError():
            judgement = Judgement("error.discord", logging.WARNING, {"reference": reference})
    return judgement


@dataclass(frozen=True, slots=True)
class ErrorReport:
    """A reported error: how it was judged, and the failure to tell the asker, if any."""

    judgement: Judgement
    failure: Exception | None = None

    @property
    def is_shut_out(self) -> bool:
        return isinstance(self.failure, discord.HTTPException) and is_forbidden(self.failure)

    @property
    def is_worth_repeating(self) -> bool:
        """Whether the asker was told nothing, and may be told later."""
        return isinstance(self.failure, discord.RateLimited) or (self.failure is not None and is_outage(self.failure))


async def report_error(error: Exception, exchange: Exchange, texts: Texts) -> ErrorReport:
    """Log an error and tell the asker; log a failure to tell.

    Where the bot may write nowhere, it reacts with 🔇, if it may do that.
    """
    reference = new_reference()
    judgement = judge(error, reference)
    traceback = error if judgement.traceback else None
    logger.log(judgement.level, "%s: %s: %s", reference, type(error).__name__, error, exc_info=traceback)
    if judgement.key is None:
        if exchange.signs and isinstance(error, discord.HTTPException) and is_forbidden(error):
            await exchange.signs.add_reaction(SHUT_OUT)
        return ErrorReport(judgement)
    tell = exchange.reply_privately if isinstance(error, ReplyError) and error.private else exchange.reply
    try:
        async with asyncio.timeout(_TELLING):
            await tell(notice(texts(judgement.key, **judgement.values)))
    except (*DELIVERY_ERRORS, RuntimeError) as failure:
        if isinstance(failure, RuntimeError) and not is_passing(failure):
            raise
        logger.warning("%s: the error message could not be sent to the asker: %s", reference, failure)
        return ErrorReport(judgement, failure)
    return ErrorReport(judgement)


def call_each(listeners: Iterable[Callable[P, None]], *news: P.args, **named: P.kwargs) -> None:
    """Call listeners one after the other; one that fails is logged, and stops neither the others nor the caller."""
    for listener in listeners:
        try:
            listener(*news, **named)
        except Exception:
            logger.exception("A listener failed, and what it keeps count of may be incomplete")
