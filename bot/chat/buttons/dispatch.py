"""Presses of buttons: each is let in once and goes to what its kind of button does, also after a restart."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any, Self

import discord
from discord import ui

from bot.chat.buttons.page_buttons import show_context, show_further, turn_article, turn_list, turn_page
from bot.chat.buttons.votes import Votes, vote
from bot.chat.cards.button_ids import FAMILY, Kind, StaleButtonError, read, read_number
from bot.chat.error_handler import report
from bot.chat.exchange import InPlaceExchange, InteractionExchange, Seen
from bot.chat.permissions import Moderators
from bot.chat.reply_error import ReplyError
from bot.chat.request_handler import Desk

AnyButton = ui.Button[ui.LayoutView]
OnPress = Callable[[discord.Interaction, str], Awaitable[None]]

Press = Callable[[discord.Interaction, str], Awaitable[None]]


def pressed_button(on_press: OnPress) -> type[ui.DynamicItem[AnyButton]]:
    """Make the class of all the bot's buttons, whatever the version of their ids."""

    class PressedButton(ui.DynamicItem[AnyButton], template=FAMILY):
        @classmethod
        async def from_custom_id(
            cls,
            interaction: discord.Interaction[Any],  # noqa: ARG003 (discord.py's signature)
            item: Any,
            match: object,  # noqa: ARG003
            /,
        ) -> Self:
            return cls(item)

        async def callback(self, interaction: discord.Interaction[Any]) -> None:
            await on_press(interaction, self.custom_id)

    return PressedButton


async def delete(desk: Desk, moderators: Moderators, interaction: discord.Interaction, load: str) -> None:
    """Delete the answer, of which the button knows the asker; nothing is said of it."""
    exchange = InPlaceExchange(interaction)

    async def work() -> None:
        if exchange.asker != read_number(load) and not moderators.may_delete(interaction):
            raise ReplyError("button.not_yours", private=True)
        await exchange.delete()

    await desk.serve(exchange, work)


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
