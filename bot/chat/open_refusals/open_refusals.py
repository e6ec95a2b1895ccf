"""Cards that change later, as the service sees them: refusals that become answers, and answers that are corrected."""

import logging
import time
import zlib
from collections.abc import Collection, Sequence

import discord

from bot.chat.buttons.votes import Vote
from bot.chat.cards.card import Card, shown_card
from bot.chat.exchange.delivery import TRY_AGAIN, Duty
from bot.chat.moderation.gap_counter import GapCounter
from bot.chat.open_refusals.card_places import CardPlaces, OutageError
from bot.chat.open_refusals.corrections import Corrections
from bot.chat.open_refusals.late_answers import LateAnswers
from bot.chat.open_refusals.notifier import Notifier
from bot.chat.open_refusals.refusal_log import RefusalLog
from bot.chat.permissions import HomeServers
from bot.chat.request_handler import RequestHandler
from bot.edition import Reloaded, ReloadOutcome, RolledBack
from bot.records import Records
from bot.records.figures import read_figure, set_figure
from bot.records.quoted_answers import note_withdrawn, quoting_message_ids, reopen
from bot.records.refusals import RefusedQuestion, open_message_ids, open_refusals
from bot.retrieval import SearchError

logger = logging.getLogger(__name__)

# Chosen: at a card a second, somewhat more than half an hour after a reload that answers them all.
_MOST_ASKED = 2000
# Who is over the bound of a day, and what Discord's outage held up, is looked after again.
_LOOK_AGAIN = 3600.0


class OpenRefusals(Duty):
    """Keeps refusals and quotes; whenever another edition serves, corrects answers, asks again, tells who waits."""

    def __init__(
        self, handler: RequestHandler, records: Records, homes: HomeServers, gaps: GapCounter, places: CardPlaces
    ) -> None:
        super().__init__(self._look_after, "Open refusals could not be asked again")
        self._handler, self._records, self._gaps, self._places = handler, records, gaps, places
        self._log = RefusalLog(records, homes, gaps)
        self._corrections = Corrections(handler, records, self._log, places)
        # What a card quoted is forgotten before it is a refusal.
        handler.outcome_listeners += [self._corrections.note, self._log.note]
        handler.deletion_listeners.append(self._log.forget)
        self._late_answers = LateAnswers(handler, records, gaps, places)
        self._notifier = Notifier(handler, records, places)
        # Each process asks for its own shards.
        self._asked = f"asked_{min(places.shard_ids, default=0)}"
        self._rung: set[int] = set()
        self._is_restored = False

    def note_reload(self, outcome: ReloadOutcome) -> None:
        """Ask again soon, where another edition serves."""
        if isinstance(outcome, Reloaded) and (withdrawn := outcome.changes.withdrawn):
            self._records.write(note_withdrawn, article_ids=withdrawn)
        if isinstance(outcome, Reloaded | RolledBack):
            self.wake()

    async def note_card(self, message: discord.Message, member: int | None, card: Card | None = None) -> None:
        """Note what a message quotes, or the card that takes its place, perhaps of an earlier edition.

        Raise SearchError.
        """
        await self._corrections.note_card(message, member, card or shown_card(message))
        self.wake()

    def note_vote(self, vote: Vote) -> None:
        """Open a refusal again whose late answer is none, as who asked says."""
        if vote.is_asker and not vote.helpful:
            self._records.write(reopen, message_id=vote.message_id, at=int(time.time()))
            self.wake()

    def note_waiting(self, card: int) -> None:
        """Ask again soon at a card where a member waits: its refusal may be of an earlier edition."""
        self._log.watch([card])
        self._rung.add(card)
        self.wake()

    async def _look_after(self) -> float:
        """Ask again and tell once; return the seconds to rest. Raise RecordsAwayError."""
        if not self._is_restored:
            for read_ids in (open_message_ids, quoting_message_ids):
                self._log.watch(await self._records.ask(read_ids))
            await self._gaps.restore()
            self._is_restored = True
        await self._places.client()
        rung, self._rung = self._rung, set()
        try:
            await self._corrections.correct()
            rung |= await self._corrections.turn_back()
            await self._ask_again(rung)
            rung = set()
            await self._notifier.tell()
        except SearchError as error:
            # Nothing is known of what is left, which is asked once the server is back.
            self._handler.search.failed(error)
            return TRY_AGAIN
        except OutageError:
            logger.warning("Discord has failed for too long: open refusals are asked again in an hour")
        finally:
            self._rung |= rung
        return _LOOK_AGAIN

    async def _ask_again(self, rung: Collection[int]) -> None:
        """Ask all open refusals where another edition serves than was asked last, else those whose bell was rung."""
        edition = zlib.crc32(self._handler.editions.current.fingerprint.encode())
        is_new = await self._records.ask(read_figure, name=self._asked) != edition
        cards: Sequence[RefusedQuestion] = await self._records.ask(open_refusals, most=_MOST_ASKED)
        chosen = [card for card in cards if is_new or card.message_id in rung]
        await self._late_answers.ask_again(chosen, meanwhile=self._notifier.tell)
        if is_new and not self._handler.is_stopping:
            self._records.write(set_figure, name=self._asked, value=edition)
