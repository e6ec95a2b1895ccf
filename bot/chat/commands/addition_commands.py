"""The commands `/corpus add`, `remove` and `restore`, and the form of the first, which is taken after a restart too."""

from collections.abc import Awaitable, Callable
from typing import Any

import discord
from discord import app_commands

from bot.chat.assembly import Parts
from bot.chat.cards.card import Card
from bot.chat.chat_errors import ReplyError
from bot.chat.commands.autocomplete import removal_autocomplete, restoral_autocomplete
from bot.chat.commands.translations import CommandTranslations
from bot.chat.exchange.interaction_exchange import InteractionExchange, LongInteraction
from bot.chat.moderation.addition_form import FORM_ID, AdditionWords, addition_form, is_form_id, opens_form
from bot.edition import Edition


class AdditionForms:
    """Opens the form of an addition, takes what is sent with it, and removes what was added."""

    def __init__(self, parts: Parts) -> None:
        self.handler = parts.handler
        self.additions = parts.additions
        self.moderators = parts.moderators
        self._seen = parts.seen
        self._moderator_channel = parts.settings.moderator_channel_id

    async def open(self, interaction: discord.Interaction, identity: str = "") -> None:
        """Open the form for a moderator, with the words that a button gives back, if it was one."""
        exchange = InteractionExchange(interaction, private=True)
        with self.handler.in_flight.track():
            try:
                await exchange.open_form(addition_form(self._words(interaction, identity), self.handler.texts))
            except Exception as error:  # noqa: BLE001 (it is reported, as those of all requests are)
                await self.handler.report_error(error, exchange)

    def _words(self, interaction: discord.Interaction, identity: str) -> AdditionWords:
        """Return what the form is filled with; raise ReplyError where it is not to be opened."""
        self.moderators.require(interaction)
        if self.handler.is_stopping:
            raise ReplyError("error.stopping")
        words = self.additions.drafts.find(identity) if identity else AdditionWords()
        if words is None:
            raise ReplyError("addition.forgotten")
        return words

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Take a form that was sent or asked for again; what is not one is passed over.

        Any process takes it, also one that did not open it: its id says all that is needed.
        """
        data: Any = interaction.data or {}
        identity = str(data.get("custom_id", ""))
        if not is_form_id(identity) or not self._seen.first_time(interaction.id):
            return
        if interaction.type is discord.InteractionType.modal_submit and identity == FORM_ID:
            words, by = AdditionWords.of_submission(data), interaction.user.mention
            await self.serve(interaction, lambda exchange: self.additions.add(words, by, exchange.reply))
        elif interaction.type is discord.InteractionType.component and opens_form(identity):
            await self.open(interaction, identity)
        else:
            exchange = InteractionExchange(interaction, private=True)
            await self.handler.report_error(ReplyError("error.stale_command"), exchange)

    async def serve(
        self, interaction: discord.Interaction, change: Callable[[LongInteraction], Awaitable[Card]]
    ) -> None:
        """Change the coverage for a moderator, and reply with the card of what came of it."""
        exchange = LongInteraction(interaction, self._moderator_channel)

        async def work(_: Edition) -> Card:
            self.moderators.require(interaction)
            return await change(exchange)

        # Fetching has a limit of its own, and a build takes as long as there are articles.
        await self.handler.serve(exchange, work, deadline=None)


def add_addition_commands(group: app_commands.Group, forms: AdditionForms, translations: CommandTranslations) -> None:
    """Add the three commands to the group of moderators' commands."""

    @group.command(**translations.named("add", "command.corpus.add"))
    async def add(interaction: discord.Interaction) -> None:
        await forms.open(interaction)

    @group.command(**translations.named("remove", "command.corpus.remove"))
    @app_commands.rename(**translations.option_names("title"))
    @app_commands.describe(title=translations.localized("command.corpus.title"))
    @app_commands.autocomplete(
        title=removal_autocomplete(forms.handler, forms.moderators, forms.additions.added.list_newest)
    )
    async def remove(interaction: discord.Interaction, title: str) -> None:
        by = interaction.user.mention
        await forms.serve(interaction, lambda exchange: forms.additions.remove(title, by, exchange.reply))

    @group.command(**translations.named("restore", "command.corpus.restore"))
    @app_commands.rename(**translations.option_names("title"))
    @app_commands.describe(title=translations.localized("command.corpus.removed_title"))
    @app_commands.autocomplete(title=restoral_autocomplete(forms.handler, forms.moderators))
    async def restore(interaction: discord.Interaction, title: str) -> None:
        by = interaction.user.mention
        await forms.serve(interaction, lambda exchange: forms.additions.restore(title, by, exchange.reply))
