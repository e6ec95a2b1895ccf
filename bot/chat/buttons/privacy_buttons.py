"""What is kept with a member's id: shown to that member alone, and deleted once they have said so twice."""

from contextlib import suppress
from functools import partial

import discord

from bot.chat.buttons.page_buttons import replace_page
from bot.chat.buttons.privacy_card import (
    ErasureStep,
    confirmation_card,
    deleted_card,
    parse_erasure,
    privacy_card,
)
from bot.chat.buttons.votes import Votes
from bot.chat.cards.card import Card
from bot.chat.chat_errors import ReplyError
from bot.chat.exchange.interaction_exchange import InteractionExchange
from bot.chat.request_handler import RequestHandler
from bot.records import MemberRows, Records, RecordsAwayError, delete_member_rows, read_member_rows


class Privacy:
    """Shows and deletes what is kept with the id of whoever calls or presses; nobody reaches another member's."""

    def __init__(self, handler: RequestHandler, records: Records, votes: Votes, days: int) -> None:
        self._handler = handler
        self._records = records
        self._votes = votes
        self._days = days

    async def show(self, interaction: discord.Interaction) -> None:
        """Reply with what is kept, and what of it is the member's."""
        exchange = InteractionExchange(interaction, private=True)
        await self._handler.serve(exchange, partial(self._kept, interaction.user.id))

    async def press(self, interaction: discord.Interaction, payload: str) -> None:
        """Ask whether to delete, delete, or go back, as a button says."""
        pages = {
            ErasureStep.CONFIRM: self._confirm,
            ErasureStep.ERASE: self._delete,
            ErasureStep.KEEP: self._kept,
        }

        async def page() -> Card:
            return await pages[parse_erasure(payload)](interaction.user.id)

        await replace_page(self._handler, interaction, page)

    async def _kept(self, member: int) -> Card:
        rows: MemberRows | None = None
        # What is kept of members at all can be said without the records.
        with suppress(RecordsAwayError):
            rows = await self._records.ask(partial(read_member_rows, member_id=member))
        return await self._handler.browse_worker.run(privacy_card, rows, self._days, self._handler.texts)

    async def _confirm(self, member: int) -> Card:
        try:
            rows = await self._records.ask(partial(read_member_rows, member_id=member))
        except RecordsAwayError as error:
            raise ReplyError(error.key, private=True) from error
        if not (rows.votes or rows.waits):
            return privacy_card(rows, self._days, self._handler.texts)
        return confirmation_card(rows, self._handler.texts)

    async def _delete(self, member: int) -> Card:
        """Delete at once, behind all changes that wait; where the records are away, with the first that they take."""
        deletion = partial(delete_member_rows, member_id=member)
        self._votes.forget(member)
        try:
            return deleted_card(await self._records.ask(deletion), self._handler.texts)
        except RecordsAwayError as error:
            self._records.write(deletion)
            raise ReplyError("privacy.not_yet", private=True) from error
