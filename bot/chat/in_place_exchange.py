"""The press of a button that changes its own message; whatever there is to say stands beside it, for one alone."""

import discord

from bot.chat.card import Card
from bot.chat.delivery import deliver
from bot.chat.exchange import NO_PINGS
from bot.chat.interaction_exchange import InteractionExchange


class InPlaceExchange(InteractionExchange):
    """A press whose message may be changed or deleted; it needs no permission, since Discord lets it."""

    def __init__(self, interaction: discord.Interaction) -> None:
        super().__init__(interaction, private=True)

    async def acknowledge(self) -> None:
        """Defer without a sign, which must happen within three seconds."""
        await self._respond(self._interaction.response.defer)
        self._acknowledged = True

    async def reply(self, card: Card) -> None:
        """Answer beside the message, to the one who pressed alone."""
        await self.whisper(card)

    async def whisper(self, card: Card) -> None:
        """Answer to the one who pressed alone."""
        if not self._acknowledged:
            await super().whisper(card)
            return
        send = self._interaction.followup.send
        await deliver(lambda: send(view=card.layout(), ephemeral=True, allowed_mentions=NO_PINGS))

    async def change(self, card: Card) -> None:
        """Put a card in the place of the message."""
        edit = self._interaction.edit_original_response
        await deliver(lambda: edit(view=card.layout(), allowed_mentions=NO_PINGS))

    async def delete(self) -> None:
        """Take the message away."""
        await deliver(self._interaction.delete_original_response)
