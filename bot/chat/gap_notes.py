"""The gaps of the coverage, off the event loop."""

from functools import partial

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

    def note(self, refusal: Refusal, *, is_public: bool) -> None:
        """Count a question without an answer; of one that is not public nothing else is kept."""
        asked = " ".join(filter(None, (refusal.completed_from, refusal.question)))
        self._worker.begin(partial(self._gaps.note, asked, refusal.missing, refusal.reason, is_public=is_public))

    async def card(self, texts: Texts) -> Card:
        """List what is asked most and not answered."""
        return await self._worker.run(gaps_card, self._gaps, texts)
