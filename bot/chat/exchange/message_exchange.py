"""The exchange of a message: a reply to it, or a direct message where the bot may not write."""

import asyncio
from dataclasses import replace
from functools import partial
from typing import Any

import discord

from bot.chat.cards.answer_card import question_lines
from bot.chat.cards.card import MESSAGE_LIMIT, Card
from bot.chat.cards.card_text import size
from bot.chat.chat_errors import HISTORY_UNREADABLE, is_forbidden
from bot.chat.exchange.delivery import send_card
from bot.chat.exchange.exchange import Exchange, MessageSigns, OpenReply, ReplyPlace
from bot.chat.exchange.message_filter import message_words
from bot.chat.exchange.reply_context import preceding_question, previous_question
from bot.chat.permissions import find_public_guild
from bot.texts import Texts

SentAnswer = discord.Message | discord.PartialMessage


class MessageExchange(Exchange):
    """A message that addresses the bot, and its answer, which a further reply edits."""

    is_lasting = shows_question = True

    def __init__(
        self, message: discord.Message, me: int, texts: Texts, answer: SentAnswer | None, *, was_deleted: bool
    ) -> None:
        """Answer a message; `was_deleted` says that an earlier answer to it was deleted."""
        self.asker_id, self.channel_id, self.id = message.author.id, message.channel.id, message.id
        self.message = message
        self.answer = answer
        self.withdrawn = asyncio.Event()
        self.signs = MessageSigns(message, me)
        self.is_reply = message.reference is not None
        # Elsewhere the message before may be anybody's.
        self.may_have_previous = self.is_reply or message.guild is None
        # Discord lists no direct conversations to bots.
        self.can_be_read_back = message.guild is not None
        self.open_reply = None if message.guild else OpenReply(self.id, channel_id=self.channel_id)
        self._is_edit = answer is not None
        self._me, self._texts = me, texts
        edited = message.edited_at
        self._age = f".{(edited - message.created_at).seconds}" if edited else ""
        # By its nonce Discord returns the earlier answer instead of taking another: the id of the question, whoever
        # answers and whatever was edited, until an answer was deleted.
        self._nonce = f"{self.id}{self._age}" if was_deleted else str(self.id)

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
        """Read the previous question from the message that this one replies to, or from the one right before."""
        find = previous_question if self.is_reply else preceding_question
        return await find(self.message, self._me, self._texts)

    async def acknowledge(self) -> None:
        """Do nothing: Discord asks it of commands and presses alone."""

    async def reply(self, card: Card) -> None:
        if self.withdrawn.is_set():
            return
        if self.answer is not None:
            is_here = self.answer.channel.id == self.channel_id
            await send_card(self.answer.edit, card if is_here else self._directly(card))
            return
        answer = await self._send(card)
        # Channel and id are enough to edit or delete it later.
        self.answer = discord.PartialMessage(channel=answer.channel, id=answer.id)
        # From before the last edit, where Discord gave back an answer that was there; both times are by its clock.
        edited = self.message.edited_at
        if edited is not None and discord.utils.snowflake_time(answer.id) < edited:
            await self.reply(card)

    async def reply_privately(self, card: Card) -> None:
        """Send a direct message to the author; reply where the message is a direct one itself."""
        if self.message.guild is None:
            await self.reply(card)
        elif not self.withdrawn.is_set():
            await send_card(self.message.author.send, card, nonce=f"{self.id}{self._age}w")

    async def _send(self, card: Card) -> discord.Message:
        """Send a reply; where Discord refuses that, a message that shows the question, or one to the author."""
        send: Any = partial(self.message.channel.send, nonce=self._nonce, mention_author=False)
        try:
            return await send_card(send, card, reference=self.message.to_reference(fail_if_not_exists=False))
        except discord.HTTPException as error:
            if error.code == HISTORY_UNREADABLE:
                shown = self._with_question(card, self._texts("reply.no_history"))
            elif is_forbidden(error) and self.message.guild is not None:
                send, shown = partial(self.message.author.send, nonce=self._nonce), self._directly(card)
            else:
                raise
        return await send_card(send, shown)

    def _directly(self, card: Card) -> Card:
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
