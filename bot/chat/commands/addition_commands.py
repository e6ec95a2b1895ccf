"""The commands `/corpus add`, `edit`, `remove` and `restore`, and the form, which is taken after a restart too."""

from collections.abc import Awaitable, Callable
from typing import Any

import discord
from discord import app_commands

from bot.chat.assembly import Parts
from bot.chat.cards.card import Card
from bot.chat.chat_errors import ReplyError
from bot.chat.commands.autocomplete import correction_autocomplete, removal_autocomplete, restoral_autocomplete
from bot.chat.commands.translations import CommandTranslations
from bot.chat.exchange.interaction_exchange import InteractionExchange, LongInteraction
from bot.chat.moderation.addition_drafts import Draft, read_message
from bot.chat.moderation.addition_form import NEW_FORM, AdditionWords, FormId, FormKind, addition_form, is_form_id
from bot.edition import Edition
from bot.workers.threads import in_daemon_thread

Change = Callable[[LongInteraction], Awaitable[Card]]


class AdditionForms:
    """Opens the form of an addition or correction, takes what is sent with it, and changes the coverage."""

    def __init__(self, parts: Parts) -> None:
        self.handler = parts.handler
        self.additions = parts.additions
        self.moderators = parts.moderators
        self._seen = parts.seen
        self._moderator_channel = parts.settings.moderator_channel_id

    async def open(self, interaction: discord.Interaction, identity: FormId, given: Draft | None = None) -> None:
        """Open the form of an id for a moderator, filled with a draft or with what it is of."""
        exchange = InteractionExchange(interaction, private=True)
        with self.handler.in_flight.track():
            try:
                self._require(interaction)
                draft, card = (given, None) if given else await self._draft(identity)
                if identity.kind is FormKind.ADDED:  # a title may have been typed
                    identity = FormId(FormKind.ADDED, draft.corrects)
                form = addition_form(draft.words, self.handler.texts, identity if draft.shown else NEW_FORM)
                await (exchange.reply(card) if card else exchange.open_form(form))
            except Exception as error:  # noqa: BLE001 (it is reported, as those of all requests are)
                await self.handler.report_error(error, exchange)

    def _require(self, interaction: discord.Interaction) -> None:
        """Raise ReplyError where no form is to be opened."""
        self.moderators.require(interaction)
        if self.handler.is_stopping:
            raise ReplyError("error.stopping")

    async def _draft(self, identity: FormId) -> tuple[Draft, Card | None]:
        """Return what a form is of, and a card to show instead, if any; raise ReplyError where it is not there."""
        if identity.kind is FormKind.ADDED:
            return await in_daemon_thread(lambda: self.additions.correction(identity.key))
        return self.additions.drafts.find(identity.key) if identity.key else Draft(), None

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Take a form that was sent, or a button that opens one or confirms, in any process; pass over all else."""
        data: Any = interaction.data or {}
        if not is_form_id(written := str(data.get("custom_id", ""))) or not self._seen.first_time(interaction.id):
            return
        identity, is_sent = FormId.parse(written), interaction.type is discord.InteractionType.modal_submit
        if identity is None:
            error = ReplyError("error.stale_command")
            await self.handler.report_error(error, InteractionExchange(interaction, private=True))
        elif is_sent or identity.kind is FormKind.CONFIRMED:
            by, sent = interaction.user.mention, AdditionWords.of_submission(data)

            async def add(exchange: LongInteraction) -> Card:
                draft, _ = await self._draft(identity)
                return await self.additions.add(draft.mended(sent) if is_sent else draft, by, exchange.reply)

            await self.serve(interaction, add)
        else:
            await self.open(interaction, identity)

    async def take(self, interaction: discord.Interaction, identity: FormId, file: discord.Attachment | None) -> None:
        """Open a form, or read the file that is attached in its place."""
        if file is None:
            await self.open(interaction, identity)
        else:
            await self.serve(interaction, lambda _: self.additions.read_file(file, AdditionWords(), identity.key))

    async def take_message(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """Open the form with what a message has, or read the file that it has."""
        try:
            self._require(interaction)
            words, file = read_message(message, interaction.client.get_channel)
        except ReplyError as error:
            await self.handler.refuse(InteractionExchange(interaction, private=True), error)
            return
        if file is None:
            await self.open(interaction, NEW_FORM, Draft(words))
        else:
            await self.serve(interaction, lambda _: self.additions.read_file(file, words))

    async def serve(self, interaction: discord.Interaction, change: Change) -> None:
        """Change the coverage for a moderator, and reply with the card of what came of it."""
        exchange = LongInteraction(interaction, self._moderator_channel)

        async def work(_: Edition) -> Card:
            self.moderators.require(interaction)
            return await change(exchange)

        # Fetching has a limit of its own, and a build takes as long as there are articles.
        await self.handler.serve(exchange, work, deadline=None)


def add_addition_commands(group: app_commands.Group, forms: AdditionForms, translations: CommandTranslations) -> None:
    list_added = forms.additions.added.list_newest

    @group.command(**translations.named("add", "command.corpus.add"))
    @translations.options(file="command.corpus.file")
    async def add(interaction: discord.Interaction, file: discord.Attachment | None = None) -> None:
        await forms.take(interaction, NEW_FORM, file)

    @group.command(**translations.named("edit", "command.corpus.edit"))
    @translations.options(title="command.corpus.title", file="command.corpus.new_file")
    @app_commands.autocomplete(title=correction_autocomplete(forms.handler, forms.moderators, list_added))
    async def edit(interaction: discord.Interaction, title: str, file: discord.Attachment | None = None) -> None:
        await forms.take(interaction, FormId(FormKind.ADDED, title), file)

    @group.command(**translations.named("remove", "command.corpus.remove"))
    @translations.options(title="command.corpus.title")
    @app_commands.autocomplete(title=removal_autocomplete(forms.handler, forms.moderators, list_added))
    async def remove(interaction: discord.Interaction, title: str) -> None:
        by = interaction.user.mention
        await forms.serve(interaction, lambda exchange: forms.additions.remove(title, by, exchange.reply))

    @group.command(**translations.named("restore", "command.corpus.restore"))
    @translations.options(title="command.corpus.removed_title")
    @app_commands.autocomplete(title=restoral_autocomplete(forms.handler, forms.moderators))
    async def restore(interaction: discord.Interaction, title: str) -> None:
        by = interaction.user.mention
        await forms.serve(interaction, lambda exchange: forms.additions.restore(title, by, exchange.reply))
