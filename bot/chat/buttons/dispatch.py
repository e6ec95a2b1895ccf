"""The dispatch of presses of buttons and choices in menus to their handlers; it works after a restart as before."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Any, Self

import discord
from discord import ui

from bot.chat.cards.button_ids import ANY_VERSION, ButtonKind, StaleButtonError, parse_button_id, parse_number
from bot.chat.chat_errors import ReplyError
from bot.chat.error_handler import report_error
from bot.chat.exchange.interaction_exchange import ComponentInteraction, InteractionExchange
from bot.chat.exchange.message_filter import SeenIds
from bot.chat.permissions import Moderators
from bot.chat.request_handler import RequestHandler
from bot.edition import Edition

ButtonHandler = Callable[[discord.Interaction, str], Awaitable[None]]


def button_class(on_press: ButtonHandler) -> type[ui.DynamicItem[Any]]:
    """Make the class of all buttons and menus of the bot, with ids of any version."""

    class PressedButton(ui.DynamicItem[Any], template=ANY_VERSION):
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


async def delete_answer(
    handler: RequestHandler, moderators: Moderators, interaction: discord.Interaction, payload: str
) -> None:
    """Delete an answer for its asker or a moderator, without a reply."""
    exchange = ComponentInteraction(interaction)

    async def work(_: Edition) -> None:
        if exchange.asker_id != parse_number(payload) and not moderators.may_delete(interaction):
            raise ReplyError("button.not_yours", private=True)
        await exchange.delete()

    await handler.serve(exchange, work)


async def ask_example(
    handler: RequestHandler, channels: Collection[int], interaction: discord.Interaction, payload: str
) -> None:
    """Ask the question of an example for whoever pressed it, as if it had been typed."""
    if not await handler.refuse_elsewhere(interaction, channels):
        await handler.ask(InteractionExchange(interaction, private=False), payload)


class ButtonDispatcher:
    """Calls the handler of a pressed button, by its kind."""

    def __init__(self, handler: RequestHandler, seen: SeenIds, presses: Mapping[ButtonKind, ButtonHandler]) -> None:
        self._handler = handler
        self._seen = seen
        self._presses = presses

    async def dispatch(self, interaction: discord.Interaction, identity: str) -> None:
        """Handle the press of the button with this id, unless a resumed session repeats it."""
        if not self._seen.first_time(interaction.id):
            return
        try:
            kind, payload = parse_button_id(identity)
        except StaleButtonError as error:
            await report_error(error, InteractionExchange(interaction, private=True), self._handler.texts)
            return
        await self._presses[kind](interaction, payload)
