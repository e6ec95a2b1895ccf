"""A command whose work may outlast it: past Discord's fifteen minutes, an ordinary message goes on in its place."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import discord

from bot.chat.card import Card
from bot.chat.delivery import deliver
from bot.chat.errors import new_reference
from bot.chat.exchange import NO_PINGS
from bot.chat.faults import UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, is_forbidden
from bot.chat.interaction_exchange import InteractionExchange


class LastingExchange(InteractionExchange):
    """A command that is answered time and again, for the asker alone as long as that goes, then in a channel.

    The channel is that of the moderators or else the command's own; where the bot may not write there, the asker is
    written to.
    """

    def __init__(self, interaction: discord.Interaction, moderator_channel: int | None) -> None:
        super().__init__(interaction, private=True)
        self._elsewhere = interaction.client.get_partial_messageable(moderator_channel or interaction.channel_id or 0)
        self._message: discord.Message | None = None

    async def reply(self, card: Card) -> None:
        """Change the answer, or the message that stands for it."""
        if (message := self._message) is None:
            await super().reply(card)
            return
        try:
            await _with_file_or_without(lambda one: self._change(message, one), card)
        except discord.HTTPException as error:
            if error.code != UNKNOWN_MESSAGE:
                raise
            await self._reply_too_late(card)

    async def _reply_too_late(self, card: Card) -> None:
        try:
            self._message = await _with_file_or_without(lambda one: self._send(self._elsewhere, one), card)
        except discord.HTTPException as error:
            if not is_forbidden(error) and error.code != UNKNOWN_CHANNEL:
                raise
            self._message = await self._send(self._interaction.user, card)

    @staticmethod
    async def _change(message: discord.Message, card: Card) -> discord.Message:
        return await deliver(
            lambda: message.edit(view=card.layout(), attachments=card.files(), allowed_mentions=NO_PINGS)
        )

    @staticmethod
    async def _send(place: discord.abc.Messageable, card: Card) -> discord.Message:
        nonce = new_reference()
        return await deliver(
            lambda: place.send(view=card.layout(), files=card.files(), nonce=nonce, allowed_mentions=NO_PINGS)
        )


async def _with_file_or_without(give: Callable[[Card], Awaitable[discord.Message]], card: Card) -> discord.Message:
    """Give a card; files in channels need a permission of their own, which may be the only one that lacks."""
    try:
        return await give(card)
    except discord.Forbidden:
        if card.attachment is None:
            raise
        return await give(replace(card, attachment=None))
