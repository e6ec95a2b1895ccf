"""A message that speaks to the bot; answered by a reply, or in a direct message where the bot may not write."""

from contextlib import suppress
from dataclasses import replace

import aiohttp
import discord

from bot.chat.card import Card
from bot.chat.delivery import deliver
from bot.chat.earlier import question_before
from bot.chat.exchange import NO_PINGS
from bot.chat.faults import HISTORY_UNREADABLE, is_forbidden
from bot.texts import Texts


class MessageExchange:
    """A message and its answer; once there is one, a further reply takes its place."""

    shows_question = True

    def __init__(self, message: discord.Message, me: int, texts: Texts) -> None:
        self.message = message
        self.answer: discord.Message | None = None
        self._me = me
        self._texts = texts

    @property
    def asker(self) -> int:
        """The message's author."""
        return self.message.author.id

    @property
    def place(self) -> int:
        """Where the message stands."""
        return self.message.channel.id

    @property
    def number(self) -> int:
        """The message's id."""
        return self.message.id

    async def question_before(self) -> str | None:
        """Read the question back from the answer that the message replies to."""
        return await question_before(self.message, self._me, self._texts)

    async def acknowledge(self) -> None:
        """Do nothing: there is no hurry, and what shows that an answer is on its way is another thing."""

    async def show_working(self) -> None:
        """Type for a while."""
        await self.message.channel.typing()

    async def mark(self, emoji: str) -> bool:
        """React to the message."""
        with suppress(discord.DiscordException, aiohttp.ClientError, OSError):
            await self.message.add_reaction(emoji)
        return True

    async def reply(self, card: Card) -> None:
        """Reply to the message, or change the reply that is there."""
        if self.answer is not None:
            await deliver(lambda: self._change(card))
            return
        try:
            self.answer = await deliver(lambda: self._send(card, self.message.to_reference(fail_if_not_exists=False)))
        except discord.HTTPException as error:
            if error.code == HISTORY_UNREADABLE:
                self.answer = await deliver(lambda: self._send(card, None))
            elif is_forbidden(error) and self.message.guild is not None:
                about = self._texts("reply.directly", channel=f"<#{self.place}>")
                self.answer = await self._write_to_author(replace(card, above=(about, *card.above)), self.message.id)
            else:
                raise

    async def whisper(self, card: Card) -> None:
        """Write to the author directly; among the two of them, that is a reply."""
        if self.message.guild is None:
            await self.reply(card)
        else:
            await self._write_to_author(card, f"{self.message.id}w")

    async def _send(self, card: Card, reference: discord.MessageReference | None) -> discord.Message:
        # Discord drops a repetition by its nonce, which is the question's id.
        return await self.message.channel.send(
            view=card.layout(),
            reference=reference,  # type: ignore[arg-type]  # None is discord.py's own default
            nonce=self.message.id,
            allowed_mentions=NO_PINGS,
            mention_author=False,
        )

    async def _write_to_author(self, card: Card, nonce: str | int) -> discord.Message:
        send = self.message.author.send
        return await deliver(lambda: send(view=card.layout(), nonce=nonce, allowed_mentions=NO_PINGS))

    async def _change(self, card: Card) -> None:
        if self.answer is not None:
            await self.answer.edit(view=card.layout(), allowed_mentions=NO_PINGS)
