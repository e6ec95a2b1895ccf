"""An exchange: where a question came from and its reply goes, the same for messages and slash commands."""

from collections.abc import Awaitable, Callable
from typing import Protocol

import discord

from bot.chat.delivery import deliver
from bot.chat.earlier import question_before
from bot.chat.faults import ALREADY_ACKNOWLEDGED, HISTORY_UNREADABLE, INTERACTION_OVER, is_forbidden
from bot.texts import Texts

_NO_PINGS = discord.AllowedMentions.none()


class Exchange(Protocol):
    """What answering needs of Discord; `shows_question` where Discord shows the question above its answer."""

    shows_question: bool

    async def question_before(self) -> str | None:
        """Return the question that the asker replies to an answer to, with those that it leans on in lines above it."""

    async def acknowledge(self) -> None:
        """Let the asker know that an answer is on its way."""

    async def reply(self, embed: discord.Embed) -> None:
        """Give the asker the card, privately where it cannot be given openly."""


class MessageExchange:
    """A message that speaks to the bot; answered by a reply, or in a direct message where the bot may not write."""

    shows_question = True

    def __init__(self, message: discord.Message, me: int, texts: Texts) -> None:
        self._message = message
        self._me = me
        self._texts = texts

    async def question_before(self) -> str | None:
        """Read the question back from the answer that the message replies to."""
        return await question_before(self._message, self._me, self._texts)

    async def acknowledge(self) -> None:
        """Do nothing: the answer takes milliseconds, and a typing sign is one more thing that may be forbidden."""

    async def reply(self, embed: discord.Embed) -> None:
        """Reply to the message; Discord drops a repetition by its nonce, which is the question's id."""
        try:
            await deliver(lambda: self._send(embed, self._message.to_reference(fail_if_not_exists=False)))
        except discord.HTTPException as error:
            if error.code == HISTORY_UNREADABLE:
                await deliver(lambda: self._send(embed, None))
            elif is_forbidden(error) and self._message.guild is not None:
                await deliver(lambda: self._send_directly(embed))
            else:
                raise

    async def _send(self, embed: discord.Embed, reference: discord.MessageReference | None) -> None:
        await self._message.channel.send(
            embed=embed,
            reference=reference,  # type: ignore[arg-type]  # None is discord.py's own default
            nonce=self._message.id,
            allowed_mentions=_NO_PINGS,
            mention_author=False,
        )

    async def _send_directly(self, embed: discord.Embed) -> None:
        content = self._texts("reply.directly", channel=f"<#{self._message.channel.id}>")
        await self._message.author.send(content, embed=embed, nonce=self._message.id, allowed_mentions=_NO_PINGS)


class InteractionExchange:
    """A slash command; `private` answers are seen by the asker alone."""

    shows_question = False

    def __init__(self, interaction: discord.Interaction, *, private: bool) -> None:
        self._interaction = interaction
        self._private = private
        self._acknowledged = False

    async def question_before(self) -> str | None:
        """Return nothing: a slash command replies to no message."""
        return None

    async def acknowledge(self) -> None:
        """Defer, which must happen within three seconds."""
        await self._respond(lambda: self._interaction.response.defer(ephemeral=self._private, thinking=True))
        self._acknowledged = True

    async def reply(self, embed: discord.Embed) -> None:
        """Fill in the deferred answer, or answer at once and privately when nothing was deferred."""
        interaction = self._interaction
        if not self._acknowledged:
            await self._respond(
                lambda: interaction.response.send_message(embed=embed, ephemeral=True, allowed_mentions=_NO_PINGS)
            )
            return
        try:
            await deliver(lambda: interaction.edit_original_response(embed=embed, allowed_mentions=_NO_PINGS))
        except discord.HTTPException as error:
            if error.code not in INTERACTION_OVER:
                raise
            await interaction.user.send(embed=embed, nonce=interaction.id, allowed_mentions=_NO_PINGS)

    @staticmethod
    async def _respond(send: Callable[[], Awaitable[object]]) -> None:
        try:
            await deliver(send)
        except discord.HTTPException as error:
            # The first try arrived after all, and only its confirmation was lost.
            if error.code != ALREADY_ACKNOWLEDGED:
                raise
