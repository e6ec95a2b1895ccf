"""The gaps of the coverage, off the event loop."""

from bot.answering import Gaps, Refusal
from bot.chat.card import Card
from bot.chat.gaps_card import gaps_card
from bot.ops.threads import Worker
from bot.texts import Texts


class GapNotes:
    """Has gaps counted and listed by one worker, which alone touches them and takes all in the order of coming."""

    def __init__(self, gaps: Gaps, worker: Worker) -> None:
        self._gaps = gaps
        self._worker = worker

    def note(self, refusal: Refusal) -> None:
        """Count a question without an answer."""
        asked = " ".join(filter(None, (refusal.completed_from, refusal.question)))
        self._worker.begin(self._gaps.note, asked, refusal.missing, refusal.reason)

    async def card(self, texts: Texts) -> Card:
        """List what is asked most and not answered."""
        return await self._worker.run(gaps_card, self._gaps, texts)
