"""What became of each question: when it was sent, and when its reply came."""

import math
import time
from collections import defaultdict
from collections.abc import Callable

from bot.chat.admission import ASK_AGAIN
from tests.discord_server import Message
from tests.discord_server.interactions import Interaction
from tests.discord_server.watching import cause_of


class Tally:
    """Watches the bot's messages; a question is answered by the first that belongs to it."""

    def __init__(self, bot_id: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._bot_id, self._clock = bot_id, clock
        self._sent: dict[int, float] = {}
        # By their messages: one that is edited later, when its asker votes, is the same reply.
        self._replies = defaultdict[int, set[int]](set)
        self._declined: set[int] = set()
        self._seconds: list[float] = []
        self.last_reply = 0.0

    def sent(self, cause: Message | Interaction, at: float) -> None:
        """Note that a question was sent at a time of the clock."""
        self._sent[cause.id] = at

    def observe(self, message: Message) -> None:
        """Take note of a message."""
        if ASK_AGAIN in message.reactions:
            self._declined.add(message.id)
        if message.author_id != self._bot_id or message.is_loading:
            return
        cause = cause_of(message)
        if cause not in self._sent:
            return
        if message.is_ephemeral or (message.origin is None and message.reference is None):
            self._declined.add(cause)
            return
        if not self._replies[cause]:
            self.last_reply = self._clock()
            self._seconds.append(self.last_reply - self._sent[cause])
        self._replies[cause].add(message.id)

    @property
    def questions(self) -> int:
        """How many were sent."""
        return len(self._sent)

    @property
    def answered(self) -> int:
        """How many have a reply, be it a refusal."""
        return len(self._seconds)

    @property
    def declined(self) -> int:
        """How many were marked, or their askers told privately, that there is too much to do."""
        return len(self._declined)

    @property
    def missing(self) -> int:
        """How many have neither."""
        return len(self._sent.keys() - self._replies.keys() - self._declined)

    @property
    def repeated(self) -> int:
        """How many have more than one reply."""
        return sum(len(messages) > 1 for messages in self._replies.values())

    def quantile(self, share: float) -> float:
        """Return the seconds within which a share of those with a reply have it; none of them: not a number."""
        ordered = sorted(self._seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else math.nan
