"""The gaps of the coverage, off the event loop."""

from bot.answering import Gaps, Refusal
from bot.chat.card import Card
from bot.chat.gaps_card import gaps_card
from bot.ops.threads import Workers
from bot.texts import Texts


class GapNotes:
    """Has gaps counted and listed by one thread, which alone touches them and takes all in the order of coming."""

    def __init__(self, gaps: Gaps) -> None:
        self._gaps = gaps
        self._clerk = Workers(1)

    def note(self, refusal: Refusal) -> None:
        """Count a question without an answer."""
        asked = " ".join(filter(None, (refusal.completed_from, refusal.question)))
        self._clerk.begin(self._gaps.note, asked, refusal.missing, refusal.reason)

    async def card(self, texts: Texts) -> Card:
        """List what is asked most and not answered."""
        return await self._clerk.run(gaps_card, self._gaps, texts)
