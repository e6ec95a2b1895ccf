"""Delivery to Discord: without pings, again after transient faults, when it is due, and once where that is noted."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any, TypeVar

import aiohttp
import discord

from bot.chat.cards.card import Card, layout_texts
from bot.chat.chat_errors import DELIVERY_ERRORS, is_forbidden, is_passing
from bot.records import RecordsAwayError

logger = logging.getLogger(__name__)

T = TypeVar("T")
Client = TypeVar("Client", bound=discord.Client)

_NO_PINGS = discord.AllowedMentions.none()

PAUSES = (0.5, 2.0, 6.0)
_RAISED_AT_ONCE = {HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS}

FindClient = Callable[[], discord.Client | None]
"""Returns the client that there is, connected or not: a new one takes the place of one that was lost."""

_LOOK_EVERY = 0.5  # seconds; nothing that waits for a client is urgent

# Between this machine's clock and Discord's.
_CLOCKS_APART = timedelta(minutes=2)
# Chosen: two requests. What is looked for was sent within moments of the time, and stands among the first.
_MOST_READ = 200


def is_transient(error: Exception) -> bool:
    """Whether a request failed with a transient fault that has not been retried yet.

    discord.py retries 500, 502 and 504 itself, and a 429 that names its wait; it raises 503, a 429 from a
    proxy, and a cut connection at once.
    """
    if isinstance(error, discord.HTTPException):
        return error.status in _RAISED_AT_ONCE
    return isinstance(error, aiohttp.ClientError | ConnectionError)


async def deliver(send: Callable[[], Awaitable[T]], pauses: Sequence[float] = PAUSES) -> T:
    """Send, and again after each pause while the fault is transient; `send` must be safe to repeat."""
    for pause in pauses:
        try:
            return await send()
        except Exception as error:
            if not is_transient(error):
                raise
        await asyncio.sleep(pause)
    return await send()


async def send_card(send: Callable[..., Awaitable[T]], card: Card, *, files: str = "", **options: Any) -> T:
    """Send a card, or edit a message into it, and ping nobody unless the options say whom.

    `files` names the parameter that takes the files of the card, where it may have some.
    """
    options = {"allowed_mentions": _NO_PINGS, **options}

    def try_once() -> Awaitable[T]:
        # Files anew: the try before may have read them to their end.
        return send(view=card.layout(), **({files: card.files()} if files else {}), **options)

    return await deliver(try_once)


async def send_with_file(
    send: Callable[..., Awaitable[discord.Message]], card: Card, **options: Any
) -> discord.Message:
    """Send a card, without its file where the permission to attach files is missing."""
    try:
        return await send_card(send, card, **options)
    except discord.Forbidden:
        if card.attachment is None:
            raise
        return await send_card(send, replace(card, attachment=None), **options)


def pinging(member: int | None) -> discord.AllowedMentions:
    """Let a message ping a member, or nobody."""
    users = [discord.Object(member)] if member else False
    return discord.AllowedMentions(everyone=False, roles=False, replied_user=False, users=users)


async def ready_client(find_client: Callable[[], Client | None]) -> Client:
    """Wait for a client that is ready, and return it."""
    while (client := find_client()) is None or client.is_closed() or not client.is_ready():  # noqa: ASYNC110
        await asyncio.sleep(_LOOK_EVERY)
    return client


SendDue = Callable[[], Awaitable[float | None]]
"""Sends what is due, and returns the seconds until more is, None where nothing waits; raises RecordsAwayError."""

TRY_AGAIN = 30.0
"""Seconds until the next try after the store or a search server was away, or something failed that nobody foresaw."""
# A time that a clock, set forward meanwhile, has passed is noticed within the hour.
_LONGEST = 3600.0


class Duty:
    """Something that is sent when it is due, and after faults that nobody foresaw tried less and less often."""

    def __init__(self, send_due: SendDue, loss: str) -> None:
        """Send by a function; `loss` says in the log what could not be sent."""
        self._act, self._loss = send_due, loss
        self._woken = asyncio.Event()
        self._pause = TRY_AGAIN
        self._rests_until = 0.0

    def wake(self) -> None:
        """Look at once whether something is due."""
        self._woken.set()

    async def run(self) -> None:
        """Send what is due until cancelled."""
        while True:
            self._woken.clear()
            wait = await self._try()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), _LONGEST if wait is None else min(wait, _LONGEST))

    async def _try(self) -> float | None:
        if (rest := self._rests_until - time.monotonic()) > 0:
            return rest
        try:
            wait = await self._act()
        except RecordsAwayError:
            return TRY_AGAIN
        except Exception:
            logger.exception("%s, the next try is later", self._loss)
            rest, self._pause = self._pause, min(2 * self._pause, _LONGEST)
            self._rests_until = time.monotonic() + rest
            return rest
        self._pause = TRY_AGAIN
        return wait


@dataclass(slots=True)
class SentRequests:
    """How many requests a piece of work has sent, those included that discord.py repeats by itself."""

    count: int = 0


_current: ContextVar[SentRequests | None] = ContextVar("sent_requests", default=None)


@contextmanager
def counting_requests() -> Iterator[SentRequests]:
    """Count the requests that the body sends through a session that has the trace of this module."""
    sent = SentRequests()
    token = _current.set(sent)
    try:
        yield sent
    finally:
        _current.reset(token)


def request_trace() -> aiohttp.TraceConfig:
    """Make the trace of a session whose requests are to be counted."""

    async def note(_: aiohttp.ClientSession, __: SimpleNamespace, ___: aiohttp.TraceRequestStartParams) -> None:
        if (sent := _current.get()) is not None:
            sent.count += 1

    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(note)
    return trace


LONGEST_SEND = 120
"""Seconds: no send takes longer, with all its tries."""


class Sending(Enum):
    """How a send ended; after `UNCLEAR` the card may be there or not."""

    DONE = auto()
    REFUSED = auto()
    UNCLEAR = auto()


@dataclass(frozen=True, slots=True)
class EarlierTry:
    """A send that may have happened since a time, in seconds since 1970, and the first texts of its card."""

    since: int
    texts: Sequence[str]


async def send_once(  # noqa: PLR0913 (a card, its place, and what becomes of it)
    client: discord.Client,
    channel: int,
    card: Card,
    nonce: str,
    earlier: EarlierTry | None = None,
    *,
    take: Callable[[discord.Message], Awaitable[object]] | None = None,
    **options: Any,
) -> Sending:
    """Send a card to a channel unless an earlier try did, whose process was stopped before it could note that.

    Discord knows a repetition by its nonce too. `take` gets the message; the other options are those of `send_card`.
    """
    place = client.get_partial_messageable(channel)
    try:
        if earlier is None or not await _is_there(client, place, earlier):
            message = await send_card(place.send, card, nonce=nonce, **options)
            if take is not None:
                await take(message)
    except (*DELIVERY_ERRORS, RuntimeError) as error:
        if not is_passing(error) and not isinstance(error, discord.HTTPException):
            raise
        logger.warning("A card could not be sent to channel %s: %s", channel, error)
        return Sending.UNCLEAR if is_passing(error) else Sending.REFUSED
    return Sending.DONE


async def _is_there(client: discord.Client, place: discord.PartialMessageable, earlier: EarlierTry) -> bool:
    """Whether the bot has sent a card of these texts there since a time; False where it may not read back."""
    wanted = list(earlier.texts)
    try:
        return any(list(texts[: len(wanted)]) == wanted for texts in await own_texts(client, place, earlier.since))
    except discord.HTTPException as error:
        if not is_forbidden(error):
            raise
        return False


async def own_texts(client: discord.Client, place: discord.abc.Messageable, since: int) -> Sequence[Sequence[str]]:
    """Return the texts of each of the bot's own messages in a channel since a time, as `own_messages` finds them."""
    return [layout_texts(message.components) for message in await own_messages(client, place, since)]


async def was_sent(
    client: discord.Client, channel: int | Sending, since: int, is_it: Callable[[discord.Message], bool]
) -> discord.Message | bool | None:
    """Return the one of the bot's own messages in a channel since a time that is that; False where none is.

    None where Discord does not say now, True where the bot may not look: once too often is worse than not at all.
    """
    if isinstance(channel, Sending):
        return None if channel is Sending.UNCLEAR else False
    try:
        messages = await own_messages(client, client.get_partial_messageable(channel), since)
        return next(filter(is_it, messages), False)
    except DELIVERY_ERRORS as error:
        if is_passing(error):
            return None
        return isinstance(error, discord.HTTPException) and is_forbidden(error)


async def open_channel(client: discord.Client, channel: int, member: int | None) -> int | Sending:
    """Return a channel, or that of a member's direct messages, or else how asking for it ended."""
    if member is None:
        return channel
    try:
        return (await deliver(lambda: client.create_dm(discord.Object(member)))).id
    except DELIVERY_ERRORS as error:
        return Sending.UNCLEAR if is_passing(error) else Sending.REFUSED


async def own_messages(client: discord.Client, place: discord.abc.Messageable, since: int) -> Sequence[discord.Message]:
    """Return the bot's own messages in a channel since a time, in seconds since 1970.

    Only the first 200 messages since then are looked through. Raise what Discord raises.
    """
    after = datetime.fromtimestamp(since, UTC) - _CLOCKS_APART

    async def read() -> Sequence[discord.Message]:
        found = place.history(limit=_MOST_READ, after=after, oldest_first=True)
        return [message async for message in found if message.author == client.user]

    return await deliver(read)
