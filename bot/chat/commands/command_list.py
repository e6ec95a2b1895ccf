"""All commands of the bot, `/privacy` for everybody everywhere, `/corpus export`, and moderators' menu of a message."""

from functools import partial

import discord
from discord import app_commands

from bot.chat.assembly import Parts
from bot.chat.cards.card import Attachment, Card, notice
from bot.chat.commands.addition_commands import AdditionForms
from bot.chat.commands.ask_command import AnyCommand, asking_commands, help_command, message_menu
from bot.chat.commands.command_sync import HOME_ONLY
from bot.chat.commands.corpus_command import corpus_commands
from bot.chat.commands.news_commands import follow_command, new_command
from bot.chat.commands.sources_command import article_command, sources_command
from bot.chat.commands.translations import CommandTranslations
from bot.edition import Edition
from bot.records.records import EXPORTED
from bot.texts.csv_table import article_table, write_csv
from bot.workers.threads import in_daemon_thread

_ARTICLES = "articles"
# Discord takes ten megabytes.
_FILE_BYTES = 8 << 20
# Seconds; of the longest table that is kept, SQLite takes one.
_LONGEST_QUERY = 20.0


def all_commands(parts: Parts, forms: AdditionForms, translations: CommandTranslations) -> list[AnyCommand]:
    """Make all commands."""
    handler, channels = parts.handler, parts.settings.channel_ids
    group = corpus_commands(parts, forms, translations)
    add_export_command(group, parts, translations)
    return [
        *asking_commands(handler, channels, translations),
        message_menu(handler, channels, translations),
        addition_menu(forms, translations),
        sources_command(handler, translations),
        article_command(handler, translations),
        new_command(handler, parts.new_articles, translations),
        translations.command(
            "digest",
            "command.digest.description",
            lambda interaction: handler.show(interaction, partial(parts.new_articles.digest, interaction.user.id)),
        ),
        follow_command(parts, translations),
        help_command(handler, translations),
        translations.command("privacy", "command.privacy.description", parts.privacy.show),
        group,
    ]


def add_export_command(group: app_commands.Group, parts: Parts, translations: CommandTranslations) -> None:
    """Add the command that gives a table as a file to the group of moderators' commands."""

    @group.command(**translations.named("export", "command.corpus.export"))
    @translations.options(what="command.corpus.exported")
    @app_commands.choices(
        what=[
            app_commands.Choice(name=translations.localized(f"command.exported.{table}"), value=table)
            for table in (*EXPORTED, _ARTICLES)
        ]
    )
    async def export(interaction: discord.Interaction, what: str) -> None:
        async def exported(edition: Edition) -> Card:
            parts.moderators.require(interaction)
            return await _exported(parts, what, edition)

        await parts.handler.show(interaction, exported)


async def _exported(parts: Parts, what: str, edition: Edition) -> Card:
    """Write a table into a file; raise RecordsAwayError."""
    texts = parts.handler.texts
    found = None if what == _ARTICLES else await parts.records.ask(EXPORTED[what], _LONGEST_QUERY)
    # Not by the worker that browses, for which others wait.
    file = await in_daemon_thread(lambda: write_csv(found or article_table(edition.catalogue.newest), _FILE_BYTES))
    if not file.count:
        return notice(texts("export.nothing"), texts(f"command.exported.{what}"))
    lines = (texts(f"export.{what}", count=file.count), *([texts("export.cut")] if file.is_cut else ()))
    title, attachment = texts(f"command.exported.{what}"), Attachment(f"{what}.csv", file.text)
    return Card(("\n".join(lines),), title=title, attachment=attachment)


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
