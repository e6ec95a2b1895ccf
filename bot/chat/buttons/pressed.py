"""Buttons that were sent before this process began, as discord.py takes them up again by their ids alone."""

from collections.abc import Awaitable, Callable
from typing import Any, Self

import discord
from discord import ui

from bot.chat.buttons.custom_id import FAMILY

AnyButton = ui.Button[ui.LayoutView]
OnPress = Callable[[discord.Interaction, str], Awaitable[None]]


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
