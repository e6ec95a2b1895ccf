"""The log of refusals: which cards refuse a question that an answer may come to."""

import time
from collections.abc import Collection

from cachetools import FIFOCache

from bot.answering import Answer, Refusal
from bot.chat.cards.button_ids import encode_scope
from bot.chat.exchange.exchange import Exchange
from bot.chat.moderation.gap_counter import GapCounter
from bot.chat.permissions import HomeServers
from bot.records import Records
from bot.records.refusals import RefusedQuestion, change_words, forget_cards, mark_answered, note_refusal
from bot.records.retention import RETENTION
from bot.records.tables import REFUSALS


class RefusalLog:
    """Keeps public refusals at home as gaps, and keeps the rows of all cards in line with what happens to these.

    Of other refusals nothing is kept, unless a member asks to be told of their answer.
    """

    def __init__(self, records: Records, homes: HomeServers, gaps: GapCounter) -> None:
        """Log to the records; a gap is no longer counted once its question is edited, answered or deleted."""
        self._records, self._homes, self.gaps = records, homes, gaps
        # As many as the store has rows of.
        self._kept: FIFOCache[int, None] = FIFOCache(RETENTION[REFUSALS].most)

    def watch(self, message_ids: Collection[int]) -> None:
        """Note that these cards have rows, which go when the cards do."""
        self._kept.update(dict.fromkeys(message_ids))

    def note(self, exchange: Exchange, outcome: Answer | Refusal) -> None:
        """Note the outcome of a question that its asker received."""
        place = exchange.reply_place
        if place is None or exchange.withdrawn.is_set():
            return
        card = place.message_id
        if isinstance(outcome, Refusal) and outcome.is_of_question:
            guild = exchange.public_guild_id
            refused = RefusedQuestion(
                place.channel_id,
                card,
                int(time.time()),
                outcome.question,
                outcome.reason.value,
                guild_id=guild,
                previous=outcome.completed_from,
                scope=encode_scope(outcome.scope),
                missing=outcome.missing,
            )
            if place.is_edited and card in self._kept:
                self._records.write(change_words, refused=refused)
            if self._homes.is_home(guild):
                self.watch([card])
                self._replace_gap(refused, outcome)
                self._records.write(note_refusal, refused=refused)
        elif place.is_edited and card in self._kept:
            if isinstance(outcome, Answer):
                self._records.write(mark_answered, message_id=card, at=int(time.time()))
            else:
                self.forget([card])
            self.gaps.forget([card])

    def forget(self, message_ids: Collection[int]) -> None:
        """Forget deleted cards."""
        if gone := {card for card in message_ids if card in self._kept}:
            for card in gone:
                del self._kept[card]
            self._records.write(forget_cards, message_ids=gone)
            self.gaps.forget(gone)

    def _replace_gap(self, refused: RefusedQuestion, refusal: Refusal) -> None:
        """Note the refusal of a card; where its question was edited, count it in the place of the earlier refusal."""
        before = self.gaps.known.get(refused.message_id)
        if before is not None and (before.question, before.scope) != (refused.question, refused.scope):
            self.gaps.close(before)
            if refusal.scope is None:
                self.gaps.note(refusal, is_public=True)
        self.gaps.known[refused.message_id] = refused
