"""The exchange protocol: the source of a request and the target of its reply, for messages, commands and buttons."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

import discord

from bot.chat.cards.card import Card
from bot.chat.chat_errors import DELIVERY_ERRORS

# A token lives for 15 minutes; this machine's clock may be wrong by hours.
_LONGEST = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ReplyPlace:
    """The message that carries a reply: the ids of its channel and its own; `is_edited` where it was there before."""

    channel_id: int
    message_id: int
    is_edited: bool = False


@dataclass(frozen=True, slots=True)
class OpenReply:
    """A reply that is owed to a command, by its token, or to a direct message, by its channel."""

    id: int
    application_id: int = 0
    token: str = field(default="", repr=False)
    channel_id: int = 0

    @property
    def is_over(self) -> bool:
        """Whether it is too late to reply; sooner Discord says so, by its own clock."""
        return discord.utils.snowflake_time(self.id) + _LONGEST < discord.utils.utcnow()


class MessageSigns:
    """The signs that a message shows of what becomes of it: typing below it, and the bot's reactions, where allowed."""

    def __init__(self, message: discord.Message, me: int) -> None:
        self._message = message
        self._me = discord.Object(me)

    async def show_typing(self) -> None:
        """Show the typing indicator for ten seconds."""
        await self._message.channel.typing()

    async def add_reaction(self, emoji: str) -> None:
        with suppress(*DELIVERY_ERRORS):
            await self._message.add_reaction(emoji)

    async def remove_reaction(self, emoji: str) -> None:
        with suppress(*DELIVERY_ERRORS):
            await self._message.remove_reaction(emoji, self._me)


class Exchange(Protocol):
    """A request and its reply. What is not defined otherwise is as for commands and presses, which Discord sends once.

    `asker_id` and `channel_id` are the ids of the person and of the channel, thread or conversation, `id` that of the
    message, the command or the press itself. `withdrawn` is set once the question is deleted or edited, so that no
    answer is to be sent.
    """

    asker_id: int
    channel_id: int
    id: int
    withdrawn: asyncio.Event

    signs: MessageSigns | None = None
    """The signs that the question can bear, None where Discord itself shows that the bot is thinking."""

    shows_question: bool = False
    """Whether Discord shows the question above its answer."""

    may_have_previous: bool = False
    """Whether the question may follow up on a previous one."""

    is_reply: bool = True
    """Whether the asker points at the previous question; else it may be the one right before."""

    can_be_read_back: bool = False
    """Whether Discord shows the question to the bot again after a restart."""

    open_reply: OpenReply | None = None
    """The reply that is owed, None where Discord shows none and the question is read back."""

    is_lasting: bool = False
    """Whether the bot can come back to its reply days later."""

    @property
    def public_guild_id(self) -> int | None:
        """The id of the server where everybody may read the question, None where it is private."""

    @property
    def reply_place(self) -> ReplyPlace | None:
        """The message of the reply, None before there is one and where the bot cannot come back to it."""

    async def previous_question(self) -> str | None:
        """Return the previous question, with the one that completed it in a line above.

        Raise ReplyError where the asker replies to a message without readable words.
        """

    async def acknowledge(self) -> None:
        """Acknowledge the request, where Discord requires that."""

    async def reply(self, card: Card) -> None:
        """Reply with a card, in private where the bot may not write in public."""

    async def reply_privately(self, card: Card) -> None:
        """Reply with a card that the asker alone sees, where Discord has a way to."""
