"""The slash commands of moderators: `/corpus` with all but those for articles, posts and exports."""

import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

import discord
from discord import app_commands

from bot.chat.assembly import Parts
from bot.chat.cards.card import Card
from bot.chat.commands.addition_commands import AdditionForms, add_addition_commands
from bot.chat.commands.autocomplete import edition_autocomplete
from bot.chat.commands.command_sync import HOME_ONLY
from bot.chat.commands.news_commands import add_news_command
from bot.chat.commands.translations import CommandTranslations
from bot.chat.exchange.message_filter import strip_mentions
from bot.chat.moderation.status_card import BotStatus, status_card
from bot.edition import Edition
from bot.ops.metrics import resident_bytes
from bot.workers.threads import in_daemon_thread


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

    async def answer(interaction: discord.Interaction, make: Callable[[Edition], Awaitable[Card]]) -> None:
        async def work(edition: Edition) -> Card:
            moderators.require(interaction)
            return await make(edition)

        await handler.show(interaction, work)

    def add_command(name: str, make: Callable[[discord.Interaction, Edition], Awaitable[Card]]) -> None:
        """Add a command without options that replies with a card."""

        async def run(interaction: discord.Interaction) -> None:
            await answer(interaction, partial(make, interaction))

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
        await answer(interaction, lambda edition: handler.explain(strip_mentions(question), edition))

    add_command("cancel", lambda interaction, _: reloads.cancel(interaction.user.mention))

    @group.command(**translations.named("rollback", "command.corpus.rollback"))
    @translations.options(edition="command.corpus.edition")
    @app_commands.autocomplete(edition=edition_autocomplete(handler, moderators))
    async def rollback(interaction: discord.Interaction, edition: str | None = None) -> None:
        await answer(interaction, lambda _: reloads.rollback(interaction.user.mention, edition))

    add_command("history", lambda *_: reloads.history())
    add_command("gaps", lambda *_: parts.gaps.card(handler.texts))
    add_addition_commands(group, forms, translations)
    add_news_command(group, parts, translations)
    return group
