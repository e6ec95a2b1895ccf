"""The exchange of a message: a reply to it, or a direct message where the bot may not write."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

import discord

from bot.chat.cards.answer_card import question_lines
from bot.chat.cards.card import MESSAGE_LIMIT, Card
from bot.chat.cards.card_text import size
from bot.chat.chat_errors import DELIVERY_ERRORS, HISTORY_UNREADABLE, is_forbidden
from bot.chat.exchange.delivery import NO_PINGS, deliver
from bot.chat.exchange.exchange import Exchange, ReplyPlace
from bot.chat.exchange.message_filter import message_words
from bot.chat.exchange.open_replies import OpenReply
from bot.chat.exchange.reply_context import previous_question
from bot.chat.permissions import find_public_guild
from bot.texts import Texts

SentAnswer = discord.Message | discord.PartialMessage


class MessageExchange(Exchange):
    """A message that addresses the bot, and its answer, which a further reply edits."""

    is_lasting = True

    def __init__(
        self,
        message: discord.Message,
        me: int,
        texts: Texts,
        answer: SentAnswer | None = None,
        *,
        was_deleted: bool = False,
    ) -> None:
        """Answer a message; `was_deleted` says that an earlier answer to it was deleted."""
        self.asker_id, self.channel_id, self.id = message.author.id, message.channel.id, message.id
        self.message = message
        self.answer = answer
        self.shows_question = True
        self.may_have_previous = message.reference is not None
        # Discord lists no direct conversations to bots.
        self.can_be_read_back = message.guild is not None
        self.open_reply = None if message.guild else OpenReply(self.id, channel_id=self.channel_id)
        self._was_deleted = was_deleted
        self._is_edit = answer is not None
        self._over = asyncio.Event()
        self._me = me
        self._texts = texts

    @property
    def public_guild_id(self) -> int | None:
        """The id of the public server of the message; None for a follow-up on words that did not address the bot."""
        reference = self.message.reference
        before = reference.resolved if reference else None
        if isinstance(before, discord.Message) and before.type is discord.MessageType.context_menu_command:
            return None
        return find_public_guild(self.message.channel)

    @property
    def reply_place(self) -> ReplyPlace | None:
        """The message of the answer."""
        return ReplyPlace(self.answer.channel.id, self.answer.id, self._is_edit) if self.answer else None

    async def previous_question(self) -> str | None:
        """Read the previous question from the message that this one replies to."""
        return await previous_question(self.message, self._me, self._texts)

    async def acknowledge(self) -> None:
        """Do nothing: Discord asks it of commands and presses alone."""

    async def show_typing(self) -> None:
        """Show the typing indicator for ten seconds."""
        await self.message.channel.typing()

    async def add_reaction(self, emoji: str) -> bool:
        """React to the message."""
        with suppress(*DELIVERY_ERRORS):
            await self.message.add_reaction(emoji)
        return True

    async def remove_reaction(self, emoji: str) -> None:
        """Remove the bot's reaction."""
        with suppress(*DELIVERY_ERRORS):
            await self.message.remove_reaction(emoji, discord.Object(self._me))

    def end(self) -> None:
        """Withdraw the question, so that no answer is sent."""
        self.is_withdrawn = True
        self._over.set()

    async def wait_until_withdrawn(self) -> None:
        """Wait until the question is deleted, or edited."""
        await self._over.wait()

    async def reply(self, card: Card) -> None:
        """Reply to the message, or edit the earlier reply."""
        if self.is_withdrawn:
            return
        if self.answer is not None:
            await deliver(lambda: self._change(card))
            return
        try:
            answer = await self._send(card, self.message.to_reference(fail_if_not_exists=False))
        except discord.HTTPException as error:
            if error.code == HISTORY_UNREADABLE:
                shown = self._with_question(card, self._texts("reply.no_history"))
                answer = await self._send(shown, None)
            elif is_forbidden(error) and self.message.guild is not None:
                answer = await self._write_to_author(self._direct(card), self._nonce)
            else:
                raise
        # Channel and id are enough to edit or delete it later.
        self.answer = discord.PartialMessage(channel=answer.channel, id=answer.id)
        # From before the last edit, where Discord gave back an answer that was there; both times are by its clock.
        edited = self.message.edited_at
        if edited is not None and discord.utils.snowflake_time(answer.id) < edited:
            await deliver(lambda: self._change(card))

    async def reply_privately(self, card: Card) -> None:
        """Send a direct message to the author; reply where the message is a direct one itself."""
        if self.message.guild is None:
            await self.reply(card)
        elif not self.is_withdrawn:
            await self._write_to_author(card, f"{self.message.id}{self._age}w")

    @property
    def _nonce(self) -> str:
        """The nonce by which Discord returns the earlier answer instead of taking another.

        It is the id of the question, whoever answers and whatever was edited, until an answer was deleted.
        """
        return f"{self.message.id}{self._age}" if self._was_deleted else str(self.message.id)

    @property
    def _age(self) -> str:
        edited = self.message.edited_at
        return f".{(edited - self.message.created_at).seconds}" if edited else ""

    async def _send(self, card: Card, reference: discord.MessageReference | None) -> discord.Message:
        # None is discord.py's own default of a reference.
        where: Any = reference
        send = partial(self.message.channel.send, nonce=self._nonce, reference=where, mention_author=False)
        return await deliver(partial(send, view=card.layout(), allowed_mentions=NO_PINGS))

    async def _write_to_author(self, card: Card, nonce: str | int) -> discord.Message:
        send = self.message.author.send
        return await deliver(lambda: send(view=card.layout(), nonce=nonce, allowed_mentions=NO_PINGS))

    def _direct(self, card: Card) -> Card:
        """Name the question's channel above a card that goes to the author directly."""
        if self.message.guild is None:
            return card
        return self._with_question(card, self._texts("reply.directly", channel=f"<#{self.channel_id}>"))

    def _with_question(self, card: Card, about: str) -> Card:
        """Show the question above a card that cannot be a reply, below a line that says why."""
        question = question_lines(message_words(self.message), None, self._texts)
        answered = replace(card, above=(about, *question, *card.above))
        fits = sum(map(size, answered.texts)) <= MESSAGE_LIMIT
        return answered if fits else replace(card, above=(about, *card.above))

    async def _change(self, card: Card) -> None:
        if self.answer is not None:
            is_here = self.answer.channel.id == self.channel_id
            shown = card if is_here else self._direct(card)
            await self.answer.edit(view=shown.layout(), allowed_mentions=NO_PINGS)
