"""What people think of answers: passed on to whoever listens, and kept nowhere."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.chat.incoming import Seen

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Vote:
    """A person's opinion of an answer, and the address that leads to it.

    `public_in` is the id of the server where everybody may read the answer. Of no other one is anything else known: its
    question where Discord still has it, the titles of what it quotes.
    """

    question: str | None
    helpful: bool
    titles: tuple[str, ...]
    public_in: int | None
    url: str


OnVote = Callable[[Vote], Awaitable[None]]


class Votes:
    """Counts each person's vote on an answer once, while the process lives, and passes it on to the listeners."""

    def __init__(self) -> None:
        self.listeners: list[OnVote] = []
        self._cast = Seen()

    def is_first(self, message: int, person: int) -> bool:
        """Note that a person has voted on an answer and tell whether that is new."""
        return self._cast.first_time((message, person))

    async def tell(self, vote: Vote) -> None:
        """Pass a vote on; a listener that fails keeps it from nobody else."""
        for listener in self.listeners:
            try:
                await listener(vote)
            except Exception:
                logger.exception("A vote could not be passed on")
