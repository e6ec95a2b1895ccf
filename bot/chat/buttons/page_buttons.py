"""The buttons that show more: the context of quotes, further passages, and the pages of lists and articles."""

from collections.abc import Awaitable, Callable

import discord

from bot.chat.cards.article_card import article_card, find_article
from bot.chat.cards.button_ids import read_number, read_scope_code
from bot.chat.cards.card import Card
from bot.chat.cards.quote_reference import find, read_places
from bot.chat.cards.reading_cards import context_card, further_card
from bot.chat.cards.source_list import SourceList, sources_card
from bot.chat.exchange import InPlaceExchange, InteractionExchange, question_answered
from bot.chat.reply_error import ReplyError
from bot.chat.request_handler import Desk


async def turn(desk: Desk, interaction: discord.Interaction, page: Callable[[], Awaitable[Card]]) -> None:
    """Put a page in the place of the one that is shown; where there is none, that is told beside it."""
    exchange = InPlaceExchange(interaction)

    async def work() -> None:
        await exchange.change(await page())

    await desk.serve(exchange, work)


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
        return await _further(desk, interaction, read_number(digits), scope)

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


async def turn_list(desk: Desk, interaction: discord.Interaction, load: str) -> None:
    """Put another page of a list of articles in the place of the one that is shown."""

    def page() -> Card:
        edition = desk.editions.current
        return sources_card(edition, SourceList.read(load, edition), desk.texts)

    await turn(desk, interaction, lambda: desk.browsing.run(page))


async def turn_article(desk: Desk, interaction: discord.Interaction, load: str) -> None:
    """Put another page of an article in the place of the one that is shown, while the article is there."""

    def page() -> Card:
        edition = desk.editions.current
        digits, _, key = load.partition(":")
        if (article := find_article(edition, key)) is None:
            raise ReplyError("article.gone", private=True)
        return article_card(edition, article, read_number(digits), desk.texts)

    await turn(desk, interaction, lambda: desk.browsing.run(page))
