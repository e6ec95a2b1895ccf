"""An exchange: where a question came from and its reply goes, the same for messages, commands and buttons."""

from typing import Protocol

import discord

from bot.chat.cards.card import Card

NO_PINGS = discord.AllowedMentions.none()


class Exchange(Protocol):
    """What answering needs of Discord; `shows_question` where Discord shows the question above its answer.

    `asker` and `place` are the ids of the person and of the channel, thread or conversation, `number` that of the
    message, the command or the press itself.
    """

    shows_question: bool

    @property
    def asker_id(self) -> int:
        """The id of the person who asks."""

    @property
    def channel_id(self) -> int:
        """The id of the channel, thread or conversation."""

    @property
    def id(self) -> int:
        """The id of the message, the command or the press."""

    @property
    def is_withdrawn(self) -> bool:
        """Whether no answer is wanted any more."""

    @property
    def can_be_read_back(self) -> bool:
        """Whether Discord shows the question to the bot again after a restart."""

    @property
    def public_guild_id(self) -> int | None:
        """The id of the server where everybody may read the question, None where it is for some people alone."""

    @property
    def may_have_previous(self) -> bool:
        """Whether there may be a question before."""

    async def previous_question(self) -> str | None:
        """Return the question that the asker goes on from, with those that it leans on in lines above it.

        Raise ReplyError where the asker replies to a message in which nothing can be read.
        """

    async def acknowledge(self) -> None:
        """Let the asker know that an answer is on its way."""

    async def show_typing(self) -> None:
        """Show for some seconds that an answer is being made, where Discord does not show it by itself."""

    async def add_reaction(self, emoji: str) -> bool:
        """Put a sign to the question if that is allowed; tell whether a question of this kind can bear one."""

    async def remove_reaction(self, emoji: str) -> None:
        """Take a sign of the bot away from the question."""

    async def wait_until_withdrawn(self) -> None:
        """Wait until no answer is wanted any more, if ever."""

    async def reply(self, card: Card) -> None:
        """Give the asker the card, privately where it cannot be given openly."""

    async def reply_privately(self, card: Card) -> None:
        """Give the card to the asker alone, where Discord has a way to."""
