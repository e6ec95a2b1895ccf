"""All commands of the bot, and `/privacy` and `/follow`, for everybody everywhere."""

import discord
from discord import app_commands

from bot.chat.assembly import Parts
from bot.chat.buttons.privacy import Privacy
from bot.chat.commands.addition_commands import AdditionForms
from bot.chat.commands.ask_command import AnyCommand, asking_commands, help_command, message_menu
from bot.chat.commands.corpus_command import corpus_commands
from bot.chat.commands.news_commands import digest_command, new_command
from bot.chat.commands.sources_command import article_command, sources_command
from bot.chat.commands.translations import CommandTranslations


def all_commands(parts: Parts, forms: AdditionForms, translations: CommandTranslations) -> list[AnyCommand]:
    """Make all commands."""
    handler, channels = parts.handler, parts.settings.channel_ids
    return [
        *asking_commands(handler, channels, translations),
        message_menu(handler, channels, translations),
        sources_command(handler, translations),
        article_command(handler, translations),
        new_command(handler, parts.new_articles, translations),
        digest_command(handler, parts.new_articles, translations),
        follow_command(parts, translations),
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


def follow_command(parts: Parts, translations: CommandTranslations) -> AnyCommand:
    """Make the command that follows a subject, and without one lists what the member follows."""

    @app_commands.command(**translations.named("follow", "command.follow.description"))
    @app_commands.rename(**translations.option_names("subject"))
    @app_commands.describe(subject=translations.localized("command.follow.subject"))
    async def follow(interaction: discord.Interaction, subject: str | None = None) -> None:
        # What is told has its place where the bot answers; the list is shown anywhere.
        if subject is None or not await parts.handler.refuse_elsewhere(interaction, parts.settings.channel_ids):
            await parts.follows.follow(interaction, subject)

    return follow
