"""Exchanges of interactions: commands, presses that edit their own message, commands of over 15 minutes."""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from typing import Any

import discord
from discord import app_commands, ui

from bot.chat.cards.card import Card
from bot.chat.chat_errors import (
    ALREADY_ACKNOWLEDGED,
    DELIVERY_ERRORS,
    INTERACTION_OVER,
    UNKNOWN_CHANNEL,
    UNKNOWN_MESSAGE,
    is_forbidden,
    new_reference,
)
from bot.chat.exchange.delivery import counting_requests, deliver, send_card, send_with_file
from bot.chat.exchange.exchange import Exchange, OpenReply, ReplyPlace
from bot.chat.permissions import find_public_guild


class InteractionExchange(Exchange):
    """An interaction; `private` answers are seen by the asker alone. `before` is the previous question."""

    def __init__(self, interaction: discord.Interaction, *, private: bool, before: str | None = None) -> None:
        self.asker_id, self.channel_id, self.id = interaction.user.id, interaction.channel_id or 0, interaction.id
        self.withdrawn = asyncio.Event()
        self.may_have_previous = before is not None
        # An interaction itself lives for fifteen minutes.
        is_seen = interaction.is_guild_integration() and interaction.app_permissions.view_channel
        self.is_lasting = not private and (is_seen or interaction.context.dm_channel)
        self._interaction, self._private, self._before = interaction, private, before
        self._acknowledged = False
        self._reply: discord.Message | None = None
        self._is_on_its_way = False

    @property
    def public_guild_id(self) -> int | None:
        """The id of the public server of a question that the asker typed; None elsewhere and where the bot is not.

        A message's menu asks the words of somebody who may not have addressed the bot, so that they are private.
        """
        interaction = self._interaction
        is_menu = isinstance(interaction.command, app_commands.ContextMenu)
        is_hidden = self._private or is_menu or not interaction.is_guild_integration()
        return None if is_hidden else find_public_guild(interaction.channel)

    @property
    def reply_place(self) -> ReplyPlace | None:
        """The message of the response, or the direct one in its place."""
        reply = self._reply
        return ReplyPlace(reply.channel.id, reply.id) if reply and self.is_lasting else None

    async def previous_question(self) -> str | None:
        return self._before

    async def acknowledge(self) -> None:
        """Defer, which must happen within three seconds."""
        interaction = self._interaction
        if not self._acknowledged:
            await self._respond(deliver(lambda: interaction.response.defer(ephemeral=self._private, thinking=True)))
            self._acknowledged = True
            # Discord shows in its place that the bot is thinking.
            self.open_reply = OpenReply(interaction.id, interaction.application_id, interaction.token)

    async def open_form(self, form: ui.Modal) -> None:
        """Respond with a form, which must happen within three seconds."""
        await self._respond(deliver(lambda: self._interaction.response.send_modal(form)))

    async def reply(self, card: Card) -> None:
        """Edit the deferred response, or respond in private where none was deferred."""
        interaction = self._interaction
        if not self._acknowledged:
            await self.reply_privately(card)
            return
        if self._is_on_its_way and await self._has_arrived():
            return
        self._is_on_its_way = True
        try:
            self._reply = await send_card(interaction.edit_original_response, card, files="attachments")
        except discord.HTTPException as error:
            if error.code not in INTERACTION_OVER:
                raise
            await self._reply_too_late(card)
        self._is_on_its_way = False

    async def reply_privately(self, card: Card) -> None:
        """Respond in private; a public deferred response stays public."""
        if self._acknowledged:
            await self.reply(card)
            return
        send = self._interaction.response.send_message
        await self._respond(send_card(send, card, files="files", ephemeral=True))

    async def _has_arrived(self) -> bool:
        """Whether Discord has taken a reply although that was given up, or not confirmed."""
        with suppress(*DELIVERY_ERRORS):
            return not (await self._interaction.original_response()).flags.loading
        return False

    async def _reply_too_late(self, card: Card) -> None:
        """Send a direct message, since the interaction has expired."""
        self._reply = await send_card(self._interaction.user.send, card, files="files", nonce=self.id)

    @staticmethod
    async def _respond(sending: Awaitable[object]) -> None:
        """Respond; raise HTTPException where another process has, as Discord takes the first response alone."""
        with counting_requests() as sent:
            try:
                await sending
            except discord.HTTPException as error:
                # An earlier request may have arrived, and only its confirmation was lost.
                if error.code != ALREADY_ACKNOWLEDGED or sent.count == 1:
                    raise


class ComponentInteraction(InteractionExchange):
    """A press of a button whose message may be edited or deleted, for which Discord asks no permission."""

    def __init__(self, interaction: discord.Interaction) -> None:
        super().__init__(interaction, private=True)

    async def acknowledge(self) -> None:
        """Defer without a visible sign, which must happen within three seconds."""
        await self._respond(deliver(self._interaction.response.defer))
        self._acknowledged = True

    async def reply(self, card: Card) -> None:
        await self.reply_privately(card)

    async def reply_privately(self, card: Card) -> None:
        if not self._acknowledged:
            await super().reply_privately(card)
            return
        await send_card(self._interaction.followup.send, card, ephemeral=True)

    async def change(self, card: Card) -> None:
        """Replace the message by a card, and its file by that of the card."""
        await send_card(self._interaction.edit_original_response, card, files="attachments")

    async def delete(self) -> None:
        await deliver(self._interaction.delete_original_response)


class LongInteraction(InteractionExchange):
    """A command whose response is edited for longer than an interaction lives.

    After that, its message goes to the moderators' channel or else to the command's own; where the bot may not write
    there, to the asker.
    """

    def __init__(self, interaction: discord.Interaction, moderator_channel: int | None) -> None:
        super().__init__(interaction, private=True)
        self._elsewhere = interaction.client.get_partial_messageable(moderator_channel or interaction.channel_id or 0)
        self._message: discord.Message | None = None

    async def _has_arrived(self) -> bool:
        """Tell nothing: what has arrived may have been the progress."""
        return False

    async def reply(self, card: Card) -> None:
        """Edit the response, or the message that replaced it."""
        if (message := self._message) is None:
            await super().reply(card)
            return
        try:
            await send_with_file(message.edit, card, files="attachments")
        except discord.HTTPException as error:
            if error.code != UNKNOWN_MESSAGE:
                raise
            await self._reply_too_late(card)

    async def _reply_too_late(self, card: Card) -> None:
        options: Any = {"files": "files", "nonce": new_reference()}
        try:
            self._message = await send_with_file(self._elsewhere.send, card, **options)
        except discord.HTTPException as error:
            if not is_forbidden(error) and error.code != UNKNOWN_CHANNEL:
                raise
            self._message = await send_card(self._interaction.user.send, card, **options)
