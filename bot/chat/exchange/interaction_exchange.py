"""Exchanges of interactions: commands, presses that edit their own message, commands of over 15 minutes."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

import discord
from discord import app_commands, ui

from bot.chat.cards.card import Card
from bot.chat.discord_errors import (
    ALREADY_ACKNOWLEDGED,
    DELIVERY_ERRORS,
    INTERACTION_OVER,
    UNKNOWN_CHANNEL,
    UNKNOWN_MESSAGE,
    is_forbidden,
    new_reference,
)
from bot.chat.exchange.delivery import NO_PINGS, deliver
from bot.chat.exchange.exchange import ReplyPlace
from bot.chat.exchange.open_replies import OpenReply
from bot.chat.exchange.sent_requests import counting_requests
from bot.chat.permissions import find_public_guild


class InteractionExchange:
    """An interaction; `private` answers are seen by the asker alone. `before` is the previous question."""

    shows_question = False

    def __init__(self, interaction: discord.Interaction, *, private: bool, before: str | None = None) -> None:
        self._interaction = interaction
        self._private = private
        self._before = before
        self._acknowledged = False
        self._reply: discord.Message | None = None
        self._is_on_its_way = False

    @property
    def asker_id(self) -> int:
        """The id of the user of the interaction."""
        return self._interaction.user.id

    @property
    def channel_id(self) -> int:
        """The id of the channel of the interaction."""
        return self._interaction.channel_id or 0

    @property
    def id(self) -> int:
        """The interaction's id."""
        return self._interaction.id

    @property
    def is_withdrawn(self) -> bool:
        """Never: a command cannot be withdrawn."""
        return False

    @property
    def can_be_read_back(self) -> bool:
        """Never: Discord sends a command once."""
        return False

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
    def is_lasting(self) -> bool:
        """Whether the reply stands where the bot sees it: an interaction itself lives for fifteen minutes."""
        interaction = self._interaction
        is_seen = interaction.is_guild_integration() and interaction.app_permissions.view_channel
        return not self._private and (is_seen or interaction.context.dm_channel)

    @property
    def reply_place(self) -> ReplyPlace | None:
        """The message of the response, or the direct one in its place."""
        reply = self._reply
        return ReplyPlace(reply.channel.id, reply.id) if reply and self.is_lasting else None

    @property
    def open_reply(self) -> OpenReply | None:
        """The reply in whose place Discord shows that the bot is thinking."""
        interaction = self._interaction
        return OpenReply(interaction.id, interaction.application_id, interaction.token) if self._acknowledged else None

    @property
    def may_have_previous(self) -> bool:
        """Whether a previous question was given."""
        return self._before is not None

    async def previous_question(self) -> str | None:
        """Return the previous question that was given."""
        return self._before

    async def acknowledge(self) -> None:
        """Defer, which must happen within three seconds."""
        if self._acknowledged:
            return
        await self._respond(lambda: self._interaction.response.defer(ephemeral=self._private, thinking=True))
        self._acknowledged = True

    async def open_form(self, form: ui.Modal) -> None:
        """Respond with a form, which must happen within three seconds."""
        await self._respond(lambda: self._interaction.response.send_modal(form))

    async def show_typing(self) -> None:
        """Do nothing: Discord shows that the bot is thinking."""

    async def add_reaction(self, emoji: str) -> bool:  # noqa: ARG002 (there is no message to react to)
        """Do nothing: there is no message to react to."""
        return False

    async def remove_reaction(self, emoji: str) -> None:
        """Do nothing: there is no reaction."""

    async def wait_until_withdrawn(self) -> None:
        """Wait for ever: a command cannot be withdrawn."""
        await asyncio.Event().wait()

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
            self._reply = await deliver(
                lambda: interaction.edit_original_response(
                    view=card.layout(), attachments=card.files(), allowed_mentions=NO_PINGS
                )
            )
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
        respond = self._interaction.response.send_message
        await self._respond(lambda: respond(view=card.layout(), ephemeral=True, allowed_mentions=NO_PINGS))

    async def _has_arrived(self) -> bool:
        """Tell whether Discord has taken a reply although that was given up, or not confirmed."""
        with suppress(*DELIVERY_ERRORS):
            return not (await self._interaction.original_response()).flags.loading
        return False

    async def _reply_too_late(self, card: Card) -> None:
        """Send a direct message, since the interaction has expired."""
        send = self._interaction.user.send
        self._reply = await send(
            view=card.layout(), files=card.files(), nonce=self._interaction.id, allowed_mentions=NO_PINGS
        )

    @staticmethod
    async def _respond(send: Callable[[], Awaitable[object]]) -> None:
        """Respond; raise HTTPException where another process has, as Discord takes the first response alone."""
        with counting_requests() as sent:
            try:
                await deliver(send)
            except discord.HTTPException as error:
                # An earlier request may have arrived, and only its confirmation was lost.
                if error.code != ALREADY_ACKNOWLEDGED or sent.count == 1:
                    raise


class ComponentInteraction(InteractionExchange):
    """A press of a button whose message may be edited or deleted, for which Discord asks no permission."""

    def __init__(self, interaction: discord.Interaction) -> None:
        super().__init__(interaction, private=True)

    @property
    def open_reply(self) -> None:
        """None: Discord shows nothing."""

    async def acknowledge(self) -> None:
        """Defer without a visible sign, which must happen within three seconds."""
        await self._respond(self._interaction.response.defer)
        self._acknowledged = True

    async def reply(self, card: Card) -> None:
        """Send a message that only the presser sees."""
        await self.reply_privately(card)

    async def reply_privately(self, card: Card) -> None:
        """Send a message that only the presser sees."""
        if not self._acknowledged:
            await super().reply_privately(card)
            return
        send = self._interaction.followup.send
        await deliver(lambda: send(view=card.layout(), ephemeral=True, allowed_mentions=NO_PINGS))

    async def change(self, card: Card) -> None:
        """Replace the message by a card, and its file by that of the card."""
        edit = self._interaction.edit_original_response
        await deliver(lambda: edit(view=card.layout(), attachments=card.files(), allowed_mentions=NO_PINGS))

    async def delete(self) -> None:
        """Delete the message."""
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
    """Send a card, without its file where the permission to attach files is missing."""
    try:
        return await give(card)
    except discord.Forbidden:
        if card.attachment is None:
            raise
        return await give(replace(card, attachment=None))
