"""All commands of the bot, `/privacy` for everybody everywhere, and the moderators' menu of a message."""

import discord
from discord import app_commands

from bot.chat.assembly import Parts
from bot.chat.buttons.privacy import Privacy
from bot.chat.commands.addition_commands import AdditionForms
from bot.chat.commands.ask_command import AnyCommand, asking_commands, help_command, message_menu
from bot.chat.commands.command_sync import HOME_ONLY
from bot.chat.commands.corpus_command import corpus_commands
from bot.chat.commands.news_commands import new_command
from bot.chat.commands.sources_command import article_command, sources_command
from bot.chat.commands.translations import CommandTranslations


def all_commands(parts: Parts, forms: AdditionForms, translations: CommandTranslations) -> list[AnyCommand]:
    """Make all commands."""
    handler, channels = parts.handler, parts.settings.channel_ids
    return [
        *asking_commands(handler, channels, translations),
        message_menu(handler, channels, translations),
        addition_menu(forms, translations),
        sources_command(handler, translations),
        article_command(handler, translations),
        new_command(handler, parts.new_articles, translations),
        help_command(handler, translations),
        privacy_command(parts.privacy, translations),
        corpus_commands(parts, forms, translations),
    ]


def privacy_command(privacy: Privacy, translations: CommandTranslations) -> AnyCommand:
    """Make the command that says what is kept, and deletes what is the member's."""

    @app_commands.command(**translations.named("privacy", "command.privacy.description"))
    async def show(interaction: discord.Interaction) -> None:
        await privacy.show(interaction)

    return show


def addition_menu(forms: AdditionForms, translations: CommandTranslations) -> app_commands.ContextMenu:
    """Make the message menu that adds a message, or what it forwards, attaches or leads to."""

    @app_commands.default_permissions(manage_guild=True)
    async def add_message(interaction: discord.Interaction, message: discord.Message) -> None:
        await forms.take_message(interaction, message)

    return app_commands.ContextMenu(
        name=translations.localized("command.menu.add"),
        callback=add_message,
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        extras=HOME_ONLY,
    )
