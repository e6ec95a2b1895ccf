"""Reading on from an answer, privately: the context of its quotes, and what else there is on its question."""

import discord

from bot.chat.buttons.context_card import context_card
from bot.chat.buttons.custom_id import number
from bot.chat.buttons.further_card import further_card
from bot.chat.buttons.place import find, read_places
from bot.chat.buttons.turning import turn
from bot.chat.card import Card
from bot.chat.desk import Desk
from bot.chat.earlier import question_answered
from bot.chat.errors import ReplyError
from bot.chat.interaction_exchange import InteractionExchange
from bot.chat.scope_code import read_scope_code


async def show_context(desk: Desk, interaction: discord.Interaction, load: str) -> None:
    """Show the paragraphs that the quotes come from as the current edition has them."""

    def shown() -> Card:
        return context_card(find(read_places(load), desk.editions.current), desk.texts)

    await desk.serve(InteractionExchange(interaction, private=True), lambda: desk.browsing.run(shown))


async def show_further(desk: Desk, interaction: discord.Interaction, load: str) -> None:
    """Show the first page of what else there is, in scope where the answer was."""
    await desk.serve(InteractionExchange(interaction, private=True), lambda: _further(desk, interaction, 0, load))


async def turn_page(desk: Desk, interaction: discord.Interaction, load: str) -> None:
    """Put another page in the place of the one that is shown."""

    async def page() -> Card:
        digits, _, scope = load.partition(":")
        return await _further(desk, interaction, number(digits), scope)

    await turn(desk, interaction, page)


async def _further(desk: Desk, interaction: discord.Interaction, page: int, code: str) -> Card:
    asked = interaction.message and await question_answered(interaction.message, desk.texts)
    if not asked:
        raise ReplyError("further.forgotten", private=True)
    *before, question = asked.split("\n")
    earlier = "\n".join(before) or None
    edition = desk.editions.current
    scope = read_scope_code(code, edition.outlets)
    quotes = await desk.further(question, earlier, edition, scope)
    return await desk.browsing.run(further_card, question, earlier, quotes, page, desk.texts, scope=scope)
