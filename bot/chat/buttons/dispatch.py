"""The dispatch of presses of buttons and choices in menus to their handlers; it works after a restart as before."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

import discord

from bot.chat.cards.button_ids import (
    ANY_VERSION,
    ButtonKind,
    StaleButtonError,
    custom_id,
    parse_button_id,
    parse_number,
)
from bot.chat.cards.card import Button, Card, card_texts, notice
from bot.chat.chat_errors import ReplyError
from bot.chat.exchange.delivery import deliver
from bot.chat.exchange.interaction_exchange import ComponentInteraction, InteractionExchange
from bot.chat.exchange.message_filter import SeenIds
from bot.chat.permissions import Moderators
from bot.chat.request_handler import RequestHandler
from bot.edition import Edition
from bot.texts import Texts

ButtonHandler = Callable[[discord.Interaction, str], Awaitable[None]]


async def delete_answer(
    handler: RequestHandler, moderators: Moderators, interaction: discord.Interaction, payload: str
) -> None:
    """Delete an answer for its asker or a moderator; ask them first where others see it."""
    exchange, message = ComponentInteraction(interaction), interaction.message

    async def work(_: Edition) -> None:
        _require_own(moderators, interaction, payload)
        # Elsewhere the press alone may delete it.
        is_in_reach = interaction.is_guild_integration() and interaction.app_permissions.view_channel
        if message and interaction.guild_id and is_in_reach and not message.flags.ephemeral:
            await exchange.reply(deletion_card(payload, message.id, card_texts(message, handler.texts)))
        else:
            await exchange.delete()

    await handler.serve(exchange, work)


def deletion_card(asker: str, message_id: int, texts: Texts) -> Card:
    button = Button(custom_id(ButtonKind.REMOVE, f"{asker}:{message_id}"), texts("button.delete"), "🗑️")
    return replace(notice(texts("button.delete_sure")), rows=((button,),))


async def remove_answer(
    handler: RequestHandler, moderators: Moderators, interaction: discord.Interaction, payload: str
) -> None:
    """Delete an answer once its asker or a moderator has confirmed that, and take the question for it away."""
    exchange = ComponentInteraction(interaction)

    async def work(_: Edition) -> None:
        asker, message_id = payload.partition(":")[::2]
        _require_own(moderators, interaction, asker)
        channel = interaction.client.get_partial_messageable(interaction.channel_id or 0)
        answer = channel.get_partial_message(parse_number(message_id))
        # Somebody else may have been faster.
        with suppress(discord.NotFound):
            await deliver(answer.delete)
        await exchange.delete()

    await handler.serve(exchange, work)


def _require_own(moderators: Moderators, interaction: discord.Interaction, asker: str) -> None:
    if interaction.user.id != parse_number(asker) and not moderators.may_delete(interaction):
        raise ReplyError("button.not_yours", private=True)


async def ask_example(
    handler: RequestHandler, channels: Collection[int], interaction: discord.Interaction, payload: str
) -> None:
    """Ask the question of an example for whoever pressed it, as if it had been typed."""
    if not await handler.refuse_elsewhere(interaction, channels):
        await handler.ask(InteractionExchange(interaction, private=False), payload)


class ButtonDispatcher:
    """Calls the handler of a pressed button, by its kind."""

    def __init__(self, handler: RequestHandler, seen: SeenIds, presses: Mapping[ButtonKind, ButtonHandler]) -> None:
        self._handler, self._seen, self._presses = handler, seen, presses

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Handle a press of a button, or a choice in a menu, with an id of any version; pass over all else.

        One that a resumed session repeats is passed over, too.
        """
        data: Any = interaction.data or {}
        is_press = interaction.type is discord.InteractionType.component
        identity = str(data.get("custom_id", "")) if is_press else ""
        if not ANY_VERSION.fullmatch(identity) or not self._seen.first_time(interaction.id):
            return
        try:
            kind, payload = parse_button_id(identity)
        except StaleButtonError as error:
            await self._handler.report_error(error, InteractionExchange(interaction, private=True))
            return
        await self._presses[kind](interaction, payload)
