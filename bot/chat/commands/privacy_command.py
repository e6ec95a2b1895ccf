"""The slash command `/privacy`, for everybody everywhere."""

import discord
from discord import app_commands

from bot.chat.buttons.privacy_buttons import Privacy
from bot.chat.commands.ask_command import AnyCommand
from bot.chat.commands.translations import CommandTranslations


def privacy_command(privacy: Privacy, translations: CommandTranslations) -> AnyCommand:
    """Make the command that says what is kept, and deletes what is the member's."""

    @app_commands.command(
        name=translations.localized("command.names.privacy"),
        description=translations.localized("command.privacy.description"),
    )
    async def show(interaction: discord.Interaction) -> None:
        await privacy.show(interaction)

    return show
