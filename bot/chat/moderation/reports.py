"""Reports to the moderators' channel, collected for a while: unanswered questions and votes against answers."""

import asyncio
import logging
import math
from collections import Counter
from collections.abc import Awaitable, Callable

import discord

from bot.answering import Refusal
from bot.arabic.words import normal_words
from bot.chat.buttons.votes import Vote
from bot.chat.cards.card import TEXT_LIMIT, Card
from bot.chat.cards.card_text import inline, quoted_list, size
from bot.chat.chat_errors import DELIVERY_ERRORS, UNKNOWN_CHANNEL, is_forbidden
from bot.chat.exchange.delivery import Duty
from bot.texts import Texts

logger = logging.getLogger(__name__)

UNANSWERED, UNHELPFUL = "report.unanswered", "report.unhelpful"

_QUESTION, _TITLE, _TITLES = 300, 120, 3
_PRIVATE = {UNANSWERED: "report.private", UNHELPFUL: "report.private_votes"}
# For the title, both headings, and the lines that count what is private and what found no room.
_FRAME = 600
# For how often a line came: the longest of report.repeated with a number of five figures takes 15.
_TIMES = 20


class ReportPage:
    """Lines under two headings until the card is full; later ones are only counted, and so are those that repeat one.

    A line repeats another about the same, or with the same words, however their marks and signs are written.
    """

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._lines: dict[str, dict[str, str]] = {UNANSWERED: {}, UNHELPFUL: {}}
        self._times: Counter[tuple[str, str]] = Counter()
        self._private: Counter[str] = Counter()
        self._room = TEXT_LIMIT - _FRAME
        self._left_out = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to report."""
        return not any((*self._lines.values(), self._private))

    @property
    def is_full(self) -> bool:
        """Whether a line found no room."""
        return self._left_out > 0

    def add(self, heading: str, line: str, about: str = "") -> None:
        """Add a line under a heading, or count it where it repeats one there or the card is full."""
        key = about or " ".join(normal_words(line))
        if key not in self._lines[heading]:
            needed = size(line) + _TIMES + 1
            if self.is_full or needed > self._room:
                self._left_out += 1
                return
            self._room -= needed
            self._lines[heading][key] = line
        self._times[heading, key] += 1

    def count(self, heading: str) -> None:
        """Count a private question or vote under a heading, without its words."""
        self._private[heading] += 1

    def card(self) -> Card:
        """Lay the report out as a card."""
        blocks = []
        for heading, entries in self._lines.items():
            times = ((line, self._times[heading, key]) for key, line in entries.items())
            lines = [self._texts("report.repeated", line=line, count=count) for line, count in times]
            if count := self._private[heading]:
                lines.append(self._texts(_PRIVATE[heading], count=count))
            if lines:
                blocks.append("\n".join((f"**{self._texts(heading)}**", *lines)))
        if self._left_out:
            blocks.append(self._texts("report.left_out", count=self._left_out))
        return Card(tuple(blocks), title=self._texts("report.title"))


def refused_line(refusal: Refusal, texts: Texts) -> str:
    """Quote a refused question, with the previous one that completed it."""
    line = question_line(refusal.question, texts)
    if before := refusal.completed_from:
        line = texts("report.follows", line=line, before=inline(before, _QUESTION, texts.language))
    return line


def question_line(question: str, texts: Texts) -> str:
    """Quote a question."""
    return texts("report.question", question=inline(question, _QUESTION, texts.language))


def vote_line(vote: Vote, texts: Texts) -> str:
    """Name a voted answer by its question, or else by the articles that it quotes, with a link to it."""
    if vote.question:
        line = question_line(vote.question, texts)
    else:
        line = texts("report.answer", titles=quoted_list(vote.titles[:_TITLES], _TITLE, texts))
    return texts("report.voted", line=line, url=vote.url)


class Reports(Duty):
    """Collects reports and sends them `interval` seconds after the first, or once a card is full; never more often."""

    def __init__(self, send: Callable[[Card], Awaitable[object]], texts: Texts, interval: float = 60.0) -> None:
        super().__init__(self._send_due, "Reports could not be sent to the moderators")
        self._send, self._texts, self._interval = send, texts, interval
        self._page = ReportPage(texts)
        # By the clock of the event loop: when the page is to be sent, and when the last one was.
        self._due = math.inf
        self._sent = -math.inf
        self._sending = asyncio.Lock()
        self._is_shut_out = False

    def note_refusal(self, refusal: Refusal, *, is_public: bool) -> None:
        """Add an unanswered question; only count it where it is not public."""
        self._note(UNANSWERED, refused_line(refusal, self._texts) if is_public else None)

    def note_vote(self, vote: Vote, *, is_public: bool) -> None:
        """Add a vote against an answer; only count it where the answer is not public."""
        if vote.helpful:
            return
        if not is_public:
            self._note(UNHELPFUL, None)
        elif vote.question or vote.titles:
            self._note(UNHELPFUL, vote_line(vote, self._texts), vote.url)

    async def flush(self) -> None:
        """Send the collected reports now; log a failure."""
        async with self._sending:
            page, self._page, self._due = self._page, ReportPage(self._texts), math.inf
            if page.is_empty:
                return
            self._sent = asyncio.get_running_loop().time()
            try:
                await self._send(page.card())
            except DELIVERY_ERRORS as error:
                self._complain(error)
            else:
                self._is_shut_out = False

    def _note(self, heading: str, line: str | None, about: str = "") -> None:
        if line is None:
            self._page.count(heading)
        else:
            self._page.add(heading, line, about)
        since = self._sent if self._page.is_full else asyncio.get_running_loop().time()
        self._due = min(self._due, since + self._interval)
        self.wake()

    async def _send_due(self) -> float | None:
        wait = self._due - asyncio.get_running_loop().time()
        if wait <= 0:
            await self.flush()
        return wait if 0 < wait < math.inf else None

    def _complain(self, error: Exception) -> None:
        """Log a failure; a channel that is closed to the bot is logged once until it was open again."""
        is_shut_out = isinstance(error, discord.HTTPException) and (
            is_forbidden(error) or error.code == UNKNOWN_CHANNEL
        )
        if not (is_shut_out and self._is_shut_out):
            logger.warning("The report of unanswered questions could not be sent to the moderators: %s", error)
        self._is_shut_out = is_shut_out
