"""Presses of buttons: each is let in once and goes to what its kind of button does."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

import discord

from bot.chat.buttons.custom_id import Kind, StaleButtonError, read
from bot.chat.buttons.deleting import delete
from bot.chat.buttons.reading import show_context, show_further, turn_page
from bot.chat.buttons.source_pages import turn_article, turn_list
from bot.chat.buttons.vote import Votes
from bot.chat.buttons.voting import vote
from bot.chat.desk import Desk
from bot.chat.errors import report
from bot.chat.incoming import Seen
from bot.chat.interaction_exchange import InteractionExchange
from bot.chat.moderators import Moderators

Press = Callable[[discord.Interaction, str], Awaitable[None]]


class Presses:
    """Answers the press of any button of the bot's."""

    def __init__(self, desk: Desk, seen: Seen, votes: Votes, moderators: Moderators) -> None:
        self._desk = desk
        self._seen = seen
        self._presses: Mapping[Kind, Press] = {
            Kind.CONTEXT: partial(show_context, desk),
            Kind.MORE: partial(show_further, desk),
            Kind.PAGE: partial(turn_page, desk),
            Kind.VOTE: partial(vote, desk, votes),
            Kind.DELETE: partial(delete, desk, moderators),
            Kind.LIST: partial(turn_list, desk),
            Kind.ARTICLE: partial(turn_article, desk),
        }

    async def __call__(self, interaction: discord.Interaction, identity: str) -> None:
        """Answer the press of the button with this id, unless a resumed session sends it again."""
        if not self._seen.first_time(interaction.id):
            return
        try:
            kind, load = read(identity)
        except StaleButtonError as error:
            await report(error, InteractionExchange(interaction, private=True), self._desk.texts)
            return
        await self._presses[kind](interaction, load)
