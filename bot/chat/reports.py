"""Reports to the moderators' channel: gathered for a while, so that many lacks are one message; kept nowhere else."""

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable

import aiohttp
import discord

from bot.answering import Refusal
from bot.chat.buttons.vote import Vote
from bot.chat.card import Card
from bot.chat.faults import UNKNOWN_CHANNEL, is_forbidden
from bot.chat.report_page import UNANSWERED, UNHELPFUL, ReportPage, refused_line, vote_line
from bot.texts import Texts

logger = logging.getLogger(__name__)


class Reports:
    """Sends what was noted `interval` seconds after the first of it, or once a card is full; never more often."""

    def __init__(self, send: Callable[[Card], Awaitable[object]], texts: Texts, interval: float = 60.0) -> None:
        self._send = send
        self._texts = texts
        self._interval = interval
        self._page = ReportPage(texts)
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None
        self._sent = -math.inf
        self._sending = asyncio.Lock()
        self._is_shut_out = False

    def note_refusal(self, refusal: Refusal, *, is_public: bool) -> None:
        """Note a question that the coverage has no answer to; count it where it is not public."""
        self._note(UNANSWERED, refused_line(refusal, self._texts) if is_public else None)

    def note_vote(self, vote: Vote, *, is_public: bool) -> None:
        """Note a vote, where it is against an answer; count it where that is not public."""
        if vote.helpful:
            return
        if not is_public:
            self._note(UNHELPFUL, None)
        elif vote.question or vote.titles:
            self._note(UNHELPFUL, vote_line(vote, self._texts))

    async def flush(self) -> None:
        """Send what was noted, now; a failure is logged and goes no further."""
        self._stop_timer()
        async with self._sending:
            page, self._page = self._page, ReportPage(self._texts)
            if page.is_empty:
                return
            self._sent = asyncio.get_running_loop().time()
            try:
                await self._send(page.card())
            except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
                self._complain(error)
            else:
                self._is_shut_out = False

    def _note(self, heading: str, line: str | None) -> None:
        if line is None:
            self._page.count(heading)
        else:
            self._page.add(heading, line)
        loop = asyncio.get_running_loop()
        since = self._sent if self._page.is_full else loop.time()
        due = max(since + self._interval, loop.time())
        if self._timer is None or due < self._timer.when():
            self._stop_timer()
            self._timer = loop.call_at(due, self._begin)

    def _begin(self) -> None:
        self._task = asyncio.create_task(self.flush())

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _complain(self, error: Exception) -> None:
        """Log a failure; that the channel is closed to the bot is worth one line until it was open again."""
        is_shut_out = isinstance(error, discord.HTTPException) and (
            is_forbidden(error) or error.code == UNKNOWN_CHANNEL
        )
        if not (is_shut_out and self._is_shut_out):
            logger.warning("The moderators could not be told what the coverage lacks: %s", error)
        self._is_shut_out = is_shut_out
