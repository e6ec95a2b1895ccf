"""A command whose work may outlast it: past Discord's fifteen minutes, an ordinary message goes on in its place."""

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
            await deliver(lambda: message.edit(view=card.layout(), attachments=card.files(), allowed_mentions=NO_PINGS))
        except discord.HTTPException as error:
            if error.code != UNKNOWN_MESSAGE:
                raise
            await self._reply_too_late(card)

    async def _reply_too_late(self, card: Card) -> None:
        try:
            self._message = await self._send(self._elsewhere, card)
        except discord.HTTPException as error:
            if not is_forbidden(error) and error.code != UNKNOWN_CHANNEL:
                raise
            self._message = await self._send_without_channel(card)

    async def _send_without_channel(self, card: Card) -> discord.Message:
        """Send what the channel does not take: without the file, which needs a permission of its own, or directly."""
        if card.attachment:
            try:
                return await self._send(self._elsewhere, replace(card, attachment=None))
            except discord.Forbidden:
                pass
        return await self._send(self._interaction.user, card)

    @staticmethod
    async def _send(place: discord.abc.Messageable, card: Card) -> discord.Message:
        nonce = new_reference()
        return await deliver(
            lambda: place.send(view=card.layout(), files=card.files(), nonce=nonce, allowed_mentions=NO_PINGS)
        )
