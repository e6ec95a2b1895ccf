"""All commands of the bot, those of moderators with them: `/corpus` but for articles and posts, and their menu."""

import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

import discord
from discord import app_commands

from bot.chat.assembly import Parts
from bot.chat.cards.card import Attachment, Card, notice
from bot.chat.commands.addition_commands import AdditionForms, add_addition_commands
from bot.chat.commands.ask_command import AnyCommand, asking_commands, help_command, message_menu
from bot.chat.commands.autocomplete import edition_autocomplete
from bot.chat.commands.command_sync import HOME_ONLY
from bot.chat.commands.news_commands import add_news_command, follow_command, new_command
from bot.chat.commands.sources_command import article_command, sources_command
from bot.chat.commands.translations import CommandTranslations
from bot.chat.exchange.message_filter import strip_mentions
from bot.chat.moderation.status_card import BotStatus, status_card
from bot.edition import Edition
from bot.ops.metrics import resident_bytes
from bot.records.records import EXPORTED
from bot.texts.csv_table import article_table, write_csv
from bot.workers.threads import in_daemon_thread

_ARTICLES = "articles"
# Discord takes ten megabytes.
_FILE_BYTES = 8 << 20
# Seconds; of the longest table that is kept, SQLite takes one.
_LONGEST_QUERY = 20.0


def all_commands(parts: Parts, forms: AdditionForms, translations: CommandTranslations) -> list[AnyCommand]:
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


def corpus_commands(parts: Parts, forms: AdditionForms, translations: CommandTranslations) -> app_commands.Group:
    """Make the group of moderators' commands, hidden from members by default and closed to them in code."""
    started = time.monotonic()
    handler, moderators, reloads = parts.handler, parts.moderators, parts.reloads
    group = app_commands.Group(
        **translations.named("corpus", "command.corpus.description"),
        guild_only=True,
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        default_permissions=discord.Permissions(manage_guild=True),
        extras=HOME_ONLY,
    )

    def add_command(name: str, make: Callable[[discord.Interaction, Edition], Awaitable[Card]]) -> None:
        """Add a command without options that replies with a card."""

        async def run(interaction: discord.Interaction) -> None:
            await _show(parts, interaction, partial(make, interaction))

        group.add_command(translations.command(name, f"command.corpus.{name}", run))

    @group.command(**translations.named("reload", "command.corpus.reload"))
    @translations.options(force="command.corpus.force")
    async def reload(interaction: discord.Interaction, force: bool = False) -> None:  # noqa: FBT001, FBT002 (an option)
        by = interaction.user.mention
        await forms.serve(interaction, lambda exchange: reloads.reload(by, exchange.reply, force=force))

    async def status(interaction: discord.Interaction, edition: Edition) -> Card:
        editions = handler.editions
        state = BotStatus(
            source=editions.source_name,
            uptime=timedelta(seconds=time.monotonic() - started),
            latency=interaction.client.latency,
            source_error=editions.source_error,
            problems=editions.source_problems,
            last=editions.last,
            failure=reloads.failure,
            running=editions.running,
            memory=resident_bytes(),
            votes=dict(handler.metrics.votes),
            news=await parts.news_post.status(interaction.guild_id),
            tally=await parts.votes.tally(),
            records=parts.records.state,
            search=handler.search.state,
            cluster=editions.published_at,
            hold=editions.hold,
            ill=parts.source_watch.ill,
            stale=handler.stale,
            removals=len(await in_daemon_thread(lambda: editions.removals)),
        )
        return await handler.browse_worker.run(status_card, edition, state, handler.texts)

    add_command("status", status)

    @group.command(**translations.named("explain", "command.corpus.explain"))
    @translations.options(question="command.corpus.question")
    async def explain(interaction: discord.Interaction, question: str) -> None:
        await _show(parts, interaction, lambda edition: handler.explain(strip_mentions(question), edition))

    add_command("cancel", lambda interaction, _: reloads.cancel(interaction.user.mention))

    @group.command(**translations.named("rollback", "command.corpus.rollback"))
    @translations.options(edition="command.corpus.edition")
    @app_commands.autocomplete(edition=edition_autocomplete(handler, moderators))
    async def rollback(interaction: discord.Interaction, edition: str | None = None) -> None:
        await _show(parts, interaction, lambda _: reloads.rollback(interaction.user.mention, edition))

    add_command("history", lambda *_: reloads.history())
    add_command("gaps", lambda *_: parts.gaps.card(handler.texts))
    add_addition_commands(group, forms, translations)
    add_news_command(group, parts, translations)
    return group


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
        await _show(parts, interaction, lambda edition: _exported(parts, what, edition))


async def _show(parts: Parts, interaction: discord.Interaction, make: Callable[[Edition], Awaitable[Card]]) -> None:
    """Show a card to a moderator of the coverage, and to nobody else."""

    async def work(edition: Edition) -> Card:
        parts.moderators.require(interaction)
        return await make(edition)

    await parts.handler.show(interaction, work)


async def _exported(parts: Parts, what: str, edition: Edition) -> Card:
    """Write a table into a file; raise RecordsAwayError."""
    texts = parts.handler.texts
    found = None if what == _ARTICLES else await parts.records.ask_within(_LONGEST_QUERY, EXPORTED[what])
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
